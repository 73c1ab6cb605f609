"""What every outlet refused is sent again by order: no dead end, and nothing goes out twice."""

from typing import Any

import pytest

from crisis.model.errors import NotFound, RuleBroken
from crisis.model.wait import Wait
from crisis.office.statement import resending
from crisis.records import delivery
from desk.parts.mail_sink import Fault, FaultMode

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


async def refused(story: Any) -> str:
    """An incident whose note to the paper its mail server refused for good."""
    code: str = await story.report(severity="S1")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    story.house.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550, times=1))
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    return code


async def sent_again(story: Any, code: str, which: int = 0) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        owed = await delivery.of_incident(act.session, standing.incident.id)
        await resending.send_again(story.office, act, standing, owed[which].id)


async def test_a_statement_that_every_outlet_refused_is_sent_again(story: Any) -> None:
    code = await refused(story)
    await sent_again(story, code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert (await story.lifecycles(code))[-1][1] == "published"
    async with story.acting("coordinator", code) as (act, standing):
        owed = await delivery.of_incident(act.session, standing.incident.id)
    sources = {one.source_delivery_id for one in owed} - {None}
    assert sources == {one.id for one in owed if one.state == "failed"}
    assert "delivery.renewed" in await story.actions(code)


async def test_while_one_is_under_way_or_taken_none_is_sent_again(story: Any) -> None:
    code = await refused(story)
    await sent_again(story, code)
    with pytest.raises(RuleBroken, match="under way"):
        await sent_again(story, code)
    await story.play(code)
    with pytest.raises(RuleBroken, match="already"):
        await sent_again(story, code)


async def test_a_delivery_of_another_incident_is_not_found(story: Any) -> None:
    code = await refused(story)
    other = await story.report(title="Việc khác")
    async with story.acting("coordinator", code) as (act, standing):
        owed = await delivery.of_incident(act.session, standing.incident.id)
    with pytest.raises(NotFound):
        async with story.acting("coordinator", other) as (act, standing):
            await resending.send_again(story.office, act, standing, owed[0].id)
