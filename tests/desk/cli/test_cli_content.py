"""Law and playbooks from the command line: what needs no records."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from crisis.model.law_digest import rule_digest
from crisis.model.ledger import Actor, ActorKind
from crisis.office import law_signing
from desk.cli.opened import opened, work

HOUSE = Path(__file__).parents[3]


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


def test_the_shipped_playbooks_have_no_fault(bare: Any) -> None:
    assert bare("playbook", "check", "--json").data["faults"] == []


def test_a_check_for_a_day_of_the_past_blames_no_playbook_for_it(bare: Any) -> None:
    told = bare("playbook", "check", "--on", "2024-05-02")
    assert "9 files, 0 faults, " in told.out
    assert "Checked for 2 May 2024: 39 agencies" in told.out
    told = bare("playbook", "check", "--on", "2024-05-02", "--json").data
    assert "2 May 2024" in told["checked"]
    assert told["faults"] == []


def test_a_playbook_whose_matter_nobody_held_that_day_is_only_to_be_looked_at(
    bare: Any, tmp_path: Path
) -> None:
    good = (HOUSE / "playbooks" / "press-report.yaml").read_text(encoding="utf8")
    file = tmp_path / "mine.yaml"
    file.write_text(good.replace("  topics: []", "  topics: [provincial_works]", 1), "utf8")
    said = bare("playbook", "check", str(file), "--on", "2024-05-02")
    assert "mine.yaml" in said.err
    assert "Not tried: on 2 May 2024" in said.err
    assert bare("playbook", "check", str(file), "--on", "2026-10-01").err == ""


def test_a_broken_playbook_is_told_by_file_and_line(bare: Any, tmp_path: Path) -> None:
    good = (HOUSE / "playbooks" / "press-report.yaml").read_text(encoding="utf8")
    file = tmp_path / "mine.yaml"
    file.write_text(good.replace("reminders: [0.5", "reminders: [2.5", 1), encoding="utf8")
    line = 1 + good[: good.index("reminders: [")].count("\n")
    said = bare("playbook", "check", str(file), code=1)
    assert f"mine.yaml:{line}" in said.err
    assert bare("playbook", "check", "nowhere", code=2).out == ""


def test_a_simulation_says_who_gets_what_if_nobody_answers(bare: Any) -> None:
    events = bare(
        *("playbook", "simulate", "--from", "2026-11-05T09:00", "--severity", "S2", "--json"),
        *("--contacts", str(HOUSE / "examples" / "contacts.yaml")),
    ).data
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    assert events[0]["what"] == "Assignment letter"
    what = [event["what"] for event in events]
    assert [w for w in what if w.startswith("Reminder")] == [
        "Reminder (50 % of the time)",
        "Reminder (75 % of the time)",
        "Reminder (90 % of the time)",
    ]
    climbed = [event["to"].split(":")[0] for event in events if event["what"] == "Escalation"]
    assert climbed[:4] == [
        "Focal point of the agency",
        "Head or deputy head of the agency",
        "Chief of Office of the Provincial People's Committee",
        "Vice Chair or Chair of the Provincial People's Committee",
    ]
    assert len(climbed) == 8


def test_a_rung_without_anybody_is_skipped_in_the_simulation(bare: Any, tmp_path: Path) -> None:
    empty = tmp_path / "contacts.yaml"
    empty.write_text("invented: true\nnote: nobody yet\n", encoding="utf8")
    asked = ("--from", "2026-11-05T09:00", "--contacts", str(empty), "--json")
    events = bare("playbook", "simulate", *asked).data
    kinds = {e["kind"] for e in events}
    assert kinds >= {"rung_skipped", "nobody_reached"}
    assert not [e for e in events if e["what"] == "Escalation"]


def test_the_simulation_crosses_tet_by_name_and_draws_itself(bare: Any, tmp_path: Path) -> None:
    drawn = tmp_path / "tet.svg"
    told = bare(
        *("playbook", "simulate", "press-report", "--severity", "S3", "--json"),
        *("--received", "2027-02-05T16:00+07:00", "--svg", str(drawn)),
    ).data
    assert {event["day"] for event in told} == {"holiday"}
    assert told[-1]["kind"] == "legal_due"
    assert told[-1]["at"] == "2027-02-06T09:00:00+00:00"
    picture = etree.parse(drawn).getroot()
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    circles = list(picture.iter("{http://www.w3.org/2000/svg}circle"))
    legend = [one for one in circles if one.get("class") == "legend"]
    assert len(circles) - len(legend) == len(told)
    texts = [one.text for one in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Legal deadline", "Office target"} <= set(texts)
    assert picture[0].tag == "{http://www.w3.org/2000/svg}title"


def test_the_simulation_of_a_press_request_shows_the_limits_of_the_law(bare: Any) -> None:
    asked = ("playbook", "simulate", "press-request", "--severity", "S1")
    new = bare(*asked, "--received", "2026-08-03T09:00+07:00", "--json").data
    legal = [(event["about"], event["at"]) for event in new if event["kind"] == "legal_due"]
    assert legal == [
        ("reply_forwarded_opinion", "2026-08-22T17:00:00+00:00"),
        ("reply_in_press", "2026-09-03T17:00:00+00:00"),
    ]
    assert "22 Aug 2026, 24:00" in bare(*asked, "--received", "2026-08-03T09:00+07:00").out
    old = bare(*asked, "--received", "2026-06-30T09:00+07:00", "--json").data
    assert [e["about"] for e in old if e["kind"] == "legal_due"] == ["reply_forwarded_opinion_old"]
    report = bare(
        "playbook", "simulate", "--severity", "S1", "--from", "2026-08-03T09:00", "--json"
    )
    assert not [event for event in report.data if event["kind"] == "legal_due"]


def test_a_simulation_as_json_warns_aside_of_what_it_rests_upon(bare: Any) -> None:
    asked = ("playbook", "simulate", "--severity", "S3", "--from", "2028-02-05T16:00+07:00")
    told = bare(*asked, "--json")
    assert told.data
    plain = bare(*asked)
    for vi, en in (
        ("giả định mỗi vị trí có một người", "one person is assumed in every post"),
        ("Lịch nghỉ năm 2028 chưa được công bố", "calendar for 2028 is not yet published"),
    ):
        assert vi in told.err or en in told.err
        assert vi in plain.out or en in plain.out


def test_a_playbook_that_is_not_there_is_told_with_those_that_are(bare: Any) -> None:
    said = bare("playbook", "simulate", "no-such", "--received", "2026-11-05T09:00", code=2)
    assert "no-such" in said.err
    assert "press-report" in said.err


def test_an_agency_that_does_not_stand_on_the_day_is_refused(bare: Any) -> None:
    words = ("playbook", "simulate", "--from", "2026-11-05T09:00", "--agency", "qt-nothing")
    assert "qt-nothing" in bare(*words, code=1).err


@pytest.mark.parametrize(
    ("option", "value", "helps"),
    [
        ("--topic", "nope", "provincial_works"),
        ("--place", "nope", "nope"),
        ("--place", "Quảng Trị", "Quảng Trị"),
    ],
)
def test_a_topic_or_place_that_the_directory_does_not_know_is_refused(
    bare: Any, option: str, value: str, helps: str
) -> None:
    asked = ("playbook", "simulate", "--from", "2026-11-05T09:00", option, value)
    told = " ".join(bare(*asked, code=2).err.split())
    assert value in told
    assert helps in told


def test_a_place_is_simulated_by_its_name_or_its_code(bare: Any) -> None:
    asked = ("playbook", "simulate", "--from", "2026-11-05T09:00", "--json", "--place")
    assert bare(*asked, "xã Lệ Thủy").data == bare(*asked, "19249").data


def test_schemas_are_printed_for_editors(bare: Any) -> None:
    for kind in ("playbook", "law", "directory", "contacts", "calendar", "report"):
        assert bare("playbook", "schema", kind).data["type"] == "object"
    bare("playbook", "schema", "nothing", code=2)


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


def test_a_calendar_that_claims_too_much_is_flagged_at_its_line(bare: Any, tmp_path: Path) -> None:
    text = (HOUSE / "playbooks/calendar.yaml").read_text("utf8")
    claimed = tmp_path / "calendar.yaml"
    claimed.write_text(text.replace("known_until: 2026-12-31", "known_until: 2029-12-31"), "utf8")
    said = bare("playbook", "check", str(claimed)).err
    assert "known_until: [to be looked at]" in said
    assert "has no day of 2027, 2028, 2029" in said


def test_a_simulation_that_names_nobody_says_whom_it_takes_as_a_sample(bare: Any) -> None:
    asked = ("playbook", "simulate", "press-report", "--received", "2026-11-05T09:00")
    assert "(qt-bqlda) only serve as a sample" in bare(*asked).out
    assert "(qt-bqlda) only serve as a sample" in bare(*asked, "--json").err
    assert "sample" not in bare(*asked, "--agency", "qt-sxd").out
