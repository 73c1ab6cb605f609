"""Raising: once, silent where muted, and no agency hears of it before a person has confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.errors import BadInput, Stale
from crisis.model.incident import Stage
from crisis.model.ledger import Actor, ActorKind
from crisis.model.report import ReportIn
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.press import opening as press_opening
from crisis.records import incident, press_match, press_mute, press_story_list, report_list
from crisis.records.act import OFFICE_CHAIN
from crisis.records.press_story_list import Wanted
from crisis.records.schema.incident import Incident
from crisis.records.schema.ledger import LedgerEntry
from crisis.records.schema.mail import Mail
from crisis.records.schema.story import PressStory, PressTrigger
from tests.office.press.conftest import PRINTED, Told
from tests.office.press.test_scan import CALM, FLOOD, RETOLD

DEATHS = Told(
    title="Quảng Trị: 3 học sinh tử vong sau bữa ăn bán trú, phụ huynh tố nhà trường chậm cấp cứu",
    lead="Công an tỉnh Quảng Trị điều tra vụ ngộ độc khiến 3 trẻ tử vong, 40 em nhập viện.",
    link="https://a.example/ngo-doc-9.htm",
)


def person(watch: Any, name: str = "coordinator") -> Actor:
    return Actor(kind=ActorKind.USER.value, id=watch.house.people[name].user)


async def two_papers(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    await watch.source("bao-b", "/b")
    watch.prints("/a", FLOOD, CALM)
    watch.prints("/b", RETOLD)


async def story_of(watch: Any) -> PressStory:
    (story,) = await watch.rows(select(PressStory).where(PressStory.alert))
    return story


async def test_one_ordinary_paper_waits_for_a_second_one(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", FLOOD)
    assert (await watch.scan()).raised == 0
    await watch.source("bao-b", "/b")
    watch.prints("/b", RETOLD)
    assert (await watch.scan()).raised == 1
    (raised,) = await watch.rows(select(PressTrigger))
    assert (raised.rule, raised.sources, raised.state) == ("severity", 2, "waiting")


async def test_one_paper_of_weight_is_enough_and_a_copy_raises_nothing_again(watch: Any) -> None:
    await watch.source("bao-lon", "/a", weight=2)
    watch.prints("/a", FLOOD)
    assert (await watch.scan()).raised == 1
    await watch.source("bao-b", "/b")
    watch.prints("/b", RETOLD)
    assert (await watch.scan()).raised == 0
    assert len(await watch.rows(select(PressTrigger))) == 1


async def test_old_articles_of_a_new_source_raise_nothing(watch: Any) -> None:
    old = PRINTED - timedelta(days=9)
    await watch.source("bao-lon", "/a", weight=2)
    watch.prints("/a", Told(title=FLOOD.title, lead=FLOOD.lead, link=FLOOD.link, at=old))
    await watch.source("bao-khac", "/b", weight=2)
    watch.prints("/b", Told(title=DEATHS.title, lead=DEATHS.lead, link=DEATHS.link, at=None))
    assert (await watch.scan()).raised == 0


async def test_a_muted_source_is_silent_until_the_mute_ends(watch: Any) -> None:
    async with watch.office.records.act(person(watch)) as act:
        until = act.now + timedelta(days=1)
        muted = await press_mute.mute(
            act, kind="source", target="bao-lon", until=until, reason="đăng lại tin cũ"
        )
        mute_id = muted.id
    await watch.source("bao-lon", "/a", weight=2)
    watch.prints("/a", FLOOD)
    assert (await watch.scan()).raised == 0
    (raised,) = await watch.rows(select(PressTrigger))
    assert (raised.state, raised.mute_id) == ("muted", mute_id)
    async with watch.office.records.act(person(watch)) as act:
        await press_mute.end(act, mute_id)
    watch.prints("/a", Told(title=FLOOD.title + " (cập nhật)", lead=FLOOD.lead, link=FLOOD.link))
    watch.prints(
        "/a", FLOOD, Told(title=RETOLD.title, lead=RETOLD.lead, link="https://a.example/5")
    )
    assert (await watch.scan()).raised == 1


@pytest.mark.parametrize(("days", "reason"), [(0, "vì"), (91, "vì"), (1, " ")])
async def test_a_mute_needs_a_reason_and_an_end(watch: Any, days: int, reason: str) -> None:
    async with watch.office.records.act(person(watch)) as act:
        until = act.now + timedelta(days=days)
        asked = press_mute.mute(act, kind="source", target="x", until=until, reason=reason)
        with pytest.raises(BadInput):
            await asked


async def test_a_person_opens_a_story_and_its_articles_are_the_reports(watch: Any) -> None:
    await two_papers(watch)
    await watch.scan()
    story = await story_of(watch)
    async with watch.office.records.act(person(watch)) as act:
        row = await act.session.get_one(PressStory, story.id)
        code = await press_opening.open_incident(watch.office, act, row)
    async with watch.office.records.look() as session:
        case = await incident.by_code(session, code)
        reports = await report_list.of_incident(session, case.id)
    assert (case.stage, case.coordinator_id) == (Stage.OPEN, person(watch).id)
    assert sorted((one.outlet, one.link, one.published_at) for one in reports) == [
        ("Bao-A", FLOOD.link, PRINTED),
        ("Bao-B", RETOLD.link, PRINTED),
    ]
    assert all(len(one.quotation) <= 300 for one in reports)
    async with watch.office.records.act(person(watch)) as act:
        row = await act.session.get_one(PressStory, story.id)
        with pytest.raises(Stale):
            await press_opening.open_incident(watch.office, act, row)


async def test_a_grave_story_opens_a_candidate_and_nobody_is_mailed(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", DEATHS)
    await watch.scan()
    (case,) = await watch.rows(select(Incident))
    (raised,) = await watch.rows(select(PressTrigger))
    assert (case.stage, case.severity, case.confirmed_at) == (Stage.CANDIDATE, "S3", None)
    assert (raised.state, raised.incident_id, raised.decided_by) == ("opened", case.id, None)
    agencies = select(Mail).where(Mail.letter == "assignment")
    assert await watch.rows(agencies) == []


async def test_articles_that_come_later_are_added_by_a_person(watch: Any) -> None:
    await watch.source("bao-a", "/a", weight=2)
    watch.prints("/a", FLOOD)
    await watch.scan()
    story = await story_of(watch)
    async with watch.office.records.act(person(watch)) as act:
        row = await act.session.get_one(PressStory, story.id)
        await press_opening.open_incident(watch.office, act, row)
    await watch.source("bao-b", "/b")
    watch.prints("/b", RETOLD)
    await watch.scan()
    async with watch.office.records.act(person(watch)) as act:
        row = await act.session.get_one(PressStory, story.id)
        added = [await press_opening.add_new(watch.office, act, row) for _ in range(2)]
    assert added == [1, 0]


async def test_a_candidate_bears_all_articles_of_its_story_and_names_its_places(
    watch: Any,
) -> None:
    again = Told(title=FLOOD.title + " nhiều ngày", lead=FLOOD.lead, link="https://a.example/2.htm")
    await watch.source("bao-a", "/a")
    await watch.source("bao-b", "/b")
    watch.prints("/a", FLOOD, again)
    watch.prints("/b", RETOLD)
    await watch.scan()
    story = await story_of(watch)
    async with watch.office.records.act(person(watch)) as act:
        row = await act.session.get_one(PressStory, story.id)
        code = await press_opening.open_incident(watch.office, act, row)
    async with watch.office.records.look() as session:
        case = await incident.by_code(session, code)
        reports = await report_list.of_incident(session, case.id)
    assert (story.items, len(reports)) == (3, 3)
    assert case.places == ["xã Hải Lăng"]


async def test_what_opened_a_candidate_by_itself_waits_to_be_looked_at(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    watch.prints("/a", DEATHS)
    await watch.scan()
    async with watch.office.records.look() as session:
        [story] = await press_story_list.page(session, Wanted(unseen=True))
        assert (story.state, story.state_by) == ("opened", None)
        assert await press_story_list.page(session, Wanted()) == []
    async with watch.office.records.act(person(watch)) as act:
        case = await act.session.get_one(Incident, story.incident_id)
        case.stage = Stage.OPEN.value
    async with watch.office.records.look() as session:
        assert await press_story_list.page(session, Wanted(unseen=True)) == []


async def test_a_matter_at_hand_is_suggested_and_confirmed_by_a_person(watch: Any) -> None:
    report = ReportIn(
        title="Phụ huynh gọi điện phản ánh sân trường ngập",
        outlet="Bao-A",
        link=f"{FLOOD.link}?utm_source=zalo",
        published_at=PRINTED,
    )
    async with watch.office.records.act(person(watch)) as act:
        filed = await file_report(watch.office, act, report, Filing(confirmed=True))
    await two_papers(watch)
    await watch.scan()
    story = await story_of(watch)
    async with watch.office.records.look() as session:
        ((match, case),) = await press_match.of_stories(session, [story.id])
    assert (match.state, case.code, story.incident_id) == ("suggested", filed.code, None)
    async with watch.office.records.act(person(watch)) as act:
        row = await act.session.get_one(PressStory, story.id)
        await press_opening.join_incident(watch.office, act, row, filed.code)
    async with watch.office.records.look() as session:
        ((match, case),) = await press_match.of_stories(session, [story.id])
        reports = await report_list.of_incident(session, case.id)
    assert (match.state, len(reports)) == ("confirmed", 3)


async def test_many_negative_items_in_a_day_are_raised_once(watch: Any) -> None:
    await watch.source("bao-a", "/a")
    communes = ("Hải Lăng", "Lệ Thủy", "Bố Trạch", "Gio Linh", "Triệu Phong", "Minh Hóa", "Cam Lộ")
    watch.prints(
        "/a",
        *(
            Told(
                title=f"Quảng Trị: người dân {place} bức xúc vì {what}",
                lead=f"Người dân phản ánh UBND xã {place} chậm xử lý {what}.",
                link=f"https://a.example/{number}.htm",
            )
            for number, (place, what) in enumerate(
                zip(
                    communes,
                    ("bãi rác", "đường hỏng", "nước bẩn", "điện cắt", "chợ cháy", "cầu sập", "bụi"),
                    strict=True,
                )
            )
        ),
    )
    await watch.scan()
    await watch.scan()
    volumes = await watch.rows(select(PressTrigger).where(PressTrigger.rule == "volume"))
    assert len(volumes) >= 1
    assert len({one.key for one in volumes}) == len(volumes)
    entries = select(LedgerEntry).where(LedgerEntry.chain == OFFICE_CHAIN)
    told = [e for e in await watch.rows(entries) if e.action == "press.alerted"]
    assert len(told) == len(await watch.rows(select(PressTrigger)))
