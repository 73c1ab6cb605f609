"""The examples, from report to audited statement, on real parts: Prefect, worker, SMTP, desk."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from crisis.audit.check import check_ledger
from desk.drill.demo_plan import HOUSE
from desk.parts.patience import PATIENCE_SECONDS

SCRIPTS = ("01", "02", "03", "04", "05")

# The first test waits for all stories; a busy machine takes its time.
pytestmark = [pytest.mark.xdist_group("drills"), pytest.mark.timeout(900)]


@pytest.fixture
def played(season: Any) -> Callable[[str], Any]:
    """The run of one story, which must have gone through."""

    def run_of(name: str) -> Any:
        run = season.runs[name]
        assert run.failure is None, f"{run.steps}: {run.failure}"
        return run

    return run_of


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_story_publishes_what_its_script_says(played: Any, name: str) -> None:
    run = played(name)
    assert run.proof.kinds == tuple(kind.value for kind in run.story.script.publishes)
    assert len(run.proof.pages) == len(run.proof.kinds)
    assert run.dossier["stage"] == "closed"


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_story_leaves_a_pack_that_holds_under_the_announced_key(
    played: Any, name: str
) -> None:
    run = played(name)
    assert run.proof.verdict.rstrip().endswith(("Everything holds.", "Tất cả đều đúng."))
    assert 0 < run.proof.mails <= run.proof.pack.mails <= len(run.dossier["mails"])
    assert run.proof.runs >= 3


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_mail_says_that_it_is_an_exercise_and_reached_the_server(
    played: Any, name: str
) -> None:
    run = played(name)
    assert len(run.mails) == len(run.dossier["mails"])
    for recipient, subject, text in run.mails:
        assert recipient.endswith(".example")
        assert "DIỄN TẬP" in subject or "EXERCISE" in subject
        assert "DIỄN TẬP" in text or "EXERCISE" in text


def _runs_once_ended(prefect: str, code: str) -> list[dict[str, Any]]:
    """The incident's runs, once none is on its way: the last letters may still be going out."""
    asked = {"flow_runs": {"tags": {"all_": [f"incident:{code}", "exercise"]}}}
    began = time.monotonic()
    with httpx.Client(trust_env=False) as web:
        while True:
            told: list[dict[str, Any]] = web.post(
                f"{prefect}/api/flow_runs/filter", json=asked
            ).json()
            moving = {"SCHEDULED", "PENDING", "RUNNING"} & {run["state_type"] for run in told}
            if not moving or time.monotonic() - began > PATIENCE_SECONDS:
                return told
            time.sleep(0.1)


@pytest.mark.parametrize("name", SCRIPTS)
def test_runs_are_named_and_tagged_for_auditors(season: Any, played: Any, name: str) -> None:
    code = played(name).code
    told = _runs_once_ended(season.running.stage.installation.prefect_url, code)
    assert told
    assert all(run["name"].startswith(f"{code} · ") for run in told)
    assert {run["state_type"] for run in told} == {"COMPLETED"}
    assert any(run["state_name"].startswith("Waiting for") for run in told)


