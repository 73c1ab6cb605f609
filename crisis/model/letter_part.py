"""The parts that letters are made of: heading, people, due times, press items, claims, outlets."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.model.statement import Variant
from crisis.model.words import Language, Words, words

EXERCISE = words("DIỄN TẬP", "EXERCISE")
"""The mark on the subject and the text of everything that belongs to an exercise."""


class Relation(StrEnum):
    """Whether the office assigns this body a task, or asks it to coordinate (vertical bodies)."""

    ASSIGNS = "assigns"
    COORDINATES = "coordinates"


class Role(StrEnum):
    """What the receiver of an assignment does."""

    LEAD = "lead"
    SUPPORT = "support"


class Ruling(StrEnum):
    """What an approver decided about a statement."""

    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A named person of the office and how to reach them."""

    name: str
    title: Words
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What every letter carries; `subject` names the incident, the receiver acts at `link`."""

    office: Words
    coordinator: Contact
    code: str
    subject: Words
    addressee: Words
    language: Language
    exercise: bool
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A due time, what is due then, and the rule that sets it: of law, or of the office."""

    at: datetime
    what: Words
    rule: Words
    legal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PressItem:
    """What a report says: outlet, title, link, day and a short quotation, never its full text."""

    outlet: str
    title: str
    link: str | None
    published_at: datetime
    quotation: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberedClaim:
    """One allegation to verify, as numbered on the task."""

    number: int
    text: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a task is about: what was published, and the claims to verify."""

    items: tuple[PressItem, ...]
    claims: tuple[NumberedClaim, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One line of what has happened so far."""

    at: datetime
    text: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadVariant:
    """One text of a statement as an approver reads it; `place` names its outlets and language."""

    place: Words
    variant: Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """One outlet of a statement: where it will stand or stands, and how many receive it there."""

    outlet: Words
    recipients: int | None = None
    address: str | None = None
