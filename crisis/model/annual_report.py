"""The annual report on speaking to the press, counted from the ledger alone.

A matter belongs to the year in which its incident was opened, a request to that of its receipt, a
duty to that of the day on which it was done; what became of them counts as far as the ledger tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crisis.model.incident import Stage
from crisis.model.law import Law
from crisis.model.press_request import RequestKind
from crisis.model.report_metric import ANSWERED, METRICS, PLAIN, Item, YearPart
from crisis.model.reporting_year import ReportingYear
from crisis.model.words import Words
from crisis.model.year_book import YearBook

SPEAKING = "initial_statement"
"""The purpose of the rules on the first statement, those before 1/7/2026 included."""

NOT_OURS: Iterable[str] = frozenset({Stage.CANDIDATE, Stage.MERGED, Stage.DISMISSED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """One counter with the items behind it; without a total where the law asks for none."""

    id: str
    title: Words
    items: tuple[Item, ...]
    has_total: bool

    @property
    def value(self) -> int:
        """How many are counted."""
        return sum(item.counted for item in self.items)

    @property
    def total(self) -> int | None:
        """Of how many."""
        return len(self.items) if self.has_total else None


def annual_report(
    law: Law, book: YearBook, year: ReportingYear, *, exercise: bool
) -> tuple[Counter, ...]:
    """The counters of `law.report_metrics` in its order; exercises only in an exercise's own."""
    part = _within(law, book, year, exercise=exercise)
    return tuple(
        Counter(
            id=metric.id,
            title=metric.title,
            items=tuple(sorted(METRICS[metric.id](part), key=lambda item: (item.at, item.key))),
            has_total=metric.id not in PLAIN,
        )
        for metric in law.report_metrics
    )


def _within(law: Law, book: YearBook, year: ReportingYear, *, exercise: bool) -> YearPart:
    questions = [
        one
        for one in book.requests.values()
        if one.kind == RequestKind.QUESTION and one.exercise is exercise
    ]
    return YearPart(
        matters=tuple(
            one
            for one in book.matters.values()
            if one.opened_at is not None
            and year.covers(one.opened_at)
            and one.exercise is exercise
            and one.state.last("stage") not in NOT_OURS
        ),
        requests=tuple(
            one
            for one in book.requests.values()
            if one.received_at is not None
            and year.covers(one.received_at)
            and one.exercise is exercise
        ),
        duties=tuple(
            one
            for one in book.duties.values()
            if one.done_at is not None
            and year.covers(one.done_at)
            and one.exercise is exercise
            and not one.withdrawn
        ),
        rules=frozenset(rule.id for rule in law.rules if rule.purpose == SPEAKING),
        asked=frozenset(one.incident for one in questions if one.incident),
        told=frozenset(one.incident for one in questions if one.incident and one.ended == ANSWERED),
    )
