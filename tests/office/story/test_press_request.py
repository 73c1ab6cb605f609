"""Press requests: a register of its own, each with the clock of its article of law."""

from datetime import datetime
from typing import Any

import pytest

from crisis.model.errors import BadInput, RuleBroken
from crisis.model.press_request import RequestIn, RequestKind
from crisis.model.severity import Severity
from crisis.office.incident import triage
from crisis.office.request import answering
from crisis.office.request.answering import Answer, Refusal
from crisis.records import deadline, incident, press_request
from crisis.records.act import OFFICE_CHAIN
from crisis.records.schema.press_request import PressRequest
from tasks import dispatch

OLD_LAW = "2026-06-30T09:00"
NEWSROOM = "toasoan@bao.example"


def at(told: str) -> datetime:
    return datetime.fromisoformat(f"{told}+07:00")


async def ask(story: Any, kind: str = "forwarded_opinion", into: str = "", **given: Any) -> str:
    """The coordinator writes a request down; its code."""
    told: dict[str, Any] = {
        "kind": kind,
        "outlet": "Pháp Luật TP.HCM",
        "subject": "Nước thải ở chợ",
        "received_at": "2026-08-03T09:00",
        "email": NEWSROOM,
    }
    async with story.office.records.act(story.actor("coordinator")) as act:
        row = await incident.by_code(act.session, into) if into else None
        told_in = RequestIn.model_validate(told | given)
        return (await answering.receive(story.office, act, told_in, row)).code


async def act_on(story: Any, code: str, deed: Any, *given: Any) -> None:
    async with story.office.records.act(story.actor("coordinator")) as act:
        row = await press_request.by_code(act.session, code)
        await deed(story.office, act, row, *given)


async def row_of(story: Any, code: str) -> PressRequest:
    async with story.office.records.look() as session:
        return await press_request.by_code(session, code)


async def clocks(story: Any, code: str) -> list[tuple[str, str, str]]:
    """Rule, due time in Việt Nam and state of each clock of the request."""
    async with story.office.records.look() as session:
        row = await press_request.by_code(session, code)
        found = await deadline.of_subject(session, row.id)
    zone = at("2026-01-01T00:00").tzinfo
    return [(d.rule, f"{d.due_at.astimezone(zone):%d/%m/%Y %H:%M}", d.state) for d in found]


@pytest.mark.parametrize(
    ("kind", "received", "rule", "due"),
    [
        ("forwarded_opinion", "2026-08-03T09:00", "reply_forwarded_opinion", "23/08/2026 00:00"),
        (
            "forwarded_opinion",
            "2026-06-30T09:00",
            "reply_forwarded_opinion_old",
            "31/07/2026 00:00",
        ),
        ("reply_in_press", "2026-08-03T09:00", "reply_in_press", "04/09/2026 00:00"),
        ("question", "2026-08-03T07:30", "press_request.answer", "05/08/2026 17:30"),
        ("complaint", "2026-08-03T07:30", "press_request.answer", "05/08/2026 17:30"),
    ],
)
async def test_each_kind_has_the_clock_of_its_article_from_the_receipt(
    story: Any, kind: str, received: str, rule: str, due: str
) -> None:
    await story.at("2026-08-03T10:00")
    code = await ask(story, kind, received_at=received)
    assert await clocks(story, code) == [(rule, due, "running")]


async def test_the_conclusion_on_a_complaint_starts_five_working_days(story: Any) -> None:
    await story.at("2026-08-20T10:00")
    code = await ask(story, "complaint")
    await act_on(story, code, answering.conclude, at("2026-08-17T08:00"))
    assert ("complaint_conclusion_to_press", "23/08/2026 00:00", "running") in await clocks(
        story, code
    )
    with pytest.raises(BadInput):
        await act_on(story, await ask(story), answering.conclude, at("2026-08-17T08:00"))


