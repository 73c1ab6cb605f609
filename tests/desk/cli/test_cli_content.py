"""Law and playbooks from the command line: what needs no records."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

HOUSE = Path(__file__).parents[3]


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


def test_a_calendar_that_claims_too_much_is_flagged_at_its_line(bare: Any, tmp_path: Path) -> None:
    text = (HOUSE / "playbooks/calendar.yaml").read_text("utf8")
    claimed = tmp_path / "calendar.yaml"
    claimed.write_text(text.replace("known_until: 2026-12-31", "known_until: 2029-12-31"), "utf8")
    said = bare("playbook", "check", str(claimed)).err
    assert "known_until: [to be looked at]" in said
    assert "has no day of 2027, 2028, 2029" in said


def test_a_calendar_of_another_time_zone_is_refused_at_its_line(bare: Any, tmp_path: Path) -> None:
    text = (HOUSE / "playbooks/calendar.yaml").read_text("utf8")
    abroad = tmp_path / "calendar.yaml"
    abroad.write_text(text.replace("Asia/Ho_Chi_Minh", "Europe/Paris"), "utf8")
    said = bare("playbook", "check", str(abroad), code=1).err
    assert "timezone: The time zone “Europe/Paris” is not Viet Nam's (+07:00)" in said


def test_a_simulation_that_names_nobody_says_whom_it_takes_as_a_sample(bare: Any) -> None:
    asked = ("playbook", "simulate", "press-report", "--received", "2026-11-05T09:00")
    assert "(qt-bqlda) only serves as a sample" in bare(*asked).out
    assert "(qt-bqlda) only serves as a sample" in bare(*asked, "--json").err
    assert "sample" not in bare(*asked, "--agency", "qt-sxd").out
