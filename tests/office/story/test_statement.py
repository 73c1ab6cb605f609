"""The way of a statement: drafted, approved by two, published; returned, rejected, overtaken."""

from dataclasses import replace
from typing import Any

import pytest

from crisis.model.approval import Decision
from crisis.model.errors import NotAllowed, RuleBroken, Stale
from crisis.model.statement import StatementKind
from crisis.model.wait import Wait
from crisis.office.statement import editing
from crisis.office.statement.editing import Edit
from crisis.records import statement, wording
from crisis.records.statement import NewStatement, Wording

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
ACK = "acknowledge_and_remedy"


async def verified(story: Any, *verdicts: str, severity: str = "S3") -> str:
    """An incident whose two agencies have answered alike; its code."""
    code = await story.report(severity=severity)
    await story.play(code)
    proof = {"inaccurate", "partly_accurate", "out_of_context"} & set(verdicts)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, *verdicts, proof=bool(proof))
    return code


async def test_a_true_report_is_acknowledged_in_public_after_two_signatures(story: Any) -> None:
    code = await verified(story, "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    await story.decide("leader", code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    assert (await story.lifecycles(code))[-1] == (ACK, "published")
    assert await story.stage(code) == "published"


async def test_the_line_is_held_while_the_stage_stays_verifying(story: Any) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    assert await story.lifecycles(code) == [("holding_statement", "published")]
    assert await story.stage(code) == "verifying"


async def test_a_clarification_follows_the_holding_statement_as_its_update(story: Any) -> None:
    code = await story.report(severity="S3")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "inaccurate", proof=True)
    await story.play(code)
    holding, clarify = (await story.standing(code)).statements
    assert (clarify.kind, clarify.refers_to, clarify.relation) == ("clarify", holding.id, "update")
    for who in ("approver", "leader"):
        await story.decide(who, code)
        await story.play(code)
    assert await story.lifecycles(code) == [
        ("holding_statement", "published"),
        ("clarify", "published"),
    ]


async def test_a_holding_statement_that_facts_overtook_is_never_published(story: Any) -> None:
    code = await verified(story, "accurate", "accurate")
    await story.play(code)
    assert (await story.lifecycles(code))[0] == ("holding_statement", "expired")


async def test_an_edit_over_another_version_is_refused(story: Any) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    async with story.acting("coordinator", code) as (act, standing):
        row = standing.statements[-1]
        words = (await wording.version_of(act.session, row.id, 1))[1]
        await editing.edit(act, standing, row, Edit(seen=1, variants=words))
    with pytest.raises(Stale):
        async with story.acting("spokesperson", code) as (act, standing):
            await editing.edit(act, standing, standing.statements[-1], Edit(seen=1, variants=words))


async def edited(story: Any, code: str, who: str = "coordinator", body: str = "") -> None:
    """`who` saves the current words as a new version, or `body` in their place."""
    async with story.acting(who, code) as (act, standing):
        row = standing.statements[-1]
        words = (await wording.version_of(act.session, row.id, row.current))[1]
        words = tuple(replace(one, body=body or one.body) for one in words)
        await editing.edit(act, standing, row, Edit(seen=row.current, variants=words))


async def submitted(story: Any, code: str) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        await editing.submit(act, standing, standing.statements[-1])


async def test_an_edit_that_denies_what_was_found_true_is_not_laid_before_an_approver(
    story: Any,
) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    await edited(story, code, body="Báo nêu sân trường ngập. Điều đó không có.")
    with pytest.raises(RuleBroken, match="claim 1, 2") as refused:
        await submitted(story, code)
    assert refused.value.rule == "INV2"
    async with story.acting("coordinator", code) as (act, standing):
        step = (standing.incident, standing.statements[-1], standing.conclusions)
        with pytest.raises(RuleBroken, match="claim 1, 2"):
            await statement.submit(act, *step)
    assert await story.stage(code) == "drafting"


async def test_any_edit_voids_the_approvals_given_before(story: Any) -> None:
    code = await verified(story, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    await edited(story, code)
    assert await story.stage(code) == "drafting"
    assert "approval.voided" in await story.actions(code)
    await submitted(story, code)
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    assert (await story.lifecycles(code))[-1] == (ACK, "pending")


async def test_an_author_is_never_asked_and_cannot_approve(story: Any) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    await edited(story, code, "approver")
    await submitted(story, code)
    await story.play(code)
    asked = [m.recipient for m in await story.mails(code) if m.letter == "approval_request"]
    assert asked[-1] == "lanhdao@vanphong.example"
    with pytest.raises(NotAllowed):
        await story.decide_about("approver", code, await story.page(code))


async def test_a_returned_version_is_revised_before_it_is_submitted_again(story: Any) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    await story.decide("approver", code, Decision.RETURN, "Xin nêu rõ thời hạn.")
    assert (await story.play(code)).outlook.wait is Wait.REVISION
    with pytest.raises(RuleBroken, match="revise"):
        await submitted(story, code)
    await edited(story, code)
    await submitted(story, code)
    await story.play(code)
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


async def test_a_rejected_statement_is_not_drafted_again_by_itself(story: Any) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    await story.decide("approver", code, Decision.REJECT, "Không nêu trách nhiệm.")
    assert (await story.play(code)).outlook.wait is Wait.REVISION
    assert await story.lifecycles(code) == [(ACK, "rejected")]
    async with story.acting("coordinator", code) as (act, standing):
        await editing.draft_anew(story.office, act, standing)
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REJECT])
async def test_no_to_a_statement_needs_a_reason(story: Any, decision: Decision) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    with pytest.raises(RuleBroken):
        await story.decide("approver", code, decision, "  ")


async def test_a_denial_takes_two_different_persons_also_at_s2(story: Any) -> None:
    code = await verified(story, "inaccurate", "inaccurate", severity="S2")
    await story.play(code)
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    await story.decide("leader", code)
    await story.play(code)
    assert await story.lifecycles(code) == [("correct_with_evidence", "published")]


async def test_a_denial_without_evidence_cannot_be_submitted_by_any_way(story: Any) -> None:
    code = await verified(story, "accurate", "accurate", severity="S2")
    await story.play(code)
    async with story.acting("coordinator", code) as (act, standing):
        words = (await wording.version_of(act.session, standing.statements[-1].id, 1))[1]
        denial = NewStatement(
            kind=StatementKind.CORRECT, wording=Wording(variants=words, author=act.actor.id)
        )
        row = await statement.draft(act, standing.incident, denial)
    with pytest.raises(RuleBroken) as broken:
        async with story.acting("coordinator", code) as (act, standing):
            await statement.submit(act, standing.incident, row, standing.conclusions)
    assert broken.value.rule in {"INV1", "INV2"}
    with pytest.raises(RuleBroken):
        await submitted(story, code)


async def test_an_agency_that_denies_without_evidence_settles_nothing(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "inaccurate", "inaccurate")
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION
    assert [(c.verdict, c.block) for c in (await story.standing(code)).claims] == [
        ("unverified_yet", "no_evidence"),
        ("unverified_yet", "no_evidence"),
    ]
