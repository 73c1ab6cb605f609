"""Clocks: the office's targets and the law's 24 hours, under the law of the day they start."""

from datetime import datetime
from typing import Any

import pytest

from crisis.model.errors import BadInput
from crisis.model.severity import Floor, Severity
from crisis.model.words import words
from crisis.office.agency import steering
from crisis.office.incident import triage
from crisis.records import amendment, deadline, incident
from crisis.records.amendment import Amendment

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


async def clocks(story: Any, code: str, *, legal: bool) -> dict[str, tuple[str, str]]:
    """Rule → due time in Việt Nam, and state."""
    async with story.office.records.look() as session:
        row = await incident.by_code(session, code)
        rows = await deadline.of_incident(session, row.id)
    return {
        d.rule: (f"{d.due_at.astimezone(triage_zone()):%d/%m %H:%M}", d.state)
        for d in rows
        if d.legal is legal
    }


def triage_zone() -> Any:
    return datetime.fromisoformat("2025-01-01T00:00+07:00").tzinfo


async def amend(story: Any, code: str, field: str, to: str, reason: str = "Ghi nhầm") -> None:
    async with story.acting("coordinator", code) as (act, standing):
        change = Amendment(field=field, old="", new=to, reason=reason)
        at = datetime.fromisoformat(f"{to}+07:00")
        await steering.amend_times(act, standing, change, at)


async def test_before_july_2026_the_24_hours_count_from_the_event(story: Any) -> None:
    code = await story.report(severity="S3", published_at="2025-10-20T06:00")
    assert await clocks(story, code, legal=True) == {
        "initial_statement_old": ("21/10 06:00", "running")
    }


async def test_from_july_2026_they_count_from_each_recorded_determination(story: Any) -> None:
    await story.at("2026-11-16T09:00")
    code = await story.report(
        severity="S3", published_at="2026-11-16T06:00", received_at="2026-11-16T08:00"
    )
    assert await clocks(story, code, legal=True) == {}
    async with story.acting("coordinator", code) as (act, standing):
        floors = frozenset({Floor.MAJOR_EVENT})
        await triage.judge(story.office, act, standing.incident, Severity.S3, floors)
    await story.at("2026-11-16T11:00")
    async with story.acting("coordinator", code) as (act, standing):
        both = frozenset({Floor.MAJOR_EVENT, Floor.DIVIDED_OPINION})
        await triage.judge(story.office, act, standing.incident, Severity.S3, both)
    assert await clocks(story, code, legal=True) == {
        "initial_statement_major_event": ("17/11 09:00", "running"),
        "initial_statement_divided_opinion": ("17/11 11:00", "running"),
    }


async def test_determinations_start_no_clock_that_was_not_law_yet(story: Any) -> None:
    code = await story.report(severity="S3", floors=["major_event"])
    assert set(await clocks(story, code, legal=True)) == {"initial_statement_old"}


async def test_the_first_published_statement_meets_the_law(story: Any) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    assert (await clocks(story, code, legal=True))["initial_statement_old"][1] == deadline.MET
    internal = await clocks(story, code, legal=False)
    assert internal["playbook.holding_statement"][1] == deadline.MET
    assert internal["playbook.publish"][1] == deadline.RUNNING


async def test_a_statement_after_the_24_hours_is_late_for_ever(story: Any) -> None:
    code = await story.report(severity="S3", published_at="2025-10-20T06:00")
    await story.play(code)
    await story.wait_until("2025-10-21T07:00")
    assert (await clocks(story, code, legal=True))["initial_statement_old"][1] == deadline.MISSED
    await story.decide("approver", code)
    await story.play(code)
    assert (await clocks(story, code, legal=True))["initial_statement_old"][1] == deadline.LATE


async def test_a_promised_update_is_a_deadline_that_the_next_statement_meets(story: Any) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    promised = (await clocks(story, code, legal=False))["playbook.next_update_every"]
    assert promised == ("21/10 08:00", deadline.RUNNING)


async def test_an_amended_receipt_moves_the_targets_in_working_hours(story: Any) -> None:
    code = await story.report(severity="S2", published_at="2025-10-17T07:00")
    before = await clocks(story, code, legal=False)
    assert before["playbook.assign"] == ("21/10 08:00", "running")
    await amend(story, code, "received_at", "2025-10-17T16:30")
    after = await clocks(story, code, legal=False)
    assert after["playbook.assign"] == ("20/10 16:30", "running")


async def test_an_amended_event_changes_the_law_that_counts(story: Any) -> None:
    await story.at("2026-07-02T09:00")
    code = await story.report(
        severity="S3", published_at="2026-07-01T06:00", received_at="2026-07-01T08:00"
    )
    assert await clocks(story, code, legal=True) == {}
    await amend(story, code, "event_at", "2026-06-30T20:00")
    assert await clocks(story, code, legal=True) == {
        "initial_statement_old": ("01/07 20:00", "running")
    }
    await amend(story, code, "event_at", "2026-07-01T05:00")
    assert (await clocks(story, code, legal=True))["initial_statement_old"][1] == "cancelled"


async def test_an_amendment_keeps_the_old_value_and_needs_a_reason(story: Any) -> None:
    code = await story.report(severity="S2", published_at="2025-10-17T07:00")
    with pytest.raises(BadInput):
        await amend(story, code, "received_at", "2025-10-17T16:30", reason=" ")
    await amend(story, code, "received_at", "2025-10-17T16:30")
    async with story.office.records.look() as session:
        (change,) = await amendment.changes(session, (await incident.by_code(session, code)).id)
    assert (change.field, change.reason) == ("received_at", "Ghi nhầm")


async def test_a_higher_severity_is_due_sooner(story: Any) -> None:
    code = await story.report(severity="S2")
    async with story.acting("coordinator", code) as (act, standing):
        await triage.judge(story.office, act, standing.incident, Severity.S3, frozenset())
    internal = await clocks(story, code, legal=False)
    assert internal["playbook.publish"] == ("21/10 04:00", "running")
    assert internal["playbook.holding_statement"] == ("20/10 14:00", "running")
    assert set(await clocks(story, code, legal=True)) == {"initial_statement_old"}


async def test_closing_and_reopening_keeps_one_clock_per_rule(story: Any) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    async with story.acting("coordinator", code) as (act, standing):
        await triage.end(act, standing.incident, triage.Stage.CLOSED, "Đã xong")
    assert (await clocks(story, code, legal=True))["initial_statement_old"][1] == "cancelled"
    async with story.acting("coordinator", code) as (act, standing):
        await triage.reopen(
            story.office, act, standing.incident, words("Có tin mới", "New reports")
        )
    assert (await clocks(story, code, legal=True))["initial_statement_old"][1] == "running"
    assert len(await clocks(story, code, legal=False)) == 7


async def test_the_time_to_look_again_wakes_the_incident_once(story: Any) -> None:
    code = await story.report(severity="S1")
    async with story.acting("coordinator", code) as (act, standing):
        decision = triage.NoResponse(
            reason="Ít lan truyền", recheck_at=datetime.fromisoformat("2025-10-22T08:00+07:00")
        )
        await triage.decide_no_response(act, standing, decision)
    await story.wait_until("2025-10-30T08:00")
    because = [e["data"].get("because") for e in await story.entries(code)]
    assert because.count("time to look again") == 1
