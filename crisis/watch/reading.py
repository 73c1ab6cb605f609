"""What stands in a headline and lead: cues, bodies, office holders and places, each in its
sentence.
"""

from dataclasses import dataclass

from crisis.watch.lexicon import Hit, Lexicon
from crisis.watch.place import Gazetteer, Place
from crisis.watch.wording import Sentence, sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The finds of one item; sentence 0 is the title."""

    sentences: list[Sentence]
    hits: list[Hit]
    places: list[Place]

    def of(self, *kinds: str) -> list[Hit]:
        """The hits of these kinds, in order."""
        return [hit for hit in self.hits if hit.cue.kind in kinds]


def read_item(title: str, lead: str, *, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Read a title and a lead."""
    said = sentences(title, lead)
    hits = [hit for number, one in enumerate(said) for hit in lexicon.hits(number, one)]
    places = [place for number, one in enumerate(said) for place in gazetteer.places(number, one)]
    hits = [hit for hit in hits if not _of_a_firm(hit, hits)]
    return Reading(sentences=said, hits=hits, places=places)


def _of_a_firm(office: Hit, hits: list[Hit]) -> bool:
    """Whether a title belongs to a private body named right after it: `chủ tịch` of a bank."""
    return office.cue.kind == "official" and any(
        hit.cue.kind == "private" and hit.sentence == office.sentence and hit.start == office.end
        for hit in hits
    )
