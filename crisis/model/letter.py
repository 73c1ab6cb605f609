"""The letters of the office: each a frozen value with exactly the fields that its receiver needs.

Letters have one folder of templates each, named by `name`. Everything that a person must know to
act stands in the letter itself; a link only shortens the way. Here are those that ask for
something; those that tell stand in `notice`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from crisis.model.checkpoint_notice import CheckpointNotice
from crisis.model.letter_part import (
    Contact,
    Due,
    Heading,
    Moment,
    NumberedClaim,
    PressItem,
    Reach,
    ReadVariant,
    Relation,
    Role,
    Ruling,
    Told,
)
from crisis.model.notice import Notice
from crisis.model.press_alert import PressAlert
from crisis.model.press_brief import PressBrief
from crisis.model.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """To an agency: verify these claims and answer by then."""

    name: ClassVar[str] = "assignment"
    heading: Heading
    items: tuple[PressItem, ...]
    claims: tuple[NumberedClaim, ...]
    lead: Words
    support: tuple[Words, ...]
    relation: Relation
    role: Role
    acknowledge: Due
    answer: Due
    asks: tuple[Words, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """To an agency before a due time: `left` is what remains, `missing` what is still to come."""

    name: ClassVar[str] = "reminder"
    heading: Heading
    due: Due
    left: timedelta
    missing: Words
    relation: Relation
    told: Told


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    """To an agency after a due time: `late` has passed; `next_step` says who is told next, when."""

    name: ClassVar[str] = "overdue"
    heading: Heading
    due: Due
    late: timedelta
    missing: Words
    next_step: Words
    relation: Relation
    told: Told


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """To a superior: what an agency owes, what was tried, and what is asked of the reader.

    `due` was missed by `late`, unless `why` says what else is wrong. The agency's own people act by
    a link of their own (`own_task`), others see the incident.
    """

    name: ClassVar[str] = "escalation"
    heading: Heading
    agency: Words
    due: Due
    late: timedelta
    missing: Words
    history: tuple[Moment, ...]
    request: Words
    why: Words | None = None
    own_task: bool = False
    told: Told | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalRequest:
    """To an approver: the exact texts, where they go, and by when a decision is needed."""

    name: ClassVar[str] = "approval_request"
    heading: Heading
    kind: Words
    version: int
    authors: tuple[str, ...]
    variants: tuple[ReadVariant, ...]
    reach: tuple[Reach, ...]
    due: Due


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """To author and coordinator: what was decided, by whom, why, and what comes next."""

    name: ClassVar[str] = "decision"
    heading: Heading
    ruling: Ruling
    kind: Words
    version: int
    by: Contact
    at: datetime
    next_step: Words
    reason: str | None = None


Letter = (
    Assignment
    | Reminder
    | Overdue
    | Escalation
    | ApprovalRequest
    | Decision
    | Notice
    | PressAlert
    | PressBrief
    | CheckpointNotice
)
"""Every letter that the office writes."""