async def test_an_answer_is_recorded_with_its_form_and_time_and_meets_the_clock(story: Any) -> None:
    await story.at("2026-08-25T10:00")
    code = await ask(story, "reply_in_press")
    said = Answer(
        form="direct_or_interview", at=at("2026-08-24T15:00"), text="Đã trả lời phỏng vấn"
    )
    await act_on(story, code, answering.answer, said)
    row = await row_of(story, code)
    assert (row.status, row.form, row.settled_at) == ("answered", said.form, said.at)
    assert (await clocks(story, code))[0][2] == "met"
    with pytest.raises(RuleBroken):
        await act_on(story, code, answering.answer, said)


async def test_an_answer_after_the_limit_is_late_for_ever(story: Any) -> None:
    await story.at("2026-08-03T10:00")
    code = await ask(story)
    await story.wait_until("2026-08-24T09:00")
    assert (await clocks(story, code))[0][2] == "missed"
    said = Answer(form="press_release_or_email", at=at("2026-08-24T08:00"), text="Văn bản 12")
    await act_on(story, code, answering.answer, said)
    assert (await clocks(story, code))[0][2] == "late"


async def test_what_the_law_wants_in_writing_is_not_answered_by_word_of_mouth(story: Any) -> None:
    await story.at("2026-08-25T10:00")
    code = await ask(story)
    spoken = Answer(form="briefing", at=at("2026-08-24T15:00"), text="Đã nói tại giao ban")
    with pytest.raises(RuleBroken):
        await act_on(story, code, answering.answer, spoken)
    assert (await row_of(story, code)).status == "open"


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "rumour"},
        {"text": " "},
        {"at": at("2026-08-26T15:00")},
        {"at": at("2026-08-01T15:00")},
    ],
    ids=["no form", "nothing said", "in the future", "before it was asked"],
)
async def test_an_answer_needs_a_form_a_time_and_what_was_said(
    story: Any, wrong: dict[str, Any]
) -> None:
    await story.at("2026-08-25T10:00")
    code = await ask(story)
    good = {"form": "press_release_or_email", "at": at("2026-08-24T15:00"), "text": "Văn bản 12"}
    with pytest.raises(BadInput):
        await act_on(story, code, answering.answer, Answer(**(good | wrong)))
    assert (await row_of(story, code)).status == "open"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["khoản 2 Điều 31 Luật Báo chí", "đang điều tra", "Cơ quan điều tra chưa kết luận"]),
        ("en", ["article 31, clause 2", "under investigation", "Cơ quan điều tra chưa kết luận"]),
    ],
)
async def test_a_refusal_tells_the_outlet_ground_and_reason_by_letter(
    story: Any, language: str, words: list[str]
) -> None:
    await story.at("2026-08-05T10:00")
    code = await ask(story, "question", language=language, email=None)
    said = Refusal(
        ground="investigation", reason="Cơ quan điều tra chưa kết luận", email=NEWSROOM.upper()
    )
    await act_on(story, code, answering.refuse, said)
    await dispatch.send_mail.fn()
    letter = " ".join(story.text(story.house.folder.names(NEWSROOM)[-1]).split())
    assert all(word in letter for word in [code, *words]), letter
    row = await row_of(story, code)
    assert (row.status, row.ground, row.email) == ("refused", "investigation", NEWSROOM)
    assert (await clocks(story, code))[0][2] == "met"


@pytest.mark.parametrize(
    ("ground", "reason"),
    [("investigation", " "), ("draft_policy", "Đang soạn"), ("we_are_busy", "Bận"), ("", "Bận")],
)
async def test_only_a_ground_in_force_with_its_reason_refuses(
    story: Any, ground: str, reason: str
) -> None:
    await story.at("2026-08-05T10:00")
    code = await ask(story)
    refusal = Refusal(ground=ground, reason=reason, email=NEWSROOM)
    with pytest.raises(RuleBroken) as refused:
        await act_on(story, code, answering.refuse, refusal)
    assert refused.value.rule == "INV4"
    assert story.house.folder.names(NEWSROOM) == []


