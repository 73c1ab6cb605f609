"""The letters that tell or hand over something: notices, recalls, links, questions, press mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from crisis.model.letter_part import Contact, Due, Heading, NumberedClaim, PressItem, Reach, Told
from crisis.model.statement import Variant
from crisis.model.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationNotice:
    """To leaders and agencies concerned: what was published, where, by whom."""

    name: ClassVar[str] = "publication_notice"
    heading: Heading
    number: str
    kind: Words
    spokesperson: Contact
    published_at: datetime
    reach: tuple[Reach, ...]
    statement: Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Recall:
    """To an agency: the assignment of `assigned_at` no longer stands, its link is closed."""

    name: ClassVar[str] = "recall"
    heading: Heading
    assigned_at: datetime
    recalled_at: datetime
    reason: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class FreshLink:
    """To the address in the directory: a new task link; `handed_on_by` if a colleague passed it."""

    name: ClassVar[str] = "fresh_link"
    heading: Heading
    due: Due
    told: Told
    handed_on_by: Words | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionToOffice:
    """To the coordinator: an agency asks back before it answers."""

    name: ClassVar[str] = "question_to_office"
    heading: Heading
    agency: Words
    asker: str
    asker_phone: str | None
    asked_at: datetime
    question: str
    due: Due


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionRequest:
    """To the coordinator: an agency asks for time `until` then; its due time runs until decided."""

    name: ClassVar[str] = "extension_request"
    heading: Heading
    agency: Words
    asker: str
    asked_at: datetime
    until: datetime
    reason: str
    due: Due


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskDeclined:
    """To the coordinator: an agency gave its task back and named another; who takes `claims`?"""

    name: ClassVar[str] = "task_declined"
    heading: Heading
    agency: Words
    by: str
    declined_at: datetime
    assigned_at: datetime
    reason: str
    named: Words
    claims: tuple[NumberedClaim, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskPassedOn:
    """To the colleague whom a task was passed to: all that is needed, with a link of their own."""

    name: ClassVar[str] = "task_passed_on"
    heading: Heading
    agency: Words
    by: str
    items: tuple[PressItem, ...]
    claims: tuple[NumberedClaim, ...]
    answer: Due
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeAnswer:
    """To an agency: the coordinator's answer to its question; the due time stands or moved."""

    name: ClassVar[str] = "office_answer"
    heading: Heading
    question: str
    answer: str
    due: Due


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionDecision:
    """To an agency that asked for time: granted or not, and the due time that now holds."""

    name: ClassVar[str] = "extension_decision"
    heading: Heading
    granted: bool
    due: Due
    before: datetime
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PressStatement:
    """To an outlet's contact: a statement, whose bytes stand between greeting and ending."""

    name: ClassVar[str] = "press_statement"
    heading: Heading
    number: str
    published_at: datetime
    statement: Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class PressNote:
    """To the paper that reported: what was found right and how it is put right (not public)."""

    name: ClassVar[str] = "press_note"
    heading: Heading
    item: PressItem
    statement: Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class PressRefusal:
    """To an outlet: its request is refused; `ground` is the sentence of that ground of the law."""

    name: ClassVar[str] = "press_refusal"
    heading: Heading
    received_at: datetime
    ground: Words
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyReminder:
    """To coordinators: a periodic duty is due soon, or `late`."""

    name: ClassVar[str] = "duty_reminder"
    heading: Heading
    due: Due
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestReminder:
    """To coordinators: a newspaper's time ends soon, or is over (`late`); `incident` is a code."""

    name: ClassVar[str] = "request_reminder"
    heading: Heading
    outlet: str
    received_at: datetime
    due: Due
    late: bool
    incident: str = ""


Notice = (
    PublicationNotice
    | Recall
    | FreshLink
    | QuestionToOffice
    | ExtensionRequest
    | TaskDeclined
    | TaskPassedOn
    | OfficeAnswer
    | ExtensionDecision
    | PressStatement
    | PressNote
    | PressRefusal
    | DutyReminder
    | RequestReminder
)
"""Every letter that tells or hands over something."""
