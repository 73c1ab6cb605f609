"""Silence foretold: who is written to across Tet, and what is said where nobody is there."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis.calendar_source import office_calendar
from crisis.model.assumed_contact import assumed_contacts
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import NotFound
from crisis.model.law import Law
from crisis.model.law_rule import StartingFact
from crisis.model.playbook import Playbook
from crisis.model.severity import Severity
from crisis.model.silence import LETTERS, Event, EventKind, Setting, Silence
from crisis.model.simulation import simulate

ROOT = Path(__file__).parents[2]


def content(name: str, model: Any) -> Any:
    return model.model_validate(yaml.safe_load((ROOT / f"{name}.yaml").read_text("utf8")))


def read(name: str, model: Any) -> Any:
    """A file whose times of day YAML 1.1 must not read as numbers."""
    raw = yaml.load((ROOT / f"{name}.yaml").read_text("utf8"), Loader=yaml.BaseLoader)  # noqa: S506
    return model.model_validate(raw)


SETTING = Setting(
    playbook=content("playbooks/press-report", Playbook),
    law=content("playbooks/law", Law),
    directory=content("playbooks/directory", Directory),
    contacts=content("examples/contacts", ContactBook),
    calendar=office_calendar(read("playbooks/calendar", CalendarTable)),
    topics=("provincial_works",),
)
TET = datetime.fromisoformat("2027-02-05T16:00+07:00")
NOBODY = ContactBook(invented=True, note="nobody")


def silence(severity: Severity, at: datetime = TET, **other: Any) -> Silence:
    return Silence(setting=replace(SETTING, **other), severity=severity, at=at)


def of_kind(events: tuple[Event, ...], *kinds: EventKind) -> list[Event]:
    return [event for event in events if event.kind in kinds]


def test_working_hours_wait_for_the_office_to_open_after_tet() -> None:
    events = simulate(silence(Severity.S2))
    first = of_kind(events, EventKind.ESCALATION)[0]
    assert first.at == datetime.fromisoformat("2027-02-11T11:30+07:00")
    assert of_kind(events, EventKind.ASSIGNMENT)[0].at == TET


def test_clock_hours_run_through_tet() -> None:
    events = simulate(silence(Severity.S4))
    last = max(event.at for event in of_kind(events, EventKind.ESCALATION))
    assert last < TET + timedelta(hours=24)


def test_the_determined_legal_clock_is_among_the_events() -> None:
    others = {StartingFact.DOCUMENT_RECEIVED, StartingFact.ERROR_FOUND}  # start other clocks
    determined = frozenset({StartingFact.AGENCY_DETERMINED_PUBLIC_IMPACT, *others})
    (legal,) = of_kind(simulate(silence(Severity.S3, determined=determined)), EventKind.LEGAL_DUE)
    assert (legal.about, legal.at) == ("initial_statement_divided_opinion", TET + timedelta(days=1))
    assert not of_kind(simulate(silence(Severity.S3)), EventKind.LEGAL_DUE)


def test_before_the_decree_of_2026_the_event_itself_starts_the_clock() -> None:
    at = datetime.fromisoformat("2025-10-20T08:00+07:00")
    (legal,) = of_kind(simulate(silence(Severity.S3, at)), EventKind.LEGAL_DUE)
    assert legal.about == "initial_statement_old"
    assert not of_kind(simulate(silence(Severity.S2, at)), EventKind.LEGAL_DUE)


def test_the_holding_statement_asks_for_a_signature_and_silence_is_told() -> None:
    events = simulate(silence(Severity.S3))
    asked = of_kind(events, EventKind.APPROVAL_REQUEST)
    late = of_kind(events, EventKind.APPROVAL_OVERDUE)
    signers = ["pheduyet@vanphong.example", "lanhdao@vanphong.example"]
    assert [(one.email, one.at) for one in asked] == [(email, TET) for email in signers]
    told = [("dieuphoi@vanphong.example", TET + timedelta(hours=2))] * 2
    assert [(one.email, one.at) for one in late] == told
    assert not of_kind(simulate(silence(Severity.S1)), EventKind.APPROVAL_REQUEST)


def test_a_ladder_without_anybody_is_said_aloud() -> None:
    events = simulate(silence(Severity.S3, contacts=NOBODY))
    assert not [event for event in events if event.kind in LETTERS]
    assert of_kind(events, EventKind.NOBODY_REACHED)
    assert [event.about for event in of_kind(events, EventKind.NOBODY_SIGNS)] == ["approver"]
    skipped = of_kind(events, EventKind.RUNG_SKIPPED)
    assert skipped[0].at == TET


def test_without_a_coordinator_nobody_hears_of_an_overdue_approval() -> None:
    only = [one for one in SETTING.contacts.office if one.id == "approver"]
    book = ContactBook(invented=True, note="-", office=tuple(only))
    events = simulate(silence(Severity.S4, contacts=book))
    assert of_kind(events, EventKind.APPROVAL_REQUEST)
    assert not of_kind(events, EventKind.APPROVAL_OVERDUE)


def test_assumed_contacts_fill_every_rung() -> None:
    plain = silence(Severity.S2)
    on = SETTING.calendar.day_of(TET)
    book = assumed_contacts(SETTING.directory, plain.asked(), on)
    events = simulate(silence(Severity.S2, contacts=book))
    assert not of_kind(events, EventKind.RUNG_SKIPPED)
    assert len({event.rung for event in of_kind(events, EventKind.ESCALATION)}) == 4


@pytest.mark.parametrize("severity", list(Severity))
def test_events_come_in_the_order_of_time(severity: Severity) -> None:
    events = simulate(silence(severity, agencies=("qt-sxd", "qt-sgddt")))
    assert [event.at for event in events] == sorted(event.at for event in events)
    asked = of_kind(events, EventKind.ASSIGNMENT)
    assert {event.about for event in asked} == {"qt-sxd", "qt-sgddt"}


def test_nobody_can_be_asked_where_no_agency_answers_for_the_matter() -> None:
    with pytest.raises(NotFound):
        silence(Severity.S2, topics=("fire",)).asked()
    with pytest.raises(NotFound):
        silence(Severity.S2, agencies=("qb-sgtvt",)).asked()