async def test_a_report_with_a_question_opens_a_request_that_outlives_the_incident(
    story: Any,
) -> None:
    code = await story.report(severity="S2", asks_for_answer=True)
    async with story.acting("coordinator", code) as (act, standing):
        (line,) = await press_request.of_incident(act.session, standing.incident.id)
        standing.incident.severity = "S1"
        decision = triage.NoResponse(reason="Ít lan truyền", recheck_at=at("2025-10-22T08:00"))
        with pytest.raises(RuleBroken) as refused:
            await triage.decide_no_response(act, standing, decision)
        assert refused.value.rule == "INV12"
        await triage.end(act, standing.incident, triage.Stage.DISMISSED, "Không thuộc đối tượng")
    assert [state for _, _, state in await clocks(story, line.request.code)] == ["running"]
    await story.wait_until("2025-10-30T08:00")
    assert [state for _, _, state in await clocks(story, line.request.code)] == ["missed"]


async def test_once_the_newspaper_is_answered_the_office_may_decide_not_to_respond(
    story: Any,
) -> None:
    code = await story.report(severity="S2", asks_for_answer=True)
    async with story.acting("coordinator", code) as (act, standing):
        (line,) = await press_request.of_incident(act.session, standing.incident.id)
        said = Answer(form="press_release_or_email", at=act.now, text="Đã trả lời")
        await answering.answer(story.office, act, line.request, said)
        await triage.judge(story.office, act, standing.incident, Severity.S1, frozenset())
        decision = triage.NoResponse(reason="Ít lan truyền", recheck_at=at("2025-10-22T08:00"))
        await triage.decide_no_response(act, standing, decision)
    assert await story.stage(code) == "monitoring"


async def test_the_ledger_holds_what_the_annual_report_counts_and_no_words(story: Any) -> None:
    await story.at("2026-08-25T10:00")
    alone = await ask(story)
    said = Answer(form="press_release_or_email", at=at("2026-08-24T15:00"), text="Văn bản 12")
    await act_on(story, alone, answering.answer, said)
    entries = [e for e in await story.entries(OFFICE_CHAIN) if "request" in e["data"]]
    assert [e["action"] for e in entries] == ["request.received", "request.answered"]
    answered = entries[-1]["data"]
    assert (answered["kind"], answered["form"], answered["written"]) == (
        RequestKind.FORWARDED_OPINION.value,
        "press_release_or_email",
        True,
    )
    assert answered["exercise"] is True
    assert not any("Pháp Luật" in str(e["data"]) or "Văn bản" in str(e["data"]) for e in entries)


async def test_a_request_that_came_alone_is_joined_to_an_incident_once(story: Any) -> None:
    await story.at("2026-08-25T10:00")
    code = await story.report(severity="S2", received_at="2026-08-25T09:00")
    asked = await ask(story)
    for _ in range(2):
        async with story.acting("coordinator", code) as (act, standing):
            row = await press_request.by_code(act.session, asked)
            if row.incident_id is None:
                await press_request.join(act, row, standing.incident)
                continue
            with pytest.raises(RuleBroken):
                await press_request.join(act, row, standing.incident)
    assert "request.joined" in await story.actions(code)
    assert "request.joined" in await story.actions(OFFICE_CHAIN)


@pytest.mark.parametrize(
    "wrong", [{"received_at": "2026-08-26T10:00"}, {"email": "tòa soạn"}, {"subject": "MẬT"}]
)
async def test_what_cannot_be_is_not_written_down(story: Any, wrong: dict[str, Any]) -> None:
    await story.at("2026-08-25T10:00")
    with pytest.raises((BadInput, RuleBroken)):
        await ask(story, **wrong)
    assert "request.received" not in await story.actions(OFFICE_CHAIN)
