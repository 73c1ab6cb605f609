"""The year book takes what entries tell, and says what a ledger with a gap does not tell."""

from typing import Any

import pytest

from crisis.model import report_metric, year_book
from crisis.model.action import Action
from crisis.model.told import Latest, Told
from crisis.model.year_book import Asked, Matter, YearBook

AT = "2026-11-26T02:00:00.000000Z"


def told(action: str, chain: str = "QT-2026-0001", **data: Any) -> Told:
    return Told(chain=chain, seq=1, at=AT, action=action, data=data)


def test_a_request_without_its_receipt_is_a_gap_of_the_ledger() -> None:
    with pytest.raises(ValueError, match="does not tell when request r1 was received"):
        report_metric._request(Asked("r1"))  # noqa: SLF001


def test_a_matter_without_its_opening_is_a_gap_of_the_ledger() -> None:
    with pytest.raises(ValueError, match="does not tell when QT-2026-0001 was opened"):
        report_metric._matter(Matter("QT-2026-0001"), counted=True)  # noqa: SLF001


def test_a_clock_of_a_written_demand_marks_its_matter_without_a_rule_of_its_own() -> None:
    book = YearBook()
    fact = next(iter(year_book.WRITTEN_TO_PRESS))
    book.put(told(Action.CLOCK_STARTED.value, fact=fact))
    assert book.matters["QT-2026-0001"].demanded
    assert book.matters["QT-2026-0001"].clocks == {}


def test_a_request_may_join_an_incident_after_it_came_in() -> None:
    book = YearBook()
    book.put(told(Action.REQUEST_JOINED.value, request="r1", incident="i1"))
    assert book.requests["r1"].incident == "i1"


def test_the_latest_entry_gives_the_value_whatever_the_order_of_reading() -> None:
    latest = Latest()
    latest.put("floors", 2, ["major_event"])
    latest.put("floors", 1, [])
    assert latest.last("floors") == ["major_event"]
    assert latest.last("stage") is None


def test_an_action_that_the_report_does_not_read_changes_nothing() -> None:
    book = YearBook()
    book.put(told(Action.MAIL_QUEUED.value, mail="m1"))
    assert book == YearBook()
