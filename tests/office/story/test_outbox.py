"""The outbox on a real mail server that is down, busy, refuses, or takes a mail without a word."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.errors import Stale
from crisis.office import mailing, stint
from crisis.records import mail
from crisis.records.schema.mail import Mail, MailAttempt
from desk.parts.mail_sink import Fault, FaultMode
from tasks import dispatch
from tasks.turn import Holding

PROJECTS = "daumoi@bqlda.example"
DOWN = Fault(mode=FaultMode.REPLY, code=451)


async def assigned(story: Any, fault: Fault) -> tuple[str, Mail]:
    """An incident with one task, whose letter met a server that behaves by `fault`."""
    story.house.sink.misbehave(fault)
    code = await story.report(severity="S2", topics=["provincial_works"])
    await story.play(code)
    (letter,) = await story.mails(code)
    return code, letter


async def hour(story: Any) -> None:
    """An hour of real time passes."""
    past = timedelta(hours=2)
    async with story.office.records.act() as act:
        for row in await act.session.scalars(select(Mail)):
            row.next_at = row.next_at and row.next_at - past
            row.claimed_until = row.claimed_until and row.claimed_until - past


async def copies(story: Any) -> list[bytes]:
    """Every copy that arrived, oldest first."""
    folder = story.house.folder
    return [folder.raw(name) for name in reversed(folder.names(PROJECTS))]


async def test_a_server_that_is_down_for_an_hour_gets_the_same_bytes_later(story: Any) -> None:
    code, letter = await assigned(story, DOWN)
    assert (letter.state, letter.attempts) == ("queued", 1)
    assert letter.next_at >= letter.queued_at + timedelta(seconds=80)
    await dispatch.send_mail.fn()
    assert (await story.mails(code))[0].attempts == 1
    story.house.sink.misbehave(Fault())
    await hour(story)
    await dispatch.send_mail.fn()
    (letter,) = await story.mails(code)
    async with story.office.records.look() as session:
        kept = await mail.content(session, letter)
    assert (letter.state, letter.attempts, await copies(story)) == ("sent", 2, [kept])


async def test_each_wait_is_about_twice_the_one_before(story: Any) -> None:
    code, _ = await assigned(story, DOWN)
    waits = []
    for _ in range(4):
        (letter,) = await story.mails(code)
        async with story.office.records.look() as session:
            began = (await story.office.records.clock()).real_now()
            assert await mail.due(session, began) == []
        waits.append((letter.next_at - began) / timedelta(minutes=1))
        await hour(story)
        await dispatch.send_mail.fn()
    assert all(1.7 < later / earlier < 2.4 for earlier, later in pairwise(waits))


@pytest.mark.parametrize("mode", [FaultMode.REPLY, FaultMode.REFUSE_RECIPIENT])
async def test_a_refusal_for_good_is_shown_and_not_tried_again(story: Any, mode: FaultMode) -> None:
    code, letter = await assigned(story, Fault(mode=mode, code=550))
    assert (letter.state, letter.next_at) == ("refused", None)
    assert letter.reply.startswith("550")
    story.house.sink.misbehave(Fault())
    await hour(story)
    await dispatch.send_mail.fn()
    assert await copies(story) == []
    assert "mail.refused" in await story.actions(code)


async def test_a_mail_taken_without_a_word_is_sent_again_as_the_same_mail(story: Any) -> None:
    await assigned(story, Fault(mode=FaultMode.LOSE_REPLY, times=1))
    await hour(story)
    await dispatch.send_mail.fn()
    first, second = await copies(story)
    assert first == second


async def test_a_line_cut_in_the_middle_is_tried_again(story: Any) -> None:
    code, letter = await assigned(story, Fault(mode=FaultMode.DROP, times=1))
    assert letter.state == "queued"
    await hour(story)
    await dispatch.send_mail.fn()
    assert (await story.mails(code))[0].state == "sent"


async def test_a_run_killed_after_its_claim_leaves_the_mail_to_the_next(story: Any) -> None:
    code, letter = await assigned(story, DOWN)
    await hour(story)
    async with story.office.records.act() as act:
        assert await mail.begin(act, letter.id) is not None
    story.house.sink.misbehave(Fault())
    await dispatch.send_mail.fn()
    assert await copies(story) == []
    await hour(story)
    await dispatch.send_mail.fn()
    (sent,) = await story.mails(code)
    assert (sent.state, sent.attempts, len(await copies(story))) == ("sent", 3, 1)


async def test_of_two_senders_one_claims_a_mail(story: Any) -> None:
    _, letter = await assigned(story, DOWN)
    await hour(story)
    async with story.office.records.act() as act:
        assert await mail.begin(act, letter.id) is not None
    async with story.office.records.act() as act:
        assert await mail.begin(act, letter.id) is None


async def test_one_refused_mail_holds_no_other_back(story: Any) -> None:
    story.house.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550, times=1))
    code = await story.report(severity="S2")
    await story.play(code)
    assert sorted(m.state for m in await story.mails(code)) == ["refused", "sent"]


async def test_more_than_the_server_takes_in_a_minute_waits_for_the_next(story: Any) -> None:
    story.house.sink.misbehave(DOWN)
    code = await story.report(severity="S2")
    await story.play(code)
    await hour(story)
    story.house.sink.misbehave(Fault())
    story.office.settings.mail_rate_per_minute = 3
    await dispatch.send_mail.fn()
    assert sorted(m.state for m in await story.mails(code)) == ["queued", "sent"]
    async with story.office.records.act() as act:
        for tried in await act.session.scalars(select(MailAttempt)):
            tried.began_at -= timedelta(minutes=2)
    await dispatch.send_mail.fn()
    assert [m.state for m in await story.mails(code)] == ["sent", "sent"]


async def test_an_outcome_that_comes_after_the_claim_was_lost_is_not_recorded(story: Any) -> None:
    code, letter = await assigned(story, DOWN)
    await hour(story)
    async with story.office.records.act() as act:
        slow = await mail.begin(act, letter.id)
    await hour(story)
    async with story.office.records.act() as act:
        fast = await mail.begin(act, letter.id)
        assert await mail.end(act, fast, mail.Outcome(code=250, text="in time", accepted=True))
    async with story.office.records.act() as act:
        late = mail.Outcome(code=451, text="too late", accepted=False, retry_at=act.real)
        assert not await mail.end(act, slow, late)
    (sent,) = await story.mails(code)
    assert (sent.state, sent.reply, sent.next_at) == ("sent", "250 in time", None)


async def test_a_server_that_keeps_us_waiting_is_tried_later(
    story: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "TRY_SECONDS", 0.05)
    _, letter = await assigned(story, Fault(mode=FaultMode.SLOW, seconds=5))
    assert (letter.state, letter.reply) == ("queued", "no answer in time")


async def test_a_run_sends_the_mail_of_its_own_incident_and_leaves_the_others(story: Any) -> None:
    first, _ = await assigned(story, DOWN)
    await hour(story)
    second, _ = await assigned(story, Fault())
    assert [m.state for m in await story.mails(first)] == ["queued"]
    assert [m.state for m in await story.mails(second)] == ["sent"]


async def test_a_run_that_lost_its_turn_sends_nothing_more(story: Any) -> None:
    code, _ = await assigned(story, DOWN)
    await hour(story)
    story.house.sink.misbehave(Fault())
    with pytest.raises(Stale):
        await dispatch.send_its_mail.fn(code, Holding(code=code, holder="late"))
    assert await copies(story) == []


async def test_a_stint_ends_and_the_rest_is_left_to_the_next(
    story: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await assigned(story, DOWN)
    await hour(story)
    story.house.sink.misbehave(Fault())
    monkeypatch.setattr(stint, "STINT_SECONDS", -1.0)
    assert await dispatch.send_mail.fn() == "sent 0 of 0"
    monkeypatch.setattr(stint, "STINT_SECONDS", 300.0)
    assert await dispatch.send_mail.fn() == "sent 1 of 1"
