"""Stories in the order in which they are shown."""

from datetime import UTC, datetime, timedelta

from crisis.records import press_story, press_story_list
from crisis.records.act import SYSTEM, Records
from crisis.records.press_story_list import Wanted

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOLD = [("nhẹ, mới", 1, 3), ("nặng, cũ", 2, 0), ("nhẹ, cũ", 1, 1), ("nặng, mới", 2, 2)]


async def listed(records: Records, wanted: Wanted) -> list[str]:
    async with records.look() as session:
        return [one.title for one in await press_story_list.page(session, wanted)]


async def tell(records: Records) -> None:
    async with records.act(SYSTEM) as act:
        for title, severity, hours in TOLD:
            story = press_story.begun(act, title)
            story.severity, story.alert, story.items = severity, True, 1
            story.last_at = AT + timedelta(hours=hours)
            act.session.add(story)


async def test_what_waits_shows_the_gravest_in_front_and_other_lists_the_newest(
    records: Records,
) -> None:
    await tell(records)
    waiting = ["nặng, mới", "nặng, cũ", "nhẹ, mới", "nhẹ, cũ"]
    assert await listed(records, Wanted()) == waiting
    newest = ["nhẹ, mới", "nặng, mới", "nhẹ, cũ", "nặng, cũ"]
    assert await listed(records, Wanted(alerts=False)) == newest


async def test_the_next_page_begins_behind_the_last_story_of_this_one(records: Records) -> None:
    await tell(records)
    for alerts in (True, False):
        seen: list[str] = []
        before = None
        for _ in TOLD:
            async with records.look() as session:
                found = await press_story_list.page(
                    session, Wanted(alerts=alerts, before=before, limit=1)
                )
            seen.append(found[0].title)
            before = (found[0].severity, found[0].last_at, found[0].id)
        assert seen == await listed(records, Wanted(alerts=alerts))


async def test_a_story_is_found_by_words_with_or_without_marks_and_by_its_address(
    records: Records,
) -> None:
    await tell(records)

    async def found(asked: str) -> list[str]:
        async with records.look() as session:
            return [one.title for one in await press_story_list.titled(session, asked, 40)]

    assert await found("NANG moi") == ["nặng, mới"]
    assert sorted(await found("nhẹ")) == ["nhẹ, cũ", "nhẹ, mới"]
    assert await found("không có") == []
    assert await found("%") == []
    async with records.look() as session:
        [one] = await press_story_list.titled(session, "nặng cũ", 40)
    assert await found(f"https://desk.example/bao-chi/{one.id}") == ["nặng, cũ"]
