"""When a rule of law falls due, with its source: the answer to `law due RULE --from T`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crisis.model.calendar import Calendar
from crisis.model.citation import Confidence, RuleKind
from crisis.model.deadline import Deadline, Kind, due_at, months_later
from crisis.model.errors import BadInput
from crisis.model.law import Law
from crisis.model.law_rule import LawRule, Recurrence, StartingFact, Yearly
from crisis.model.limit import Limit, Unit
from crisis.model.rule_of_day import rule_in_force
from crisis.model.validity import holding_on
from crisis.model.words import Words, words


@dataclass(frozen=True, kw_only=True, slots=True)
class LawDue:
    """A legal due time. `cases` holds one answer per case where the law distinguishes cases, and
    `due_at` is then the earliest; `question` is what must still be confirmed, if anything.
    """

    rule: str
    title: Words
    fact: StartingFact | None
    starts_at: datetime
    due_at: datetime
    source: Words
    confidence: Confidence
    kind: RuleKind
    unit: Unit
    question: Words | None = None
    cases: tuple["LawDue", ...] = ()

    def deadline(self) -> Deadline:
        """The same as a running deadline; what is not binding law is an aim of the office."""
        return Deadline(
            rule=self.rule,
            starts_at=self.starts_at,
            due_at=self.due_at,
            source=self.source.vi,
            confidence=self.confidence,
            kind=Kind.LAW if self.kind is RuleKind.LAW else Kind.INTERNAL,
            unit=self.unit,
        )


def law_due(law: Law, calendar: Calendar, rule_id: str, start: datetime) -> LawDue:
    """When the rule of that id (or purpose) falls due for `start`, under the law of that day.

    `start` is the starting fact; the event itself for a limit before an event; any instant of the
    period for duties that come back by the calendar; and is not used where the law fixes the start.
    Raises `NotFound` where the rule is unknown or not in force on that day, `BadInput` where
    `start` has no time zone, a purpose has several rules, or the calendar does not reach.
    """
    if start.tzinfo is None:
        raise BadInput(
            words("Thời điểm phải có múi giờ.", "The instant must have a time zone."), field="from"
        )
    rule = rule_in_force(law, rule_id, calendar.day_of(start))
    return _due_of(law, calendar, rule, start.astimezone(UTC))


def legal_dues(
    law: Law, calendar: Calendar, facts: Mapping[StartingFact, datetime]
) -> tuple[LawDue, ...]:
    """The due times of binding law that recorded facts start, each under the law of its own day."""
    return tuple(
        _due_of(law, calendar, rule, at.astimezone(UTC))
        for fact, at in facts.items()
        for rule in holding_on(calendar.day_of(at), law.rules)
        if rule.starts_at is fact and rule.kind is RuleKind.LAW
    )


def _due_of(law: Law, calendar: Calendar, rule: LawRule, start: datetime) -> LawDue:
    if rule.same_as:
        borrowed = [other for other in law.rules if other.id in rule.same_as]
        cases = tuple(_due_of(law, calendar, other, start) for other in borrowed)
        first = min(cases, key=lambda case: case.due_at)
        return replace(
            first,
            rule=rule.id,
            title=rule.title,
            source=law.citation(rule.sources),
            confidence=rule.confidence,
            kind=rule.kind,
            cases=cases,
        )
    starts, due, unit = _span(rule, calendar, start)
    return LawDue(
        rule=rule.id,
        title=rule.title,
        fact=rule.starts_at,
        starts_at=starts,
        due_at=due,
        source=law.citation(rule.sources),
        confidence=rule.confidence,
        kind=rule.kind,
        unit=unit,
        question=_question(calendar, due, unit),
    )


def _question(calendar: Calendar, due: datetime, unit: Unit) -> Words | None:
    """Clock hours do not depend on which days are off."""
    return None if unit is Unit.HOUR else calendar.question_about(calendar.last_day(due))


def _span(rule: LawRule, calendar: Calendar, start: datetime) -> tuple[datetime, datetime, Unit]:
    if rule.yearly is not None:
        return *_yearly(rule.yearly, calendar, start), Unit.DAY
    limit = rule.counted
    if rule.recurrence is Recurrence.MONTHLY:
        return *_month_of(limit, calendar, start), limit.unit
    if rule.starts_on is not None:
        start = calendar.midnight(rule.starts_on)
    return start, due_at(limit, start, calendar), limit.unit


def _month_of(limit: Limit, calendar: Calendar, start: datetime) -> tuple[datetime, datetime]:
    """A duty of every calendar month ends with the month, also when its last day is a day off."""
    first = calendar.day_of(start).replace(day=1)
    return calendar.midnight(first), calendar.midnight(months_later(first, limit.count))


def _yearly(yearly: Yearly, calendar: Calendar, start: datetime) -> tuple[datetime, datetime]:
    """The next due time at or after `start`, and the beginning of the period it reports on."""
    year = calendar.day_of(start).year
    if calendar.midnight(yearly.due_in(year)) < start:
        year += 1
    begins = yearly.begins_in(year - 1)
    return calendar.midnight(begins), calendar.midnight(yearly.due_in(year))
