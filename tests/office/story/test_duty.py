"""Periodic duties: planned once, reminded, done by a named person's record, counted."""

from datetime import datetime
from typing import Any

import pytest

from crisis.model.errors import BadInput, RuleBroken
from crisis.office.agency import reminding
from crisis.office.duty import duty_planning, duty_recording, spokesperson_naming
from crisis.office.duty.yearly_report import report_of
from crisis.records import duty, ledger, mail, timer
from crisis.records.act import OFFICE_CHAIN
from crisis.records.duty import Done
from crisis.records.lapse import record_lapses
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.mail import Mail
from tasks import reconciliation

CONFERENCE, INFORMATION = "periodic_press_conference", "periodic_information"


def at(told: str) -> datetime:
    return datetime.fromisoformat(f"{told}+07:00")


async def plan(story: Any) -> int:
    async with story.office.records.act() as act:
        return await duty_planning.plan(story.office, act)


async def owed(story: Any) -> dict[str, DeadlineRow]:
    async with story.office.records.look() as session:
        law = (await story.office.in_force(session)).law
        rows = await duty.clocks(session, duty_planning.duty_rules(law))
    return {row.rule: row for row in rows if duty.is_owed(row)}


async def record(story: Any, kind: str, when: str, clock: str = "", reference: str = "12") -> str:
    done = Done(kind=kind, done_at=at(when), form="briefing", reference=reference)
    async with story.office.records.act(story.actor("coordinator")) as act:
        return (await duty_recording.record(story.office, act, done, clock)).id


async def reminded(story: Any) -> list[str]:
    """Take what is due, as the engine does; the subjects of the mails that wait."""
    await record_lapses(story.office.records)
    async with story.office.records.act() as act:
        for due in await timer.claim_due(act):
            assert due.code == OFFICE_CHAIN
            await reminding.remind_office(story.office, act, due.subject)
    now = (await story.office.records.clock()).real_now()
    async with story.office.records.look() as session:
        keys = await mail.due(session, now)
        return [(await session.get_one(Mail, key)).subject for key in keys]


