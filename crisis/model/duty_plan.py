"""Which periodic duties are owed now, from the law's data, and when people are reminded of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from crisis.model.calendar import Calendar
from crisis.model.law import Law
from crisis.model.law_due import LawDue, law_due
from crisis.model.law_rule import LawRule, Recurrence
from crisis.model.periodic_duty import ANNUAL_REPORT, CONTACTS, INFORMATION, PRESS_CONFERENCE
from crisis.model.reminder_moment import LATE, around
from crisis.model.validity import holding_on

DAY = timedelta(days=1)

OWNER = "provincial_people_committee"
"""Whose duties an office plans (`actor` in `law.yaml`)."""

LEADS: Mapping[str, tuple[timedelta, ...]] = {
    INFORMATION: (7 * DAY, DAY),
    PRESS_CONFERENCE: (30 * DAY, 7 * DAY, DAY),
    CONTACTS: (DAY, timedelta(hours=6)),
    ANNUAL_REPORT: (15 * DAY, 5 * DAY, DAY),
}
"""How long before the due time people are reminded; five days before 20/12 the data are whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedDuty:
    """A duty of one period; `subject` is the same whenever the same duty is planned again."""

    rule: LawRule
    due: LawDue

    @property
    def subject(self) -> str:
        """The key of this duty of this period."""
        return str(uuid5(NAMESPACE_URL, f"duty:{self.rule.id}:{self.due.starts_at.isoformat()}"))


def planned_duties(
    law: Law, calendar: Calendar, now: datetime, since: Mapping[str, datetime]
) -> Iterator[PlannedDuty]:
    """The duties of the period in which `now` lies, under the law of that day.

    `since` says, by rule, from when the next one is counted where the last one decides it.
    """
    for rule in holding_on(calendar.day_of(now), law.rules):
        if not is_periodic(rule):
            continue
        start = since.get(rule.id) if rule.recurrence is Recurrence.AT_LEAST_EVERY else now
        if start is not None:
            yield PlannedDuty(rule=rule, due=law_due(law, calendar, rule.id, start))


def is_periodic(rule: LawRule) -> bool:
    """Whether a rule asks the office for something that comes back."""
    comes_back = rule.recurrence is not None or rule.yearly is not None
    return comes_back and rule.actor == OWNER


def reminder_moments(kind: str, due_at: datetime) -> Sequence[datetime]:
    """When people are reminded of a duty: before it is due, and once when it has passed."""
    before = sorted(due_at - lead for lead in LEADS.get(kind, (DAY,)))
    return (*before, due_at + LATE)


def moments_at(
    kind: str, starts_at: datetime, due_at: datetime, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The reminder of a duty that is due at `now`, and the next one; none before its period."""
    return around((max(one, starts_at) for one in reminder_moments(kind, due_at)), now)
