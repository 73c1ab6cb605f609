"""Where a rule comes from, and how sure the office is of it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from crisis.model.words import Words, words


class Confidence(StrEnum):
    """How the text was read: agreeing copies, one copy, a third party's note, or memory alone."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    MEMORY = "memory"


class RuleKind(StrEnum):
    """Binding law, another province's rule used as a default, or a default of this project."""

    LAW = "law"
    PRECEDENT = "precedent"
    DESIGN = "design"


class Instrument(BaseModel):
    """A law, decree or decision, and where its text was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    subject: Words
    read_from: str


class Provision(BaseModel):
    """A place in an instrument; `ref` is the instrument's code in the law file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ref: str
    article: int | None = None
    clause: str | None = None
    point: str | None = None
    appendix: bool = False

    def cited(self, title: Words) -> Words:
        """The citation as officials write it, for an instrument of this title."""
        parts = (
            ("điểm", "point", self.point),
            ("khoản", "clause", self.clause),
            ("Điều", "article", self.article),
        )
        vi = [f"{word} {number}" for word, _, number in parts if number is not None]
        en = [f"{word}{_s(number)} {number}" for _, word, number in parts[::-1] if number]
        and_vi, and_en = (" và Phụ lục", ", appendix") if self.appendix else ("", "")
        return words(
            " ".join([*vi, title.vi]) + and_vi,
            ", ".join([title.en, *en]) + and_en,
        )


def _s(number: object) -> str:
    return "s" if "-" in str(number) else ""
