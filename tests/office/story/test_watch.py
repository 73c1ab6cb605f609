"""Reminders and the ladder, hour by hour on a clock that a test moves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crisis.model.incident import Stage
from crisis.model.words import words
from crisis.office.agency import steering, verification
from crisis.office.incident import triage
from crisis.records import deadline, task_message
from crisis.records.task_message import Reply
from tests.office.story.moment import next_due

PROJECTS = "daumoi@bqlda.example"
HEAD = "lanhdao@bqlda.example"
CHIEF, CHAIR = "chanhvanphong@vanphong.example", "phochutich@ubnd.example"
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


async def started(story: Any, severity: str = "S3", **given: Any) -> str:
    """An incident with one agency and one claim, assigned on Monday at 08:00; its code."""
    claims = [{"text": {"vi": "Sân bị ngập", "en": "The yard floods"}}]
    told = {"topics": ["provincial_works"], "claims": claims, "severity": severity} | given
    code = await story.report(**told)
    await story.play(code)
    return code


async def sent(story: Any, code: str, *letters: str) -> list[tuple[str, str, str]]:
    """The mails about the task: office time, letter and recipient, in the order of time."""
    tasks = {task.id for task in (await story.standing(code)).assignments}
    told = await sent_about(story, code, *letters)
    return [one[:3] for one in told if one[3] in tasks]


async def sent_about(story: Any, code: str, *letters: str) -> list[tuple[str, str, str, str]]:
    """Office time, letter, recipient and the id of the task or request it is about."""
    by_id = {m.id: m for m in await story.mails(code)}
    told = []
    for entry in await story.entries(code):
        if entry["action"] == "mail.queued" and entry["data"]["letter"] in letters:
            mail = by_id[entry["data"]["mail"]]
            at = datetime.fromisoformat(entry["data"]["as_of"]).astimezone(LOCAL)
            told.append((f"{at:%d/%m %H:%M}", mail.letter, mail.recipient, mail.subject_id))
    return told


async def test_three_days_of_silence(story: Any) -> None:
    code = await started(story)
    await story.wait_until("2025-10-23T08:00")
    told = await sent(story, code, "reminder", "overdue", "escalation")
    assert sorted(told) == sorted(SILENCE)


SILENCE = [
    ("20/10 10:00", "escalation", PROJECTS),
    ("20/10 11:00", "escalation", HEAD),
    ("20/10 12:00", "escalation", CHIEF),
    ("20/10 13:00", "reminder", PROJECTS),
    ("20/10 13:00", "escalation", CHAIR),
    ("20/10 14:00", "escalation", PROJECTS),
    ("20/10 15:00", "escalation", HEAD),
    ("20/10 15:30", "reminder", PROJECTS),
    ("20/10 16:00", "escalation", CHIEF),
    ("20/10 17:00", "reminder", PROJECTS),
    ("20/10 17:00", "escalation", CHAIR),
    ("20/10 18:00", "overdue", PROJECTS),
]


async def test_every_level_is_sent_or_skipped_once(story: Any) -> None:
    code = await started(story)
    await story.wait_until("2025-10-23T08:00")
    levels = [
        entry["data"]["level"]
        for entry in await story.entries(code)
        if entry["action"] in {"reminder.sent", "reminder.skipped"}
    ]
    assert levels == [50, 75, 90, 100]


async def test_an_acknowledgement_quiets_the_early_reminders_only(story: Any) -> None:
    code = await started(story)
    await story.acknowledge(PROJECTS)
    await story.at("2025-10-20T10:30")
    async with story.as_agency(PROJECTS) as (act, held):
        await verification.save_draft(story.office, act, held, {"note": "đang làm"})
    await story.wait_until("2025-10-20T13:10")
    assert await sent(story, code, "reminder", "overdue") == []
    skipped = [e for e in await story.entries(code) if e["action"] == "reminder.skipped"]
    assert [(e["data"]["level"], e["data"]["why"]) for e in skipped] == [(50, "acknowledged")]


async def test_an_acknowledgement_without_progress_is_asked_about_and_lapses(story: Any) -> None:
    code = await started(story)
    await story.at("2025-10-20T08:30")
    await story.acknowledge(PROJECTS)
    await story.wait_until("2025-10-20T12:45")
    assert await sent(story, code, "reminder", "escalation") == [
        ("20/10 11:30", "reminder", PROJECTS),
        ("20/10 12:30", "escalation", PROJECTS),
    ]
    assert "assignment.ack_expired" in await story.actions(code)
    (task,) = (await story.standing(code)).assignments
    assert (task.status, task.acknowledged_at) == ("awaiting_ack", None)


async def test_a_rung_without_anybody_is_skipped_at_once_and_recorded(story: Any) -> None:
    code = await started(story, topics=["legal_affairs"])
    await story.wait_until("2025-10-20T09:30")
    assert await sent(story, code, "escalation") == [
        ("20/10 08:00", "escalation", CHIEF),
        ("20/10 09:00", "escalation", CHAIR),
    ]
    skipped = [
        e["data"]["role"]
        for e in await story.entries(code)
        if e["action"] == "escalation.step_skipped"
    ]
    assert skipped == ["agency_focal_point", "agency_leader"]


async def test_an_answer_stops_everything(story: Any) -> None:
    code = await started(story, severity="S2")
    await story.answer(PROJECTS, "accurate")
    (task,) = (await story.standing(code)).assignments
    await story.wait_until("2025-10-27T08:00")
    assert await sent(story, code, "reminder", "overdue", "escalation") == []
    assert task.status == "answered"


async def test_closing_stops_everything(story: Any) -> None:
    code = await started(story)
    async with story.acting("coordinator", code) as (act, standing):
        await triage.end(act, standing.incident, Stage.CLOSED, "Đã giải quyết")
    await story.wait_until("2025-10-23T08:00")
    assert await sent(story, code, "reminder", "overdue", "escalation") == []


async def test_reopening_takes_the_reminders_up_again(story: Any) -> None:
    code = await started(story)
    async with story.acting("coordinator", code) as (act, standing):
        await triage.end(act, standing.incident, Stage.CLOSED, "Đã giải quyết")
    await story.at("2025-10-20T09:00")
    async with story.acting("coordinator", code) as (act, standing):
        await triage.reopen(
            story.office, act, standing.incident, words("Có tình tiết mới", "New reports")
        )
    await story.wait_until("2025-10-20T10:30")
    assert await sent(story, code, "escalation") == [("20/10 10:00", "escalation", PROJECTS)]


async def more_time(story: Any, code: str, until: str, *, granted: bool) -> None:
    async with story.as_agency(PROJECTS) as (act, held):
        wanted = ("Cần đo đạc", datetime.fromisoformat(f"{until}+07:00"))
        await verification.ask_time(story.office, act, held, "Nguyễn Văn Ví Dụ", wanted)
    async with story.acting("coordinator", code) as (act, standing):
        (task,) = standing.assignments
        (message,) = await task_message.of_assignment(act.session, task.id)
        said = Reply(text="Đồng ý", granted=granted)
        await steering.answer_message(story.office, act, standing, message, said)


async def test_more_time_begins_the_reminders_anew(story: Any) -> None:
    code = await started(story)
    await story.wait_until("2025-10-20T10:00")
    await more_time(story, code, "2025-10-21T18:00", granted=True)
    await story.wait_until("2025-10-21T18:00")
    assert await sent(story, code, "reminder", "overdue") == [
        ("21/10 02:00", "reminder", PROJECTS),
        ("21/10 10:00", "reminder", PROJECTS),
        ("21/10 14:48", "reminder", PROJECTS),
        ("21/10 18:00", "overdue", PROJECTS),
    ]


async def test_refused_time_changes_nothing(story: Any) -> None:
    code = await started(story)
    await more_time(story, code, "2025-10-21T18:00", granted=False)
    (task,) = (await story.standing(code)).assignments
    assert task.due_at == datetime.fromisoformat("2025-10-20T18:00+07:00")
    assert [m.letter for m in await story.mails(code)][-1] == "extension_decision"


async def test_a_late_approver_is_told_of_once(story: Any) -> None:
    code = await started(story)
    await story.wait_until("2025-10-20T11:00")
    told = await sent_about(story, code, "escalation")
    late = [one for one in told if one[2] == "dieuphoi@vanphong.example"]
    assert [one[:2] for one in late] == [("20/10 10:00", "escalation")] * 2
    assert len({one[3] for one in late}) == 2


async def test_every_timer_is_moved_or_removed_by_the_run_it_starts(story: Any) -> None:
    await started(story)
    await story.wait_until("2025-11-20T08:00")
    async with story.office.records.look() as session:
        assert await next_due(session) is None


async def test_a_passed_deadline_is_missed_and_what_comes_then_is_late(story: Any) -> None:
    code = await started(story, severity="S2")
    await story.wait_until("2025-10-23T09:00")
    await story.answer(PROJECTS, "accurate")
    states = {d.rule: d.state for d in await deadlines(story, code)}
    assert states["playbook.agency_first_facts"] == deadline.LATE
    assert states["playbook.publish"] == deadline.MISSED
    assert states["playbook.triage"] == deadline.MET


async def deadlines(story: Any, code: str) -> list[Any]:
    async with story.office.records.look() as session:
        row = (await story.standing(code)).incident
        return list(await deadline.of_incident(session, row.id))


async def test_an_escalation_names_the_due_time_that_was_missed(story: Any) -> None:
    await started(story)
    await story.wait_until("2025-10-20T11:30")
    for receiver in (PROJECTS, HEAD):
        told = [story.text(name) for name in story.house.folder.names(receiver)]
        text = next(one for one in told if "Kính đề nghị" in one)
        assert "xác nhận đã nhận việc: trước 10 giờ 00" in text
        assert "trả lời kết quả xác minh: trước" not in text
        assert "Sân bị ngập" in text
    assert "quá hạn 1 giờ" in text


async def test_the_agencys_leader_acts_by_the_link_in_the_escalation(story: Any) -> None:
    code = await started(story)
    await story.wait_until("2025-10-20T11:00")
    await story.answer(HEAD, "accurate")
    assert "assignment.answered" in await story.actions(code)