WORDS = {
    "01": ["Nạo vét rãnh thoát nước", "15/11/2025", "sân trường"],
    "02": ["Không có quyết định đóng cửa chợ", "Kế hoạch kiểm định điện chợ trung tâm"],
    "03": ["Mười hai mẫu nước giếng", "Phiếu kết quả xét nghiệm"],
    "04": ["chậm hai tháng", "12 km", "30/11/2026"],
    "05": ["14 giờ đến 17 giờ 30", "ít nhất 60 gói"],
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_published_page_says_what_the_agencies_found(played: Any, name: str) -> None:
    with httpx.Client(trust_env=False, follow_redirects=True) as web:
        page = web.get(played(name).proof.pages[-1])
    assert page.status_code == 200
    for words in WORDS[name]:
        assert words in page.text


def test_a_report_is_assigned_to_the_agencies_of_its_topics(played: Any) -> None:
    run = played("01")
    assert {task["agency"] for task in run.dossier["tasks"]} == {"qt-bqlda", "qt-sgddt"}
    assert [task["lead"] for task in run.dossier["tasks"]] == [True, False]
    assert all(claim["verdict"] == "accurate" for claim in run.dossier["claims"])


def test_a_false_rumour_takes_two_approvals_of_two_people(season: Any, played: Any) -> None:
    run = played("02")
    given = [e["data"] for e in run.dossier["timeline"] if e["action"] == "approval.given"]
    assert [one["step"] for one in given] == [1, 2]
    assert given[0]["digest"] == given[1]["digest"]
    assert given[0]["person"] != given[1]["person"]


def test_a_colleague_to_whom_a_task_was_passed_gets_a_link_of_their_own(played: Any) -> None:
    run = played("02")
    assert "assignment.passed_on" in run.actions
    assert any(to == "lanhdao@dongha.example" and "/viec/" in text for to, _, text in run.mails)


def test_what_is_not_verified_is_only_held_and_the_legal_clock_is_met(played: Any) -> None:
    run = played("03")
    assert run.proof.kinds[0] == "holding_statement"
    legal = [clock for clock in run.dossier["clocks"] if clock["legal"]]
    assert legal
    assert all(clock["state"] == "met" for clock in legal)
    first = run.actions.index("publication.frozen")
    stages = [
        e["data"]["to"] for e in run.dossier["timeline"][:first] if e["action"] == "incident.moved"
    ]
    assert stages[-1] == "verifying"


def test_four_claims_with_four_verdicts_make_one_clarification(played: Any) -> None:
    run = played("04")
    assert [claim["verdict"] for claim in run.dossier["claims"]] == [
        "accurate",
        "partly_accurate",
        "inaccurate",
        "out_of_context",
    ]
    assert {t["agency"]: t["status"] for t in run.dossier["tasks"]}["qt-bqlda"] == "declined"


def test_a_returned_statement_is_revised_and_approved_as_a_new_version(played: Any) -> None:
    run = played("04")
    assert run.actions.index("statement.returned") < run.actions.index("statement.edited")
    given = [e["data"] for e in run.dossier["timeline"] if e["action"] == "approval.given"]
    assert [one["version"] for one in given] == [2]


def test_a_rejected_statement_is_drafted_anew_and_criticism_is_not_called_false(
    played: Any,
) -> None:
    run = played("05")
    lifecycles = [one["lifecycle"] for one in run.dossier["statements"]]
    assert lifecycles == ["rejected", "published"]
    assert [claim["verdict"] for claim in run.dossier["claims"]] == [
        "accurate",
        "inaccurate",
        "opinion",
    ]


@pytest.mark.asyncio(loop_scope="module")
async def test_the_whole_ledger_holds_after_all_stories(season: Any) -> None:
    checked = await check_ledger(season.running.office)
    assert checked.breaks == []
    assert checked.chains == len(SCRIPTS) + 1
    assert checked.checkpoints >= len(SCRIPTS)


def test_every_example_is_played() -> None:
    there = {path.stem for path in (HOUSE / "examples" / "answers").glob("*.yaml")}
    assert there == set(SCRIPTS)


KEPT_BY_PREFECT = ("flow_runs", "task_runs", "logs", "artifacts", "deployments", "variables")


def _all_that_prefect_keeps(prefect: str) -> str:
    """Runs, tasks, logs, artifacts, states and events of the real server, as it hands them out."""
    told = []
    with httpx.Client(trust_env=False, timeout=60) as web:
        for kind in KEPT_BY_PREFECT:
            for page in range(0, 20_000, 200):
                asked = {"limit": 200, "offset": page}
                rows = web.post(f"{prefect}/api/{kind}/filter", json=asked).raise_for_status()
                told.append(rows.text)
                if len(rows.json()) < 200:
                    break
        events = web.post(f"{prefect}/api/events/filter", json={"limit": 50}).raise_for_status()
        told.append(events.text)
        while (more := events.json().get("next_page")) is not None:
            events = web.get(more).raise_for_status()
            told.append(events.text)
    return json.dumps([json.loads(one) for one in told], ensure_ascii=False)


def test_prefect_keeps_codes_and_no_word_of_any_report(season: Any, played: Any) -> None:
    """What is restricted is read from the records only; Prefect knows that there is a code."""
    kept = _all_that_prefect_keeps(season.running.stage.installation.prefect_url)
    for name in SCRIPTS:
        run = played(name)
        assert f"incident:{run.code}" in kept
        claims = [claim["text"]["vi"] for claim in run.dossier["claims"]]
        people = [recipient for recipient, _, _ in run.mails]
        words = [run.dossier["title"]["vi"], *claims, *people]
        assert [one for one in words if one in kept] == [], name
