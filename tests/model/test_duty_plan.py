"""Which periodic duties are owed on a day, when they fall due, and when people are reminded."""

from datetime import datetime
from pathlib import Path

import pytest

from crisis.calendar_source import office_calendar
from crisis.model.calendar import HANOI, Calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.duty_form import check_done, check_done_at
from crisis.model.duty_plan import moments_at, planned_duties
from crisis.model.errors import BadInput, NotFound
from crisis.model.law import Law
from crisis.model.law_rule import Yearly
from crisis.model.periodic_duty import DUTY_WORDS, FORM_OF
from crisis.model.report_metric import METRICS
from crisis.model.reporting_year import reporting_year, year_asked_for
from crisis.model.rule_of_day import rule_in_force
from crisis.writing.content_file import read_content

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
YEARLY = Yearly(before="12-20", period_from="12-15", period_to="12-14")


@pytest.fixture(scope="module")
def law() -> Law:
    return read_content(PLAYBOOKS / "law.yaml", Law)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return office_calendar(read_content(PLAYBOOKS / "calendar.yaml", CalendarTable))


def at(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=HANOI)


def said(moment: datetime | None) -> str:
    return f"{moment.astimezone(HANOI):%Y-%m-%dT%H:%M}" if moment else ""


@pytest.mark.parametrize(
    ("now", "last_conference", "due"),
    [
        (
            "2026-11-26T09:00",
            "2026-09-30T09:00",
            {
                "periodic_information": "2026-12-01T00:00",
                "periodic_press_conference": "2026-12-31T00:00",
                "annual_report": "2026-12-20T00:00",
            },
        ),
        (
            "2026-12-31T23:59",
            "2026-11-30T08:00",
            {
                "periodic_information": "2027-01-01T00:00",
                "periodic_press_conference": "2027-03-02T00:00",
                "annual_report": "2027-12-20T00:00",
            },
        ),
        ("2026-06-30T12:00", "2026-05-01T09:00", {}),
        ("2025-10-19T10:00", None, {}),
    ],
)
def test_the_duties_of_a_day(
    law: Law, calendar: Calendar, now: str, last_conference: str | None, due: dict[str, str]
) -> None:
    since = {"periodic_press_conference": at(last_conference)} if last_conference else {}
    found = list(planned_duties(law, calendar, at(now), since))
    assert {one.rule.id: said(one.due.due_at) for one in found} == due
    again = list(planned_duties(law, calendar, at(now), since))
    assert [one.subject for one in found] == [one.subject for one in again]


def test_the_same_duty_of_another_month_is_another_duty(law: Law, calendar: Calendar) -> None:
    subjects = {
        one.subject
        for month in ("2026-09-01T00:00", "2026-09-30T23:00", "2026-10-01T00:00")
        for one in planned_duties(law, calendar, at(month), {})
        if one.rule.id == "periodic_information"
    }
    assert len(subjects) == 2


@pytest.mark.parametrize(
    ("kind", "due", "now", "gone", "coming"),
    [
        ("annual_report", "2026-12-20T00:00", "2026-12-01T08:00", "", "2026-12-05T00:00"),
        (
            *("annual_report", "2026-12-20T00:00", "2026-12-15T00:00"),
            *("2026-12-15T00:00", "2026-12-19T00:00"),
        ),
        (
            *("annual_report", "2026-12-20T00:00", "2026-12-19T12:00"),
            *("2026-12-19T00:00", "2026-12-20T00:00"),
        ),
        ("annual_report", "2026-12-20T00:00", "2026-12-21T00:00", "2026-12-20T00:00", ""),
        ("periodic_information", "2026-12-01T00:00", "2026-11-20T08:00", "", "2026-11-24T00:00"),
    ],
)
def test_people_are_reminded_before_a_duty_is_due_and_once_after(
    kind: str, due: str, now: str, gone: str, coming: str
) -> None:
    found = moments_at(kind, at("2026-01-01T00:00"), at(due), at(now))
    assert tuple(map(said, found)) == (gone, coming)


def test_of_24_hours_people_hear_at_once() -> None:
    start, due = at("2026-11-26T09:00"), at("2026-11-27T09:00")
    found = moments_at("spokesperson_contact_publish", start, due, at("2026-11-26T10:00"))
    assert tuple(map(said, found)) == ("2026-11-26T09:00", "2026-11-27T03:00")


def test_the_report_asked_for_is_the_one_that_is_due_next() -> None:
    assert year_asked_for(YEARLY, at("2026-12-14T10:00")).year == 2026
    assert year_asked_for(YEARLY, at("2026-12-19T23:59")).year == 2026
    assert year_asked_for(YEARLY, at("2026-12-20T00:00")).year == 2027
    with pytest.raises(BadInput, match="2000"):
        reporting_year(YEARLY, 1)


def test_every_figure_of_the_law_is_counted_and_every_duty_has_its_rule(law: Law) -> None:
    assert {metric.id for metric in law.report_metrics} == set(METRICS)
    assert set(FORM_OF) == set(DUTY_WORDS)
    day = at("2026-12-01T00:00").date()
    for kind in set(DUTY_WORDS) - {"proactive_briefing"}:
        assert rule_in_force(law, kind, day).purpose == kind
    with pytest.raises(NotFound):
        rule_in_force(law, "annual_report", at("2026-06-30T00:00").date())


@pytest.mark.parametrize(
    ("kind", "form", "reference", "field"),
    [
        ("unheard_of", "briefing", "12/BC", "kind"),
        ("proactive_briefing", "by_pigeon", "12/BC", "form"),
        ("proactive_briefing", "briefing", "  ", "reference"),
        ("proactive_briefing", "briefing", "x" * 301, "reference"),
        ("proactive_briefing", "briefing", " -/- ", "reference"),
        ("proactive_briefing", "briefing", "http://", "reference"),
        ("proactive_briefing", "briefing", "https://a b.vn/x", "reference"),
        ("proactive_briefing", "briefing", "ftp://quangtri.gov.vn/1", "reference"),
    ],
)
def test_a_record_without_what_it_must_say_is_refused(
    kind: str, form: str, reference: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        check_done(kind, form, reference, {"briefing"})
    assert refused.value.field == field


@pytest.mark.parametrize(
    "reference", ["12/BC-UBND", "https://quangtri.gov.vn/tin/1", "Thông báo 5"]
)
def test_a_number_or_a_whole_link_is_enough(reference: str) -> None:
    assert check_done("proactive_briefing", "briefing", reference, {"briefing"}) is None


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("2026-11-27T00:00", "future"),
        ("2000-01-01T08:00", "two years"),
        ("2024-11-20T00:00", "two"),
    ],
)
def test_a_duty_is_not_done_in_the_future_nor_two_years_ago(done: str, said: str) -> None:
    now = at("2026-11-26T10:00")
    with pytest.raises(BadInput, match=said) as refused:
        check_done_at(at(done), now)
    assert refused.value.field == "done_at"
    assert check_done_at(at("2024-12-01T00:00"), now) is None
