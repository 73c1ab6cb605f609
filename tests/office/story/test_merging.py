"""A candidate that is a running incident over again is entered there: once, and asked nobody."""

from typing import Any

import pytest

from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.model.incident import Stage
from crisis.office.case import hold_case
from crisis.office.incident import merging, restricting, triage
from crisis.records import assignment, claim, incident, report_list, viewing
from crisis.records.act import SYSTEM

TOLD: dict[str, Any] = {
    "title": "Sân trường ngập nước",
    "outlet": "Báo Ví Dụ",
    "published_at": "2025-10-20T07:00",
    "topics": ["provincial_works"],
    "claims": [
        {"text": {"vi": "Sân trường bị ngập", "en": "The yard floods"}},
        {"text": {"vi": "Lan can bị gãy", "en": "The railing is broken"}},
    ],
}


async def candidate(story: Any, **given: Any) -> str:
    """A report that waits for a person."""
    return str(await story.report(confirmed=False, **TOLD | given))


async def merge(story: Any, code: str, into: str, reason: str = "Cùng một việc") -> None:
    async with story.office.records.act(SYSTEM) as act:
        standing = await hold_case(story.office, act, await incident.by_code(act.session, code))
        await merging.merge(story.office, act, standing, into, reason)


async def test_its_reports_and_claims_stand_in_the_other_and_nobody_is_asked_for_it(
    story: Any,
) -> None:
    running = await story.report()
    code = await candidate(story, floors=["public_health"])
    await merge(story, code, running)
    async with story.office.records.look() as session:
        gone, other = [await incident.by_code(session, one) for one in (code, running)]
        texts = [one.text_vi for one in await claim.of_incident(session, other.id)]
        titles = [one.title for one in await report_list.of_incident(session, other.id)]
        tasks = await assignment.of_incident(session, gone.id)
    assert (gone.stage, gone.merged_into, tasks) == ("merged", other.id, [])
    assert gone.outcome == {"ended": "merged", "reason": "Cùng một việc", "into": running}
    assert texts.count("Sân trường bị ngập") == 1
    assert "Lan can bị gãy" in texts
    assert "Sân trường ngập nước" in titles
    assert (other.severity, other.floors) == ("S3", ["public_health"])
    assert (await story.actions(running)).count("report.added") == 2
    assert (await story.actions(code))[-1] == "incident.moved"


@pytest.mark.parametrize("into", ["itself", "candidate", "dismissed", "unknown"])
async def test_only_a_confirmed_incident_in_progress_takes_it_in(story: Any, into: str) -> None:
    code = await candidate(story)
    other = await candidate(story, title="Một tin khác")
    if into == "dismissed":
        async with story.office.records.act(SYSTEM) as act:
            row = await incident.by_code(act.session, other)
            await triage.end(act, row, Stage.DISMISSED, "Nhầm")
    target = {"itself": code, "unknown": "DT-2025-9999"}.get(into, other)
    with pytest.raises(NotFound if into == "unknown" else BadInput):
        await merge(story, code, target)


async def test_what_is_confirmed_asked_restricted_or_without_reason_is_not_merged(
    story: Any,
) -> None:
    running, second = await story.report(), await candidate(story, title="Một tin khác")
    with pytest.raises(RuleBroken, match="reason"):
        await merge(story, second, running, "  ")
    asked = await candidate(story, title="Báo hỏi", asks_for_answer=True)
    with pytest.raises(RuleBroken, match="newspaper asks"):
        await merge(story, asked, running)
    async with story.office.records.act(SYSTEM) as act:
        (await incident.by_code(act.session, second)).restricted = True
    with pytest.raises(RuleBroken, match="Only some may see"):
        await merge(story, second, running)


async def test_what_repeats_a_restricted_incident_is_restricted_like_it(story: Any) -> None:
    running, second = await story.report(), await candidate(story, title="Một tin khác")
    coordinator, named = story.actor("coordinator"), story.actor("spokesperson").id
    async with story.office.records.act(coordinator) as act:
        standing = await hold_case(story.office, act, await incident.by_code(act.session, running))
        wanted = restricting.Restriction(restricted=True, people=[named], reason="Trẻ em")
        await restricting.restrict(act, standing, wanted)
    async with story.office.records.act(coordinator) as act:
        standing = await hold_case(story.office, act, await incident.by_code(act.session, second))
        await merging.merge(story.office, act, standing, running, "Cùng một việc")
    async with story.office.records.look() as session:
        row = await incident.by_code(session, second)
        assert row.restricted
        assert await viewing.named(session, row.id) == {coordinator.id, named}
