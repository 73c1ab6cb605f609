"""Reports, incidents and what is in force, from the command line."""

import io
from pathlib import Path
from typing import Any

import pytest

from crisis.model.report import ReportIn

EXAMPLES = Path(__file__).parents[3] / "examples"
YARD = str(EXAMPLES / "01-plo-school-yard.yaml")


def test_a_report_on_a_fresh_machine_gives_a_code(bare: Any) -> None:
    said = bare("report", YARD)
    code = said.out.strip()
    assert code.startswith("DT-")
    (row,) = bare("incidents", "--json").data
    assert (row["code"], row["stage"], row["severity"]) == (code, "candidate", "S2")


def test_a_report_by_a_coordinator_opens_the_incident_at_once(shell: Any) -> None:
    code = shell("report", YARD, "--as", "dieuphoi@vanphong.example").out.strip()
    told = shell("show", code, "--json").data
    assert told["stage"] == "open"
    assert [claim["number"] for claim in told["claims"]] == [1, 2]
    assert told["clocks"]
    assert told["timeline"][0]["action"] == "incident.opened"
    assert all(one["by"]["vi"] and one["by"]["en"] for one in told["timeline"])
    clocks = [one for one in told["timeline"] if one["action"] == "clock.started"]
    assert all(one["about"]["vi"] for one in clocks)
    assert told["at_rest"] is False


def test_an_auditor_cannot_file_as_a_coordinator(shell: Any) -> None:
    said = shell("report", YARD, "--as", "kiemtoan@vanphong.example", code=1)
    assert "no coordinator" in said.err


def test_the_same_key_is_the_same_report(shell: Any) -> None:
    first = shell("report", YARD, "--key", "k1", "--json").data
    again = shell("report", YARD, "--key", "k1", "--json").data
    assert (first["created"], again["created"]) == (True, False)
    assert first["code"] == again["code"]
    other = str(EXAMPLES / "02-market-rumour.yaml")
    assert "Idempotency-Key" in shell("report", other, "--key", "k1", code=1).err


def test_a_likely_duplicate_is_named_and_can_be_added_instead(shell: Any) -> None:
    first = shell("report", YARD).out.strip()
    said = shell("report", YARD)
    assert first in said.err
    assert shell("report", YARD, "--into", first).out.strip() == first
    assert len(shell("show", first, "--json").data["reports"]) == 2


def test_a_report_comes_from_standard_input_too(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = ReportIn.model_validate(
        {"title": "Cầu treo hư hỏng", "outlet": "Báo Ví Dụ", "published_at": "2025-10-19"}
    ).model_dump_json()
    stdin = io.TextIOWrapper(io.BytesIO(body.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert shell("report", "-").out.startswith("DT-2025-")


def test_every_fault_of_a_report_is_told_with_its_line(shell: Any, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("title: T\noutlet: O\npublished_at: hôm qua\nauthor: N\n", encoding="utf8")
    said = shell("report", str(file), code=1)
    lines = said.err.strip().splitlines()
    assert [line.split("bad.yaml:")[1][0] for line in lines] == ["3", "4"]


def test_an_incident_is_shown_to_people_with_its_parts(shell: Any) -> None:
    code = shell("report", YARD, "--as", "dieuphoi@vanphong.example").out.strip()
    out = shell("show", code.lower()).out
    for words in (code, "EXERCISE", "Claims", "Clocks", "Timeline", "Incident opened"):
        assert words in out


def test_the_clock_of_an_exercise_can_be_set(shell: Any) -> None:
    told = shell("clock", "set", "2026-02-20T08:00", "--rate", "0", "--json").data
    assert told["now"] == "2026-02-20T01:00:00+00:00"
    assert shell("clock", "show", "--json").data["now"] == told["now"]


def test_the_clock_of_an_office_at_work_cannot(bare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHATNGON_INSTALLATION", "office")
    assert "exercise" in bare("clock", "set", "2026-02-20T08:00", code=1).err


def test_content_is_checked_before_it_is_in_force(shell: Any, tmp_path: Path) -> None:
    good = (EXAMPLES.parent / "playbooks" / "press-report.yaml").read_text(encoding="utf8")
    file = tmp_path / "press-report.yaml"
    file.write_text(good.replace("version: 1\n", "version: 2\n", 1), encoding="utf8")
    before = {one["name"]: one["sha256"] for one in shell("content", "list", "--json").data}
    told = shell("content", "activate", str(file), "--json").data
    after = {one["name"]: one["sha256"] for one in shell("content", "list", "--json").data}
    assert before["press-report"] != after["press-report"] == told["sha256"]
    file.write_text(good.replace("reminders:", "reminder:", 1), encoding="utf8")
    assert "press-report.yaml:" in shell("content", "activate", str(file), code=1).err


def test_the_site_is_written_again(shell: Any) -> None:
    told = shell("site", "rebuild", "--json").data
    assert told["files"] >= 1
    assert Path(told["folder"]).is_dir()
