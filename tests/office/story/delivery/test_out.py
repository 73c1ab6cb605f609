"""When a statement is out, and what becomes of it while a newsroom is down."""

from typing import Any

import pytest

from crisis.model.outlook import Wait
from crisis.office.statement.editing import Amends, amend_published
from crisis.records import (
    deadline,
    delivery,
    wording,
)
from desk.parts.mail_sink import Fault, FaultMode
from tasks import dispatch, reconciliation

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
DOWN = Fault(mode=FaultMode.REPLY, code=451)


async def test_a_statement_is_published_when_the_public_can_read_it(story: Any) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(DOWN)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert await story.outlets.states(code) == ["retrying"] * 3 + ["accepted"]
    assert await story.stage(code) == "published"
    async with story.acting("coordinator", code) as (act, standing):
        owed = await deadline.open_ones(act.session, standing.incident.id)
    assert not {row.rule for row in owed} & {"playbook.publish", "initial_statement_old"}
    story.house.sink.misbehave(Fault())
    await story.outlets.hours()
    await dispatch.deliver_all.fn()
    assert await story.outlets.states(code) == ["accepted"] * 4


async def test_a_disk_that_refused_is_settled_when_it_takes_the_pages(story: Any) -> None:
    code = await story.outlets.approved()
    story.office.settings.site_dir.write_text("no folder")
    await story.play(code)
    assert await story.stage(code) == "publishing"
    story.office.settings.site_dir.unlink()
    await story.outlets.hours()
    await dispatch.deliver_all.fn()
    assert await reconciliation.wake_settled.fn() == "1 ready to settle"
    assert await reconciliation.wake_settled.fn() == "0 ready to settle"
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


async def corrected(story: Any, code: str, *, withdrawal: bool = False) -> None:
    """The coordinator puts the newest statement right; the approver agrees; it goes out."""
    async with story.acting("coordinator", code) as (act, standing):
        row = standing.statements[-1]
        before = (await wording.version_of(act.session, row.id, row.current))[1]
        amends = Amends(reason="Sai số liệu", variants=before, withdrawal=withdrawal)
        await amend_published(act, standing, row, amends)
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)


@pytest.mark.parametrize("withdrawal", [False, True])
async def test_a_newsroom_that_was_down_gets_the_correction_and_not_the_error(
    story: Any, withdrawal: bool
) -> None:
    code = await story.outlets.approved()
    story.house.sink.misbehave(DOWN)
    await story.play(code)
    story.house.sink.misbehave(Fault())
    await corrected(story, code, withdrawal=withdrawal)
    assert await story.outlets.states(code, "press_list") == ["cancelled"] * 3 + ["accepted"] * 3
    async with story.office.records.look() as session:
        owed = await delivery.of_incident(session, (await story.standing(code)).incident.id)
    looked_at = [one.next_at is not None for one in owed if one.outlet == "site"]
    assert looked_at.count(True) == (1 if withdrawal else 2), "a withdrawn page is not read back"
    assert await story.lifecycles(code) == [
        ("acknowledge_and_remedy", "withdrawn" if withdrawal else "corrected"),
        ("acknowledge_and_remedy", "published"),
    ]


async def test_who_spoke_stands_in_the_notice_though_their_right_has_ended(story: Any) -> None:
    code = await story.outlets.approved()
    blocked = story.office.settings.site_dir
    blocked.write_text("no folder")
    await story.play(code)
    blocked.unlink()
    await story.outlets.hours()
    await story.at("2031-01-06T08:00")
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    notices = [m for m in await story.mails(code) if m.letter == "publication_notice"]
    assert notices


async def test_what_no_outlet_took_is_not_called_published(story: Any) -> None:
    code = await story.outlets.approved(severity="S1")
    story.house.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550))
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    assert (await story.lifecycles(code))[-1][1] == "publishing"
    assert "statement.published" not in await story.actions(code)
    assert await reconciliation.wake_settled.fn() == "0 ready to settle", "a person has to act"
