"""A published statement is corrected or withdrawn wherever it went, and says so."""

from typing import Any

import pytest
from sqlalchemy import update

from crisis.model.errors import RuleBroken
from crisis.model.wait import Wait
from crisis.office.statement import editing, publishing
from crisis.office.statement.editing import Amends
from crisis.records import delivery, publication_list, wording
from crisis.records.schema.publication import PressContact

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


async def published(story: Any) -> str:
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    return code


async def denied(story: Any) -> str:
    """A report that was found wrong with evidence, and the denial that was published."""
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "inaccurate", "inaccurate", proof=True)
    await story.play(code)
    await approved(story, code)
    return code


async def approved(story: Any, code: str, *people: str) -> None:
    """The approvers say yes one after the other, and the run goes on."""
    for who in people or ("approver", "leader"):
        await story.decide(who, code)
        await story.play(code)


async def turned_true(story: Any) -> None:
    """Every agency finds out that the report was right after all."""
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")


async def amended(story: Any, code: str, *, withdrawal: bool = False, drop: int = 0) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        row = standing.statements[0]
        words = (await wording.version_of(act.session, row.id, row.current))[1]
        told = Amends(reason="Sai số liệu", variants=words[drop:], withdrawal=withdrawal)
        await editing.amend_published(act, standing, row, told)


async def addresses(story: Any, code: str) -> list[list[tuple[str, str]]]:
    """Outlet and recipient of every delivery, publication by publication."""
    async with story.office.records.look() as session:
        row = (await story.standing(code)).incident
        return [
            [(d.outlet, d.recipient) for d in await delivery.of_publication(session, made.id)]
            for made in await publication_list.of_incident(session, row.id)
        ]


@pytest.mark.parametrize(("withdrawal", "end"), [(False, "corrected"), (True, "withdrawn")])
async def test_the_earlier_statement_ends_when_its_amendment_is_out(
    story: Any, *, withdrawal: bool, end: str
) -> None:
    code = await published(story)
    await amended(story, code, withdrawal=withdrawal)
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert [lifecycle for _, lifecycle in await story.lifecycles(code)] == [end, "published"]
    assert f"statement.{end}" in await story.actions(code)


async def test_a_correction_reaches_every_address_of_the_original(story: Any) -> None:
    code = await published(story)
    async with story.office.records.act() as act:
        left = update(PressContact).where(PressContact.email == "desk@paper.example")
        await act.session.execute(left.values(active=False))
    await amended(story, code)
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    first, second = await addresses(story, code)
    assert set(first) <= set(second)
    assert ("press_list", "desk@paper.example") in second


async def test_a_correction_leaves_no_channel_out(story: Any) -> None:
    code = await published(story)
    with pytest.raises(RuleBroken) as broken:
        await amended(story, code, drop=1)
    assert broken.value.rule == "INV11"


async def test_a_second_amendment_waits_for_the_first(story: Any) -> None:
    code = await published(story)
    await amended(story, code)
    with pytest.raises(RuleBroken):
        await amended(story, code, withdrawal=True)


async def test_an_amendment_survives_another_answer(story: Any) -> None:
    code = await published(story)
    await amended(story, code)
    await story.answer(PROJECTS, "accurate", "accurate")
    assert (await story.lifecycles(code))[1][1] == "pending"


async def test_the_site_shows_the_withdrawal_in_place_of_what_was_withdrawn(story: Any) -> None:
    code = await published(story)
    await amended(story, code, withdrawal=True)
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    page = story.office.settings.site_dir / "tin" / f"{code.lower()}-1" / "index.html"
    assert f"{code.lower()}-2" in page.read_text(encoding="utf8")


async def test_a_denial_on_its_way_ends_when_the_report_turns_out_true(story: Any) -> None:
    code = await denied(story)
    await amended(story, code)
    await story.play(code)
    await turned_true(story)
    await story.play(code)
    assert await story.lifecycles(code) == [
        ("correct_with_evidence", "published"),
        ("correct_with_evidence", "expired"),
        ("acknowledge_and_remedy", "pending"),
    ]
    await approved(story, code, "approver")
    assert (await story.lifecycles(code))[-1] == ("acknowledge_and_remedy", "published")


async def test_nobody_can_approve_a_denial_of_what_was_found_true(story: Any) -> None:
    code = await denied(story)
    await amended(story, code)
    await story.play(code)
    await turned_true(story)
    with pytest.raises(RuleBroken) as broken:
        await story.decide("approver", code)
    assert broken.value.rule in {"INV1", "INV2"}


async def test_an_approved_denial_is_not_frozen_once_the_report_is_true(story: Any) -> None:
    code = await denied(story)
    await amended(story, code)
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    await story.decide("leader", code)
    await turned_true(story)
    async with story.acting("coordinator", code) as (act, standing):
        with pytest.raises(RuleBroken) as broken:
            await publishing.freeze(act, standing, standing.statements[1])
    assert broken.value.rule in {"INV1", "INV2"}
    await story.play(code)
    assert (await story.lifecycles(code))[1] == ("correct_with_evidence", "expired")


async def test_a_denial_is_withdrawn_whatever_was_found(story: Any) -> None:
    code = await denied(story)
    await turned_true(story)
    await amended(story, code, withdrawal=True)
    await story.play(code)
    await approved(story, code)
    assert (await story.lifecycles(code))[0] == ("correct_with_evidence", "withdrawn")