async def test_duties_are_planned_once_and_anew_in_the_next_month(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    assert await plan(story) == 3
    assert await plan(story) == 0
    first = await owed(story)
    assert first[INFORMATION].due_at == at("2026-12-01T00:00")
    # 10/2/2027 lies in Tết, so the last day is the next working day.
    assert first[CONFERENCE].due_at == at("2027-02-12T00:00")
    await record(story, INFORMATION, "2026-11-10T07:00")
    assert INFORMATION not in await owed(story)
    await story.at("2026-12-01T08:00")
    assert await plan(story) == 1
    assert (await owed(story))[INFORMATION].due_at == at("2027-01-01T00:00")


async def test_the_scheduled_flow_plans_them(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    assert await reconciliation.plan_duties.fn() == "3 duties begun"
    assert await reconciliation.plan_duties.fn() == "0 duties begun"


async def test_a_press_conference_recorded_later_moves_the_next_one(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    await plan(story)
    await record(story, CONFERENCE, "2026-10-15T09:00")
    assert (await owed(story))[CONFERENCE].due_at == at("2027-01-16T00:00")
    await record(story, CONFERENCE, "2026-11-09T09:00")
    assert (await owed(story))[CONFERENCE].due_at == at("2027-02-12T00:00")
    async with story.office.records.act() as act:
        report = await report_of(story.office, act, 2026)
    assert report.counter("press_conferences").value == 2


async def test_what_is_recorded_twice_is_refused_until_the_first_is_withdrawn(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    await plan(story)
    key = await record(story, CONFERENCE, "2026-11-09T09:00")
    coming = (await owed(story))[CONFERENCE].due_at
    with pytest.raises(RuleBroken, match="recorded already"):
        await record(story, CONFERENCE, "2026-11-09T09:00", reference="13")
    assert (await owed(story))[CONFERENCE].due_at == coming
    async with story.office.records.act(story.actor("coordinator")) as act:
        await duty_recording.withdraw(story.office, act, key, "Ghi nhầm")
    await record(story, CONFERENCE, "2026-11-09T09:00", reference="13")


async def test_a_mistaken_record_is_owed_again_and_no_longer_counted(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    await plan(story)
    clock = (await owed(story))[INFORMATION].id
    key = await record(story, INFORMATION, "2026-11-10T07:00", clock)
    async with story.office.records.act(story.actor("coordinator")) as act:
        with pytest.raises(BadInput):
            await duty_recording.withdraw(story.office, act, key, " ")
        await duty_recording.withdraw(story.office, act, key, "Ghi nhầm tháng")
        with pytest.raises(RuleBroken):
            await duty_recording.withdraw(story.office, act, key, "Lần nữa")
    assert (await owed(story))[INFORMATION].id == clock
    async with story.office.records.look() as session:
        told = [entry["action"] for entry in await ledger.entries(session, OFFICE_CHAIN)]
    assert told.count("duty.fulfilled") == told.count("duty.withdrawn") == 1


async def test_coordinators_are_reminded_before_20_december_and_of_what_was_missed(
    story: Any,
) -> None:
    await story.at("2026-12-04T08:00")
    await plan(story)
    assert await reminded(story) == []
    await story.at("2026-12-15T00:00")
    assert [one for one in await reminded(story) if "Nhắc việc: Báo cáo năm" in one]
    before = len(await reminded(story))
    assert len(await reminded(story)) == before
    await story.at("2026-12-20T08:00")
    assert [one for one in await reminded(story) if "Quá hạn: Báo cáo năm" in one]
    assert (await owed(story))["annual_report"].state == "missed"
    with pytest.raises(BadInput, match="14 December 2026"):
        await record(story, "annual_report", "2026-12-14T23:59")
    await record(story, "annual_report", "2026-12-20T07:00")
    assert (await owed(story))["annual_report"].due_at == at("2027-12-20T00:00")


async def test_a_decision_starts_24_hours_to_publish_who_speaks(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    decided = Done(kind="", done_at=at("2026-11-09T15:00"), form="", reference="QĐ 12/QĐ-UBND")
    async with story.office.records.act(story.actor("coordinator")) as act:
        await spokesperson_naming.name_spokesperson(story.office, act, decided)
    row = (await owed(story))["spokesperson_contact_publish"]
    assert row.due_at == at("2026-11-10T15:00")
    assert [one for one in await reminded(story) if "Nhắc việc: Đăng họ tên" in one]
    await record(story, "spokesperson_contact_publish", "2026-11-10T07:30", row.id)
    assert row.rule not in await owed(story)


async def test_what_a_mistaken_decision_started_is_no_longer_owed(story: Any) -> None:
    await story.at("2026-11-10T08:00")
    decided = Done(kind="", done_at=at("2026-11-09T15:00"), form="", reference="QĐ 12/QĐ-UBND")
    async with story.office.records.act(story.actor("coordinator")) as act:
        await spokesperson_naming.name_spokesperson(story.office, act, decided)
        (row,) = await duty.newest(act.session)
        await duty_recording.withdraw(story.office, act, row.id, "Ghi nhầm")
    assert "spokesperson_contact_publish" not in await owed(story)


@pytest.mark.parametrize(
    ("when", "reference", "said"),
    [
        ("2026-11-11T08:00", "QĐ 1", "tương lai"),
        ("2026-06-01T08:00", "QĐ 1", "chưa có quy định"),
        ("2026-11-09T08:00", " ", "số quyết định"),
    ],
)
async def test_a_decision_that_cannot_be_is_refused(
    story: Any, when: str, reference: str, said: str
) -> None:
    await story.at("2026-11-10T08:00")
    decided = Done(kind="", done_at=at(when), form="", reference=reference)
    async with story.office.records.act(story.actor("coordinator")) as act:
        with pytest.raises(BadInput) as refused:
            await spokesperson_naming.name_spokesperson(story.office, act, decided)
    assert said in refused.value.sentence.vi
