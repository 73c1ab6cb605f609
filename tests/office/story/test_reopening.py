"""An incident that is opened again waits for something new, and says what it then corrects."""

from typing import Any

from crisis.model.incident import Stage
from crisis.model.wait import Wait
from crisis.model.words import words
from crisis.office.incident import triage
from crisis.records import wording

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
OTHER = {"vi": "Học sinh phải nghỉ học", "en": "Pupils had to stay at home"}


async def published(story: Any, *verdicts: str) -> str:
    """An incident whose final statement is out; its code."""
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, *verdicts, proof=True)
    await story.play(code)
    for who in ("approver", "leader"):
        if (await story.stage(code)) == "approving":
            await story.decide(who, code)
            await story.play(code)
    assert await story.stage(code) == "published"
    return code


async def reopened(story: Any, code: str) -> None:
    async with story.acting("coordinator", code) as (act, standing):
        await triage.end(act, standing.incident, Stage.CLOSED, "Đã xong")
    async with story.acting("coordinator", code) as (act, standing):
        await triage.reopen(
            story.office, act, standing.incident, words("Có dư luận mới", "New reactions")
        )


async def newest(story: Any, code: str) -> tuple[str | None, str]:
    """How the newest statement relates to the earlier one, and its Vietnamese text."""
    async with story.acting("coordinator", code) as (act, standing):
        row = standing.statements[-1]
        _, variants = await wording.version_of(act.session, row.id, row.current)
        return row.relation, next(v.body for v in variants if v.language == "vi")


async def test_opening_again_alone_drafts_nothing_and_says_what_is_waited_for(story: Any) -> None:
    code = await published(story, "accurate", "accurate")
    await reopened(story, code)
    assert (await story.play(code)).outlook.wait is Wait.NEWS
    assert len(await story.lifecycles(code)) == 1


async def test_a_new_claim_after_reopening_is_verified_and_told_as_an_addition(story: Any) -> None:
    code = await published(story, "accurate", "accurate")
    await reopened(story, code)
    await story.report(into=code, outlet="Báo khác", claims=[{"text": OTHER}])
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION
    await story.answer(PROJECTS, "accurate")
    await story.answer(SCHOOLS, "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    relation, text = await newest(story, code)
    assert relation == "update"
    assert "Nội dung này bổ sung thông tin" in text
    assert ". Bổ sung kết quả về nội dung “Học sinh phải nghỉ học”." in text


async def test_a_correction_says_which_finding_it_corrects(story: Any) -> None:
    code = await published(story, "inaccurate", "inaccurate")
    await story.answer(PROJECTS, "accurate", "inaccurate", proof=True)
    await story.answer(SCHOOLS, "accurate", "inaccurate", proof=True)
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    relation, text = await newest(story, code)
    assert relation == "correction"
    assert "Nội dung này đính chính thông tin" in text
    assert (
        ". Đính chính về nội dung “Sân trường bị ngập”: thay kết luận đã nêu trước đây, "
        "nay là phản ánh đúng."
    ) in text
    assert "Đính chính về nội dung “Nước không thoát được”" not in text


async def test_an_answer_that_changes_nothing_is_no_correction(story: Any) -> None:
    code = await published(story, "accurate", "accurate")
    await reopened(story, code)
    await story.answer(PROJECTS, "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    relation, text = await newest(story, code)
    assert relation == "update"
    assert "các kết luận đã nêu không thay đổi." in text
