"""What is no fact of ours: criticism is listened to and explained, other matters are passed on."""

from typing import Any

from crisis.model.wait import Wait
from crisis.office.agency import steering
from crisis.office.agency.steering import Classification

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
SLOW = [{"text": {"vi": "Xử lý quá chậm", "en": "It was handled too slowly"}}]


async def reported(story: Any, **claim: str) -> str:
    """An incident of one claim that agencies were asked about."""
    code = await story.report(severity="S2", claims=[SLOW[0] | claim])
    await story.play(code)
    return code


async def classified(story: Any, code: str, *, opinion: bool) -> None:
    """The coordinator says what sort of claim it is."""
    said = Classification(
        opinion=opinion, out_of_scope=not opinion, under_investigation=False, reason="Không phải"
    )
    async with story.acting("coordinator", code) as (act, standing):
        await steering.classify(act, standing, standing.claims[0], said)


async def published(story: Any, code: str) -> list[tuple[str, str]]:
    """The statement that waits is approved and published."""
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    await story.decide("approver", code)
    assert (await story.play(code)).outlook.wait is Wait.CLOSING
    lifecycles: list[tuple[str, str]] = await story.lifecycles(code)
    return lifecycles


async def test_criticism_is_explained_in_the_words_of_the_agency(story: Any) -> None:
    code = await reported(story)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "opinion")
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION
    await classified(story, code, opinion=True)
    assert await published(story, code) == [("listen_and_explain", "published")]
    page = story.office.settings.site_dir / "tin" / f"{code.lower()}-1" / "index.html"
    text = page.read_text(encoding="utf8")
    assert "Đã kiểm tra tại chỗ" in text
    assert "Xử lý quá chậm" in text


async def test_criticism_that_nobody_explained_says_what_is_missing_and_goes_on(story: Any) -> None:
    code = await reported(story)
    await classified(story, code, opinion=True)
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    blocked = (await story.standing(code)).incident.blocked
    assert "giải thích" in blocked["vi"]
    assert "Giao cơ quan khác" in blocked["vi"]
    await story.answer(PROJECTS, "opinion")
    assert await published(story, code) == [("listen_and_explain", "published")]


async def test_an_opinion_from_the_start_is_explained_by_the_agency_that_is_named(
    story: Any,
) -> None:
    code = await reported(story, kind="opinion")
    assert (await story.play(code)).outlook.wait is Wait.PERSON
    async with story.acting("coordinator", code) as (act, standing):
        lead, claims = standing.resolution.lead.id, [standing.claims[0].id]
        await steering.name_agency(story.office, act, standing, lead, claims)
    await story.play(code)
    await story.answer(PROJECTS, "opinion")
    assert await published(story, code) == [("listen_and_explain", "published")]


async def test_what_is_not_ours_is_referred_to_whoever_is_competent(story: Any) -> None:
    code = await reported(story)
    await classified(story, code, opinion=False)
    assert await published(story, code) == [("referral", "published")]
    (sent, *_) = story.house.folder.names("toasoan@plo.example")
    text = story.text(sent)
    assert "thuộc thẩm quyền" in text
    assert "Xử lý quá chậm" in text
