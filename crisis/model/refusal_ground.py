"""A ground on which the law lets an agency refuse to inform the press, and how a letter says it."""

from pydantic import field_validator

from crisis.model.citation import Confidence
from crisis.model.fault import fault, refuse
from crisis.model.validity import Dated
from crisis.model.words import Words, words

BASIS = "{basis}"
"""Where the citation of the law of the day stands in the sentence of a refusal."""

PLAIN = words(f"Căn cứ ({BASIS}): ", f"Ground ({BASIS}): ")


class RefusalGround(Dated):
    """A ground of the Press Law; `letter` is its sentence in a refusal, with `{basis}` in it."""

    id: str
    title: Words
    letter: Words | None = None
    confidence: Confidence
    note: Words | None = None

    @field_validator("letter")
    @classmethod
    def _names_the_article(cls, letter: Words | None) -> Words | None:
        if letter is not None and not (BASIS in letter.vi and BASIS in letter.en):
            refuse(
                [
                    fault(
                        f"Câu trong thư từ chối phải nêu điều luật, viết là {BASIS}.",
                        f"The sentence of the refusal has to name the article, written {BASIS}.",
                    )
                ]
            )
        return letter

    def sentence(self, basis: Words) -> Words:
        """What a letter of refusal says of this ground, with the citation `basis` of the law."""
        said = self.letter or words(PLAIN.vi + self.title.vi, PLAIN.en + self.title.en)
        return words(said.vi.replace(BASIS, basis.vi), said.en.replace(BASIS, basis.en))
