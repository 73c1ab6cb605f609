"""One rule of law with a time limit: what starts it, how long it runs, where it is written."""

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence, Provision, RuleKind
from crisis.model.errors import BadInput
from crisis.model.fault import Unfit, fault, refuse
from crisis.model.limit import Direction, Limit, Target, Unit
from crisis.model.validity import Dated
from crisis.model.words import Words


class StartingFact(StrEnum):
    """A recorded fact whose instant starts a limit."""

    EVENT_OCCURRED = "event_occurred"
    AGENCY_RECEIVED_AND_HANDLING = "agency_received_and_handling"
    AGENCY_DETERMINED_PUBLIC_IMPACT = "agency_determined_public_impact"
    APPOINTMENT_DECISION = "appointment_decision"
    DELEGATION_SIGNED = "delegation_signed"
    REQUEST_RECEIVED = "request_received"
    FORWARDED_ITEM_RECEIVED = "forwarded_item_received"
    CONCLUSION_ISSUED = "conclusion_issued"
    EVENT_PLANNED = "event_planned"
    OUTLET_RECEIVED_REQUEST = "outlet_received_request"
    OUTLET_RECEIVED_CONCLUSION = "outlet_received_conclusion"
    INFORMATION_CREATED = "information_created"
    INFORMATION_REQUESTED = "information_requested"
    PETITION_RECEIVED = "petition_received"
    ERROR_FOUND = "error_found"
    DOCUMENT_RECEIVED = "document_received"
    DOCUMENT_SIGNED = "document_signed"
    DATA_REQUEST_RECEIVED = "data_request_received"
    DATA_BREACH_DETECTED = "data_breach_detected"
    AI_INCIDENT = "ai_incident"
    REPORT_PUBLISHED = "report_published"
    REPORT_DETECTED = "report_detected"


class Recurrence(StrEnum):
    """A duty that comes back: in every calendar month, or at the latest so long after the last."""

    MONTHLY = "monthly"
    AT_LEAST_EVERY = "at_least_every"


_MONTH_DAY = re.compile(r"^(\d\d)-(\d\d)$")


def _real_day(text: str) -> str:
    try:
        _ = date(COMMON_YEAR, *(int(part) for part in _MONTH_DAY.findall(text)[0]))
    except (ValueError, IndexError) as error:
        raise Unfit(
            fault(
                f"“{text}” không phải là một ngày trong năm; hãy viết tháng-ngày, ví dụ 12-20.",
                f"“{text}” is no day of the year; write month and day, such as 12-20.",
            )
        ) from error
    return text


def _cited(sources: tuple[Provision, ...]) -> tuple[Provision, ...]:
    if not sources:
        raise Unfit(
            fault(
                "Quy định không có căn cứ: hãy ghi ít nhất một văn bản (điều, khoản) ở 'sources'.",
                "A rule without source: name at least one instrument (article, clause) in "
                "'sources'.",
            )
        )
    return sources


COMMON_YEAR = 2001

MonthDay = Annotated[str, AfterValidator(_real_day)]


class Yearly(BaseModel):
    """A duty due before (not on) the day `before` of each year, on data of a period before it.

    Days are written `MM-DD`; the period begins in the year before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: MonthDay
    period_from: MonthDay
    period_to: MonthDay

    def due_in(self, year: int) -> date:
        """The day in `year` before which it is due."""
        return date.fromisoformat(f"{year}-{self.before}")

    def begins_in(self, year: int) -> date:
        """The day in `year` on which the period begins."""
        return date.fromisoformat(f"{year}-{self.period_from}")


_ONE_WAY = fault(
    "Mỗi quy định có đúng một trong ba: thời hạn (limit), kỳ hằng năm (yearly), quy định được dẫn "
    "chiếu (same_as).",
    "Give exactly one of limit, yearly and same_as.",
)
_ONE_START = fault(
    "Thời hạn cần đúng một mốc bắt đầu: sự kiện (starts_at), ngày cố định (starts_on) hoặc kỳ lặp "
    "lại (recurrence).",
    "A limit needs exactly one of starts_at, starts_on and recurrence.",
)

AT_ONCE = Limit(value=0, unit=Unit.HOUR)


class LawRule(Dated):
    """A rule that says how long something may take.

    It has exactly one of `limit`, `yearly` and `same_as` (the rules whose limits it borrows, by
    case). A limit runs from the fact `starts_at` or back from it (`direction`), from the fixed day
    `starts_on`, or comes back (`recurrence`). A limit of 0 hours means at once. `purpose` is
    shared by rules that replace one another.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    purpose: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    kind: RuleKind
    title: Words
    limit: Target | None = None
    direction: Direction = Direction.AFTER
    starts_at: StartingFact | None = None
    starts_on: date | None = None
    recurrence: Recurrence | None = None
    yearly: Yearly | None = None
    same_as: tuple[str, ...] = ()
    extends_by: Target | None = None
    max_rounds: int | None = None
    form: Literal["written"] | None = None
    actor: str
    exempt: tuple[str, ...] = ()
    sources: Annotated[tuple[Provision, ...], AfterValidator(_cited)]
    confidence: Confidence
    note: Words | None = None

    @model_validator(mode="after")
    def _one_way_to_count(self) -> Self:
        ways = (self.limit is not None, self.yearly is not None, bool(self.same_as))
        if sum(ways) != 1:
            refuse([_ONE_WAY])
        starts = (self.starts_at is not None, self.starts_on is not None, bool(self.recurrence))
        if sum(starts) != (1 if self.limit is not None else 0):
            refuse([_ONE_START])
        return self

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        try:
            _ = self.counted
        except BadInput as refused:
            raise ValueError(refused.sentence.en) from refused
        return self

    @property
    def counted(self) -> Limit:
        """The limit with its direction; at once where the rule has no limit of its own."""
        return AT_ONCE if self.limit is None else replace(self.limit, direction=self.direction)
