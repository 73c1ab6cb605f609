"""The annual report over a generated ledger equals a plain count of what the ledger was made of."""

from pathlib import Path

import pytest

from crisis.model.action import Action
from crisis.model.annual_report import Counter, annual_report
from crisis.model.canonical import instant
from crisis.model.law import Law
from crisis.model.law_rule import Yearly
from crisis.model.reporting_year import ReportingYear, reporting_year
from crisis.records.act import OFFICE_CHAIN, Records
from crisis.records.ledger_bulk import put_chains
from crisis.records.year_book import year_book
from crisis.writing.content_file import read_content
from desk.bench.invented_year import Invented, chain_of, invented_year

YEARLY = Yearly(before="12-20", period_from="12-15", period_to="12-14")
YEAR = reporting_year(YEARLY, 2026)
NUMBERS = [
    "press_conferences",
    "proactive_briefings",
    "press_requests_answered",
    "extraordinary_spoken",
    "on_time",
    "correction_requests",
]


@pytest.fixture(scope="module")
def law() -> Law:
    return read_content(Path(__file__).parents[2] / "playbooks" / "law.yaml", Law)


async def reported(records: Records, law: Law, *, exercise: bool = False) -> dict[str, Counter]:
    async with records.look() as session:
        book = await year_book(session, None if exercise else YEAR.since)
    return {one.id: one for one in annual_report(law, book, YEAR, exercise=exercise)}


def listed(year: ReportingYear, one: Invented, *, exercise: bool) -> bool:
    """By the days as a person reads them, not by instants."""
    return year.first <= one.opened_at.date() <= year.last and one.exercise == exercise


def counted_by_hand(ours: list[Invented]) -> dict[str, tuple[int, int | None]]:
    """From the list that the ledger was made of, without the ledger."""
    matters = [one for one in ours if not one.dismissed]
    asked = [one for one in ours if one.question]
    limited = [one for one in matters if one.clock not in {"", "cancelled"}]
    article7 = [
        one
        for one in matters
        if one.several_provinces or one.question or one.clock not in {"", "cancelled"}
    ]
    spoken = [
        one
        for one in article7
        if one.statement not in {"", "referral"} or one.question == "answered"
    ]
    last = {one.code: one.verdict or one.first_verdict for one in matters}
    false = [one for one in matters if last[one.code] in {"inaccurate", "partly_accurate"}]
    return {
        "press_conferences": (0, None),
        "proactive_briefings": (0, None),
        "press_requests_answered": (
            len([one for one in asked if one.question == "answered"]),
            len(asked),
        ),
        "extraordinary_spoken": (len(spoken), len(article7)),
        "on_time": (len([one for one in limited if one.clock == "met"]), len(limited)),
        "correction_requests": (
            len([one for one in false if one.statement == "correct_with_evidence"]),
            len(false),
        ),
    }


@pytest.mark.parametrize("exercise", [False, True])
async def test_a_year_of_500_incidents_equals_an_independent_count(
    records: Records, law: Law, exercise: bool
) -> None:
    invented = list(invented_year(YEAR, 500, seed=2026))
    async with records.act() as act:
        await put_chains(act.session, (entry for one in invented for entry in chain_of(one)))
    expected = counted_by_hand([one for one in invented if listed(YEAR, one, exercise=exercise)])
    found = await reported(records, law, exercise=exercise)
    assert {name: (one.value, one.total) for name, one in found.items()} == expected
    assert list(found) == NUMBERS
    assert 0 < found["on_time"].value < len(found["on_time"].items)
    codes = {one.code for one in invented if one.clock not in {"", "cancelled"}}
    assert {item.key for item in found["on_time"].items} <= codes


async def test_duties_done_in_the_year_are_counted_and_mistaken_records_are_not(
    records: Records, law: Law
) -> None:
    days = {
        "before": "2025-12-14T16:59:59.000000Z",
        "first": "2025-12-14T17:00:00.000000Z",
        "last": "2026-12-14T16:59:59.999999Z",
        "after": "2026-12-14T17:00:00.000000Z",
        "mistaken": "2026-05-05T02:00:00.000000Z",
    }
    async with records.act() as act:
        for key, at in days.items():
            facts = {"duty": key, "kind": "periodic_press_conference", "exercise": False}
            await act.note(OFFICE_CHAIN, Action.DUTY_FULFILLED, facts | {"done_at": at})
        briefing = {"duty": "b", "kind": "proactive_briefing", "exercise": False}
        at = instant(YEAR.since)
        await act.note(OFFICE_CHAIN, Action.DUTY_FULFILLED, briefing | {"done_at": at})
        facts = {"duty": "mistaken", "kind": "periodic_press_conference", "exercise": False}
        await act.note(OFFICE_CHAIN, Action.DUTY_WITHDRAWN, facts)
    async with records.look() as session:
        book = await year_book(session, None)
    found = {one.id: one for one in annual_report(law, book, YEAR, exercise=False)}
    assert [item.key for item in found["press_conferences"].items] == ["first", "last"]
    assert found["proactive_briefings"].value == 1
