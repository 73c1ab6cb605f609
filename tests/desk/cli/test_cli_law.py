"""`phatngon law`: when a rule falls due, with its source, and what no officer has signed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crisis.model.law_digest import rule_digest
from crisis.model.ledger import Actor, ActorKind
from crisis.office.content import law_signing
from desk.cli.opened import opened, work


def test_a_legal_due_time_comes_with_its_source_and_confidence(bare: Any) -> None:
    told = bare(
        "law", "due", "initial_statement_major_event", "--from", "2026-11-05T09:00", "--json"
    ).data
    assert {"rule", "starts_at", "due_at", "source", "confidence"} <= set(told)
    assert told["starts_at"] == "2026-11-05T02:00:00+00:00"
    assert told["due_at"] == "2026-11-06T02:00:00+00:00"
    assert "244/2026" in told["source"]


def test_a_case_of_before_replays_under_the_law_of_its_day(bare: Any) -> None:
    old = bare("law", "due", "initial_statement_old", "--from", "2025-10-19T09:00", "--json").data
    assert "09/2017" in old["source"]
    new = bare("law", "due", "initial_statement_old", "--from", "2026-11-19T09:00", code=1)
    assert "initial_statement_old" in new.err


def test_a_due_time_is_told_in_words_and_so_are_the_days_of_a_rule(bare: Any) -> None:
    told = bare("law", "due", "reply_in_press", "--from", "2026-08-03T09:00").out
    assert "high: two agreeing copies" in told
    assert "3 Sep 2026, 24:00" in told
    listed = bare("law", "list").out
    assert "1 Jul 2026" in listed
    assert "2026-07-01" not in listed


def test_a_day_is_taken_as_people_write_it(bare: Any) -> None:
    asked = ("law", "due", "reply_in_press", "--json", "--from")
    told = bare(*asked, "05/11/2026").data
    assert told == bare(*asked, "2026-11-05").data
    late = bare(*asked, "05/11/2026 08:15").data
    assert late["starts_at"] == "2026-11-05T01:15:00+00:00"
    assert "19/10/2025" in bare(*asked, "5/11/26", code=2).err


def test_a_rule_that_ended_names_what_governs_the_matter_since(bare: Any) -> None:
    said = bare("law", "due", "ati_online_simple", "--from", "05/11/2026", code=1).err
    assert "Law on Access to Information (revised)" in said
    assert "ask the office's legal unit" in said


def test_a_rule_that_nobody_signed_says_so(bare: Any) -> None:
    told = ("law", "due", "reply_in_press", "--from", "05/11/2026")
    assert "not yet signed" in bare(*told).out
    assert bare(*told, "--json").data["signed"] is False
    assert "not yet signed" in bare("law", "list").out
    assert {rule["signed"] for rule in bare("law", "list", "--json").data} == {False}
    assert not bare.var.exists()


def test_a_rule_that_a_legal_officer_signed_says_so(shell: Any) -> None:
    async def sign() -> None:
        officer = Actor(kind=ActorKind.USER.value, id=next(iter(shell.people.values())).user)
        async with opened() as office, office.records.act(officer) as act:
            law = (await office.in_force(act.session)).law
            rule = next(one for one in law.rules if one.id == "reply_in_press")
            await law_signing.sign(office, act, rule.id, rule_digest(rule))

    work(sign())
    assert shell("law", "due", "reply_in_press", "--from", "05/11/2026", "--json").data["signed"]
    listed = {one["id"]: one["signed"] for one in shell("law", "list", "--json").data}
    assert listed["reply_in_press"]
    assert not listed["annual_report"]


def test_every_rule_is_listed(bare: Any) -> None:
    listed = {rule["id"] for rule in bare("law", "list", "--json").data}
    assert {"internal_regulation", "reply_in_press"} <= listed


@pytest.mark.parametrize(
    "rule", ["internal_regulation", "annual_report", "outlet_publishes_feedback", "na_verify_press"]
)
def test_a_rule_of_any_kind_answers_with_its_source(bare: Any, rule: str) -> None:
    told = bare("law", "due", rule, "--from", "2026-11-05T08:00", "--json").data
    assert told["due_at"]
    assert told["source"]
    assert told["confidence"]


def test_a_day_that_no_calendar_covers_yet_is_said_on_the_answer(bare: Any) -> None:
    said = bare("law", "due", "reply_in_press", "--from", "2028-03-01T08:00").out
    assert "2028" in said
    assert "chưa được công bố" in said or "not yet published" in said


def test_a_limit_that_ends_with_a_day_is_told_by_that_day_and_its_instant_stays(bare: Any) -> None:
    asked = ("law", "due", "reply_in_press", "--from", "2026-11-05T08:00")
    assert bare(*asked, "--json").data["due_at"] == "2026-12-07T17:00:00+00:00"
    said = bare(*asked).out
    assert "24:00 ngày 07/12/2026" in said or "7 Dec 2026, 24:00" in said
    assert "00:00" not in said


def test_due_times_cost_at_most_twenty_additions_and_the_report_a_few_scans() -> None:
    """In a process of its own: measuring coverage would slow one side more than the other."""
    program = Path(sys.executable).with_name("phatngon")
    printed = subprocess.run(
        [program, "bench", "law", "--due-times", "100000", "--incidents", "1000", "--json"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    lines = {line["bench"]: line for line in map(json.loads, printed.splitlines())}
    assert lines["law_due_times"]["count"] == 100_000
    assert 0 < lines["law_due_times"]["ratio"] <= 20
    assert lines["annual_report"]["count"] == 1000
    assert 0 < lines["annual_report"]["ratio"] <= 10


def test_what_is_due_at_once_is_told_by_its_instant_with_every_case(bare: Any) -> None:
    told = bare("law", "due", "outlet_publishes_feedback", "--from", "05/11/2026").out
    assert "outlet_correction_online           at once, 5 Nov 2026, 00:00" in told
    assert "outlet_correction_print_broadcast  9 Nov 2026, 24:00" in told
