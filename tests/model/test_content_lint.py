"""What does not fit together between content files is named with its place."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.content_lint import (
    Known,
    calendar_flags,
    contact_faults,
    contact_flags,
    directory_flags,
    lost_contact_flags,
    playbook_name_faults,
)
from crisis.model.directory import Directory
from crisis.model.fault import faults
from crisis.model.law import Law
from crisis.model.law_digest import rule_digest, unsigned
from crisis.model.playbook import Playbook
from crisis.model.playbook_lint import Trial, late_faults, nobody_faults
from crisis.model.silence import Setting

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 1)
Raw = dict[str, Any]


def raw(name: str) -> Raw:
    return yaml.safe_load((ROOT / f"{name}.yaml").read_text("utf8"))


def made(name: str, model: Any, change: Callable[[Raw], object] = lambda _: None) -> Any:
    told = deepcopy(raw(name))
    change(told)
    return model.model_validate(told)


DIRECTORY = made("playbooks/directory", Directory)
LAW = made("playbooks/law", Law)
BOOK = made("examples/contacts", ContactBook)
PLAYBOOK = made("playbooks/press-report", Playbook)
KNOWN = Known(
    sources=frozenset(LAW.instruments),
    topics=frozenset(DIRECTORY.topics),
    templates=frozenset(plan.template for plan in PLAYBOOK.statements.values()),
)
CALENDAR = CalendarTable.model_validate(
    yaml.load((ROOT / "playbooks/calendar.yaml").read_text("utf8"), Loader=yaml.BaseLoader)  # noqa: S506
)
SETTING = Setting(
    playbook=PLAYBOOK,
    law=LAW,
    directory=DIRECTORY,
    contacts=BOOK,
    calendar=office_calendar(CALENDAR),
    topics=("provincial_works",),
)


def trial(**other: Any) -> Trial:
    return Trial(setting=replace(SETTING, **other), on=TODAY)


def test_the_shipped_content_fits_together() -> None:
    assert not [*playbook_name_faults(PLAYBOOK, KNOWN), *contact_faults(BOOK, DIRECTORY)]
    assert not [*directory_flags(DIRECTORY)]
    assert not [*late_faults(trial()), *nobody_faults(trial())]


def test_unknown_sources_topics_and_templates_are_named_at_their_place() -> None:
    def change(told: Raw) -> None:
        told["basis"][1]["ref"] = "ND999"
        told["applies_to"]["topics"] = ["roads", "dragons"]
        told["statements"]["clarify"]["template"] = "no_such_letter"

    found = playbook_name_faults(made("playbooks/press-report", Playbook, change), KNOWN)
    assert [one.at for one in found] == [
        ("basis", 1, "ref"),
        ("applies_to", "topics", 1),
        ("statements", "clarify", "template"),
    ]


def test_a_ladder_that_outlasts_the_legal_time_is_refused() -> None:
    def slow(told: Raw) -> None:
        told["escalation"]["repeat"] = 5

    def slow_s1(told: Raw) -> None:
        told["acknowledgement"]["within"]["S1"] = "16wh"
        told["escalation"]["wait"]["S1"] = "80wh"
        told["escalation"]["repeat"] = 0

    late = [*late_faults(trial(playbook=made("playbooks/press-report", Playbook, slow)))]
    assert [one.at for one in late] == [("escalation", "wait", "S3")]
    calm = trial(playbook=made("playbooks/press-report", Playbook, slow_s1))
    assert not [*late_faults(calm)]


@pytest.mark.parametrize(
    "name", ["initial_statement_major_event", "initial_statement_divided_opinion"]
)
def test_a_ladder_that_outlasts_the_limit_of_the_law_in_force_is_refused(name: str) -> None:
    def change(told: Raw) -> None:
        next(one for one in told["rules"] if one["id"] == name)["limit"] = "2h"

    late = [*late_faults(trial(law=made("playbooks/law", Law, change)))]
    assert [one.at[-1] for one in late] == ["S3", "S4"]
    assert late[0].sentence.en.startswith("S3: the legal time ends (1 October 2026, 10:00) before")
    before = replace(trial(law=made("playbooks/law", Law, change)), on=date(2026, 6, 1))
    assert not [*late_faults(before)]


def test_without_a_rule_of_law_nothing_is_late_below_s3() -> None:
    ungoverned = LAW.model_copy(update={"rules": ()})
    assert not [*late_faults(trial(law=ungoverned))]


def test_a_ladder_that_would_mail_nobody_is_refused() -> None:
    nobody = ContactBook(invented=True, note="nobody")
    found = [*nobody_faults(trial(contacts=nobody))]
    assert found[0].at == ("escalation", "steps")
    assert {one.at[:2] for one in found[1:5]} == {("escalation", "steps")}
    assert found[-1].at[0] == "approvals"


def test_a_rung_and_a_signature_without_anybody_in_office_are_named() -> None:
    kept = [c for c in BOOK.contacts if c.agency != "qt-ubnd"]
    office = [one for one in BOOK.office if one.id != "leader"]
    book = ContactBook(invented=True, note="-", contacts=tuple(kept), office=tuple(office))
    found = [one.at for one in nobody_faults(trial(contacts=book))]
    assert found[0] == ("escalation", "steps", 3, "role")
    assert ("approvals", "default", "S4", 1, "role") in found
    assert ("approvals", "default", "S2", 0, "role") not in found


def test_a_contact_of_an_unknown_agency_is_a_fault_and_one_without_authority_is_flagged() -> None:
    def change(told: Raw) -> None:
        told["contacts"][0]["agency"] = "qt-nowhere"
        del told["contacts"][1]["authority"]
        told["contacts"][2]["authority"]["valid_to"] = date(2026, 1, 1)
        told["contacts"][3]["agency"] = "qb-stc"
        told["contacts"][4]["valid_to"] = date(2025, 12, 31)
        for one in told["contacts"][5:]:
            one["verified_at"] = TODAY
        del told["contacts"][5]["verified_at"]

    book = made("examples/contacts", ContactBook, change)
    assert [one.at for one in contact_faults(book, DIRECTORY)] == [("contacts", 0, "agency")]
    found = [*contact_flags(book, DIRECTORY, TODAY)]
    assert [one.at for one in found] == [
        ("contacts", 1, "authority"),
        ("contacts", 5, "verified_at"),
        ("contacts", 3, "agency"),
    ]
    lacking = f"{book.contacts[1].name}; {book.contacts[2].name}"
    assert found[0].sentence.en.startswith("2 contacts have no authority in force")
    assert found[0].sentence.en.endswith(f": {lacking}.")
    assert found[1].sentence.en.startswith("1 address was not confirmed within the last 12 months")


def test_many_addresses_that_nobody_confirmed_are_one_line_with_the_number_and_names() -> None:
    (old,) = contact_flags(BOOK, DIRECTORY, date(2026, 11, 26))
    assert old.sentence.vi.startswith(f"{len(BOOK.contacts)} địa chỉ chưa được xác nhận")
    assert all(one.name in old.sentence.vi for one in BOOK.contacts)
    assert not [*contact_flags(BOOK, DIRECTORY, TODAY)]


@pytest.mark.parametrize(
    ("until", "added", "years"),
    [
        (date(2026, 12, 31), None, None),
        (date(2028, 12, 31), None, "no day of 2027, 2028:"),
        (date(2028, 12, 31), "2027-02-11", "no day of 2028:"),
        (date(2027, 12, 31), "2027-02-11", None),
    ],
)
def test_a_calendar_that_claims_years_without_a_day_of_them_is_flagged(
    until: date, added: str | None, years: str | None
) -> None:
    off = [{"date": added, "why": {"vi": "Tết", "en": "Tet"}, "confidence": "high"}]
    told = CALENDAR.model_dump(mode="json") | {
        "known_until": until,
        "overrides": {"days_off": off if added else []},
    }
    found = [*calendar_flags(CalendarTable.model_validate(told), date(2026, 12, 31))]
    assert bool(found) == bool(years)
    assert all(one.at == ("known_until",) and (years or "") in one.sentence.en for one in found)


def test_an_agency_that_loses_its_last_contact_is_flagged_by_name() -> None:
    def change(told: Raw) -> None:
        told["contacts"] = [one for one in told["contacts"] if one["agency"] != "qt-syt"]

    fewer = made("examples/contacts", ContactBook, change)
    assert not [*lost_contact_flags(DIRECTORY, BOOK, BOOK, TODAY)]
    assert not [*lost_contact_flags(DIRECTORY, fewer, BOOK, TODAY)]
    (found,) = lost_contact_flags(DIRECTORY, BOOK, fewer, TODAY)
    assert DIRECTORY.agencies[int(found.at[1])].id == "qt-syt"
    assert "Sở Y tế không còn ai nhận việc vào ngày 01/10/2026" in found.sentence.vi
    assert "Trịnh Thị Mẫu, Đào Văn Ví Dụ" in found.sentence.vi


def test_a_gap_between_two_periods_of_an_agency_is_flagged() -> None:
    def change(told: Raw) -> None:
        second = [a for a in told["agencies"] if a["id"] == "qb-snv"][1]
        second["valid_from"] = date(2025, 3, 11)

    (gap,) = directory_flags(made("playbooks/directory", Directory, change))
    assert gap.at[0] == "agencies"
    assert "01/03/2025 đến 10/03/2025" in gap.sentence.vi


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2025, 5, 28), "stands twice from 1 March 2025: one entry holds to 28 May 2025, ano"),
        (None, "stands twice from 1 March 2025: one entry holds without any date, another from 1"),
    ],
)
def test_two_entries_of_an_agency_for_one_day_are_told_once_by_their_days(
    until: date | None, said: str
) -> None:
    def change(told: Raw) -> None:
        next(one for one in told["agencies"] if one["id"] == "qb-sgddt")["valid_to"] = until

    with pytest.raises(ValidationError) as refused:
        made("playbooks/directory", Directory, change)
    found = [one for one in faults(refused.value) if one.at[-1] == "valid_from"]
    assert len(found) == 1
    assert said in found[0].sentence.en
    assert "@" not in found[0].sentence.vi


def test_a_topic_of_two_agencies_is_told_with_both_names() -> None:
    def change(told: Raw) -> None:
        next(one for one in told["agencies"] if one["id"] == "qb-stp")["topics"].append("roads")

    with pytest.raises(ValidationError) as refused:
        made("playbooks/directory", Directory, change)
    said = [one.sentence.vi for one in faults(refused.value)]
    assert "hai cơ quan cùng phụ trách: Sở Tư pháp (qb-stp) và Sở Giao thông vận tải" in said[0]
    assert "hai cơ quan cùng phụ trách từ ngày 01/03/2025: Sở Tư pháp" in said[1]


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("successors", ["qb-stnmt"], "successors"),
        ("successors", ["qb-snnmt"], "successors"),
        ("parent", "qb-snnmt", "parent"),
    ],
)
def test_an_agency_that_follows_or_answers_to_itself_is_refused(
    field: str, value: object, at: str
) -> None:
    def change(told: Raw) -> None:
        for agency in told["agencies"]:
            if agency["id"] == ("qb-snnmt" if field == "successors" else "qb-ubnd"):
                agency[field] = value

    with pytest.raises(ValidationError) as refused:
        made("playbooks/directory", Directory, change)
    found = faults(refused.value)
    assert found
    assert {one.at[-1] for one in found} == {at}


def test_a_signature_covers_the_rule_as_it_reads() -> None:
    signed = {rule.id: rule_digest(rule) for rule in LAW.rules}
    assert unsigned(LAW, signed) == frozenset()
    assert unsigned(LAW, {}) == {rule.id for rule in LAW.rules}

    def change(told: Raw) -> None:
        told["rules"][0]["note"] = {"vi": "khác", "en": "other"}

    changed = made("playbooks/law", Law, change)
    assert unsigned(changed, signed) == {LAW.rules[0].id}
