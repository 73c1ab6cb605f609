"""The daily press brief: what was printed about the province, by what it asks of its leaders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from crisis.model.calendar import HANOI
from crisis.model.words import Words, words

BEGINS = time(6, 30)
"""A brief's day runs from half past six in the morning to the next (Asia/Ho_Chi_Minh)."""


class Part(StrEnum):
    """The sections of a brief, in their order."""

    ACT = "act"
    BAD = "bad"
    GOOD = "good"
    OTHER = "other"


PART_WORDS: dict[Part, Words] = {
    Part.ACT: words("Tin cần xử lý", "To be acted on"),
    Part.BAD: words("Tin bất lợi khác về địa phương", "Other bad news for the province"),
    Part.GOOD: words("Tin tích cực", "Good news"),
    Part.OTHER: words("Tin khác", "Other news"),
}

TONE_WORDS: dict[str, Words] = {
    "neg": words("tiêu cực", "negative"),
    "neu": words("trung tính", "neutral"),
    "pos": words("tích cực", "positive"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One story of a brief: its first headline, who printed it (each once), where to read it, its
    tone, whom it concerns and what the office did.
    """

    title: str
    outlets: tuple[str, ...]
    link: str
    at: datetime
    tone: str
    tone_said: Words
    severity: int
    concerns: tuple[Words, ...]
    done: Words
    alert: bool

    @property
    def part(self) -> Part:
        """The section it stands in."""
        if self.alert:
            return Part.ACT
        return {"neg": Part.BAD, "pos": Part.GOOD}.get(self.tone, Part.OTHER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The lines of one part, the gravest and newest first."""

    title: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ToneCount:
    """How many items were printed, by tone; `label` is a day, a body, a topic or a place."""

    label: Words
    neg: int = 0
    neu: int = 0
    pos: int = 0

    @property
    def total(self) -> int:
        """All of them: what a share is a share of."""
        return self.neg + self.neu + self.pos

    @property
    def negative_percent(self) -> int:
        """The negative among all, in whole per cent; 0 where there is none at all."""
        return round(100 * self.neg / self.total) if self.total else 0


class Kind(StrEnum):
    """What items are counted by. Never a paper, never a person."""

    AGENCY = "agency"
    TOPIC = "topic"
    PLACE = "place"


KIND_WORDS: dict[Kind, Words] = {
    Kind.AGENCY: words("Cơ quan", "Body"),
    Kind.TOPIC: words("Lĩnh vực", "Topic"),
    Kind.PLACE: words("Địa bàn", "Place"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """Tone over time for one body, topic or place: all its items, those of each day, and how many
    the fullest day has.
    """

    kind: Words
    key: str
    all: ToneCount
    days: tuple[ToneCount, ...]
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """The brief of one day; `read` items were read, `week` counts those about us by day, `courses`
    those of the bodies, topics and places with the most negative ones in that week.
    """

    day: date
    start: datetime
    end: datetime
    read: int
    ours: ToneCount
    sections: tuple[Section, ...]
    week: tuple[ToneCount, ...]
    courses: tuple[Course, ...] = ()

    @property
    def stories(self) -> int:
        """How many stories it tells."""
        return sum(len(section.lines) for section in self.sections)


def span_of(day: date) -> tuple[datetime, datetime]:
    """The day before `day` from half past six until half past six of `day`."""
    end = datetime.combine(day, BEGINS, tzinfo=HANOI)
    return end - timedelta(days=1), end


def day_of(at: datetime) -> date:
    """The day whose brief tells what was printed at `at`: charts count by it too."""
    local = at.astimezone(HANOI)
    return local.date() + timedelta(days=local.time() >= BEGINS)


def sections_of(lines: Iterable[Line]) -> tuple[Section, ...]:
    """The lines in their sections; a section without lines is left out."""
    every = sorted(lines, key=lambda line: (-line.severity, -line.at.timestamp()))
    parts: dict[Part, list[Line]] = {part: [] for part in Part}
    for line in every:
        parts[line.part].append(line)
    return tuple(
        Section(title=PART_WORDS[part], lines=tuple(mine)) for part, mine in parts.items() if mine
    )


def counted(label: Words, tones: Sequence[str]) -> ToneCount:
    """The tones of some items, counted."""
    return ToneCount(
        label=label, neg=tones.count("neg"), neu=tones.count("neu"), pos=tones.count("pos")
    )
