"""The annual report of a year: computed anew from the ledger each time it is asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from crisis.model.annual_report import Counter, annual_report
from crisis.model.errors import NotFound
from crisis.model.law import Law, rules_in_force
from crisis.model.law_rule import LawRule, Yearly
from crisis.model.periodic_duty import ANNUAL_REPORT
from crisis.model.reporting_year import FIRST, LAST, ReportingYear, reporting_year, year_asked_for
from crisis.model.rule_of_day import rule_in_force
from crisis.model.words import Words, words
from crisis.office.office import Office, local_day
from crisis.records.act import Act
from crisis.records.year_book import year_book


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnualReport:
    """The counters of one year as the ledger stood at `made_at`, and the law that asks for them."""

    year: ReportingYear
    counters: tuple[Counter, ...]
    basis: Words
    made_at: datetime
    exercise: bool

    def counter(self, metric: str) -> Counter:
        """The counter of that id. Raises NotFound."""
        found = next((one for one in self.counters if one.id == metric), None)
        if found is None:
            raise NotFound(words("Không có chỉ tiêu này.", "There is no such figure."))
        return found


async def report_of(office: Office, act: Act, number: int | None = None) -> AnnualReport:
    """The report of the year that ends in `number`, or of the one that is due next.

    Raises NotFound for a year in which no law asked for one, BadInput for an impossible one.
    """
    law = (await office.in_force(act.session)).law
    rule, year = _year(law, act.now, number)
    exercise = office.settings.exercise
    book = await year_book(act.session, None if exercise else year.since)
    return AnnualReport(
        year=year,
        counters=annual_report(law, book, year, exercise=exercise),
        basis=law.citation(rule.sources),
        made_at=act.now,
        exercise=exercise,
    )


def _year(law: Law, now: datetime, number: int | None) -> tuple[LawRule, ReportingYear]:
    if number is None:
        latest = [rule for rule in law.rules if rule.purpose == ANNUAL_REPORT and rule.yearly]
        number = max(
            year_asked_for(_yearly(latest[-1]), now).year if latest else now.year,
            min((rule.valid_from.year for rule in latest), default=now.year),
        )
    known = min(max(number, FIRST), LAST)
    last = date(known, 12, 31)
    if not rules_in_force(law.rules, ANNUAL_REPORT, last):
        raise NotFound(
            words(
                f"Không có quy định nào yêu cầu báo cáo năm {number}.",
                f"No law asked for a report on the year {number}.",
            )
        )
    rule = rule_in_force(law, ANNUAL_REPORT, last)
    return rule, reporting_year(_yearly(rule), number)


def _yearly(rule: LawRule) -> Yearly:
    if rule.yearly is None:
        raise NotFound(
            words(
                "Quy định về báo cáo năm không có kỳ báo cáo.",
                "The rule on the annual report has no period.",
            )
        )
    return rule.yearly


def years_until(law: Law, now: datetime) -> tuple[int, ...]:
    """The years that have a report by now, the newest first."""
    first = min(
        (rule.valid_from.year for rule in law.rules if rule.purpose == ANNUAL_REPORT),
        default=local_day(now).year,
    )
    return tuple(range(max(local_day(now).year + 1, first), first - 1, -1))
