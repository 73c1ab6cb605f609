"""Whoever coordinates is told in time that a newspaper waits, and that its time is over."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.press_request import RequestIn
from crisis.model.request_reminder import first_look, request_moments, request_moments_at
from crisis.office.incident.restricting import Restriction, restrict
from crisis.office.request import answering
from crisis.office.request.answering import Answer
from crisis.records import incident, mail, press_request
from crisis.records.schema.mail import Mail
from tasks import watch


def at(told: str) -> datetime:
    return datetime.fromisoformat(f"{told}+07:00")


async def ask(story: Any, into: str = "", **given: Any) -> str:
    told: dict[str, Any] = {
        "kind": "forwarded_opinion",
        "outlet": "Pháp Luật TP.HCM",
        "subject": "Nước thải ở chợ",
        "received_at": "2026-08-03T09:00",
    }
    async with story.office.records.act(story.actor("coordinator")) as act:
        row = await incident.by_code(act.session, into) if into else None
        told_in = RequestIn.model_validate(told | given)
        return (await answering.receive(story.office, act, told_in, row)).code


async def told(story: Any, code: str) -> list[str]:
    """The subjects of the reminders about a request, one of each, in the order of time."""
    async with story.office.records.look() as session:
        row = await press_request.by_code(session, code)
        told_of = select(Mail).where(Mail.subject_id == row.id).order_by(Mail.queued_at)
        found = list(await session.scalars(told_of))
    return list(dict.fromkeys(one.subject for one in found if one.letter == "request_reminder"))


def test_reminders_lie_inside_the_limit_and_one_follows_its_end() -> None:
    start, due = at("2026-08-03T09:00"), at("2026-08-23T00:00")
    assert [f"{one:%d/%m %H:%M:%S}" for one in request_moments(start, due)] == [
        "20/08 00:00:00",
        "22/08 00:00:00",
        "23/08 00:00:01",
    ]
    short = request_moments(start, start + timedelta(hours=8))
    assert short[0] == start + timedelta(hours=4)
    assert request_moments_at(start, due, at("2026-08-22T08:00"))[0] == at("2026-08-22T00:00")
    assert request_moments_at(start, due, at("2026-08-24T08:00"))[1] is None


@pytest.mark.parametrize(
    ("fact", "now", "told_at"),
    [
        ("forwarded_item_received", "2026-08-03T09:00", "2026-08-20T00:00"),
        ("forwarded_item_received", "2026-08-24T09:00", "2026-08-23T00:00"),
        ("agency_received_and_handling", "2026-08-03T09:00", None),
    ],
)
def test_people_are_told_of_the_clock_of_a_request_only(
    fact: str, now: str, told_at: str | None
) -> None:
    start, due = at("2026-08-03T09:00"), at("2026-08-23T00:00")
    looked = first_look(fact, start, due, at(now))
    assert looked == (at(told_at) if told_at else None)


async def test_the_coordinator_is_mailed_before_the_time_is_over_and_when_it_is(
    story: Any,
) -> None:
    await story.at("2026-08-03T10:00")
    code = await ask(story)
    await story.wait_until("2026-08-19T23:00")
    assert await told(story, code) == []
    await story.wait_until("2026-08-22T23:00")
    soon = f"[DIỄN TẬP] [{code}] Sắp đến hạn trả lời báo chí: Nước thải ở chợ"
    assert await told(story, code) == [soon]
    await story.wait_until("2026-08-24T09:00")
    assert await told(story, code) == [
        soon,
        f"[DIỄN TẬP] [{code}] Quá hạn trả lời báo chí: Nước thải ở chợ",
    ]


async def test_who_has_answered_is_not_reminded(story: Any) -> None:
    await story.at("2026-08-03T10:00")
    code = await ask(story)
    said = Answer(form="press_release_or_email", at=at("2026-08-03T09:30"), text="Văn bản 12")
    async with story.office.records.act(story.actor("coordinator")) as act:
        row = await press_request.by_code(act.session, code)
        await answering.answer(story.office, act, row, said)
    await story.wait_until("2026-08-24T09:00")
    assert await told(story, code) == []


async def test_a_request_inside_an_incident_is_reminded_of_in_its_own_words(story: Any) -> None:
    await story.at("2026-08-25T10:00")
    case = await story.report(severity="S1", received_at="2026-08-25T09:00")
    code = await ask(story, case, received_at="2026-08-03T09:00", subject="Một câu hỏi")
    async with story.office.records.look() as session:
        row = await press_request.by_code(session, code)
        (line,) = await press_request.of_incident(session, row.incident_id or "")
        assert line.clock is not None
        clock = line.clock.id
    await watch.remind.fn(case, clock)
    await watch.remind.fn(case, clock)
    assert await told(story, code) == [f"[DIỄN TẬP] [{code}] Quá hạn trả lời báo chí: Một câu hỏi"]
    mails: list[Mail] = await story.mails(case)
    letters = [one for one in mails if one.letter == "request_reminder"]
    assert len({one.recipient for one in letters}) == len(letters)
    async with story.office.records.look() as session:
        content = await mail.content(session, letters[0])
    text = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    assert text is not None
    assert f"Yêu cầu này thuộc vụ việc {case}." in text.get_content()


async def test_of_a_request_in_a_restricted_incident_only_those_who_may_see_it_are_told(
    story: Any,
) -> None:
    await story.at("2026-08-25T10:00")
    case = await story.report(severity="S1", received_at="2026-08-25T09:00")
    code = await ask(story, case, received_at="2026-08-03T09:00")
    async with story.acting("leader", case) as (act, standing):
        standing.incident.coordinator_id = act.actor.id
        await restrict(act, standing, Restriction(restricted=True, people=(), reason="Điều tra"))
    async with story.office.records.look() as session:
        (line,) = await press_request.of_incident(session, standing.incident.id)
        assert line.clock is not None
    await watch.remind.fn(case, line.clock.id)
    assert await told(story, code) == []
