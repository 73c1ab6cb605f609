"""Watching over tasks and approvals: their reminders, their ladder, and what stops both."""

import json
from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.calendar import Calendar
from crisis.model.escalation import ChainState, acknowledged, begun, stopped, touched
from crisis.model.ladder import Ladder
from crisis.model.letter_part import Due
from crisis.model.letter_part import Moment as Past
from crisis.model.playbook import Playbook
from crisis.model.task_time import TaskTimes, ladder_begins, task_moments
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.records import timer
from crisis.records.act import Act
from crisis.records.assignment import is_open
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.deadline import Chain, Mark
from crisis.records.schema.incident import Incident

_STATE = TypeAdapter(ChainState)

REMIND, ESCALATE = "remind", "escalate"


def rule_of(playbook: Playbook) -> Words:
    """How a letter names the rule behind an internal due time."""
    return words(
        f"kịch bản ứng phó, bản {playbook.version}",
        f"playbook, version {playbook.version}",
    )


def answer_due(row: Assignment, playbook: Playbook) -> Due:
    """The due time of an agency's answer."""
    return Due(
        at=row.due_at,
        what=words("trả lời kết quả xác minh", "answer with what was verified"),
        rule=rule_of(playbook),
        legal=False,
    )


async def watch_task(act: Act, standing: Standing, row: Assignment, ladder: Ladder) -> None:
    """Set the first reminder and the ladder: silence past the acknowledgement climbs it."""
    first = task_moments(
        standing.playbook,
        starts_at=row.made_at,
        due_at=row.due_at,
        severity=standing.severity,
        calendar=standing.force.calendar,
    )[0]
    incident_id = standing.incident.id
    await timer.set_timer(act, incident_id, flow=REMIND, subject=row.id, at=first.at)
    begins = ladder_begins(
        TaskTimes(acknowledge=row.ack_due_at, answer=row.due_at),
        given_at=act.now,
        reachable=row.contact_email is not None,
    )
    state = begun(begins)
    act.session.add(
        Chain(
            incident_id=incident_id,
            subject_id=row.id,
            ladder=_ladder_json(ladder),
            state=dump(state),
            status=state.status.value,
        )
    )
    await act.session.flush()
    await timer.set_timer(act, incident_id, flow=ESCALATE, subject=row.id, at=begins)


async def chain_of(session: AsyncSession, subject: str) -> Chain | None:
    """The escalation that runs for a task or approval."""
    found: Chain | None = await session.scalar(
        select(Chain).where(Chain.subject_id == subject).limit(1)
    )
    return found


async def on_acknowledged(act: Act, row: Assignment, ladder: Ladder, calendar: Calendar) -> None:
    """Somebody has the task: the ladder rests until the acknowledgement expires."""
    chain = await chain_of(act.session, row.id)
    if chain is not None:
        await keep(act, chain, acknowledged(ladder, load(chain), act.now, calendar=calendar))


async def on_activity(act: Act, row: Assignment, ladder: Ladder, calendar: Calendar) -> None:
    """Real work on the task: the present wait begins anew."""
    chain = await chain_of(act.session, row.id)
    if chain is not None:
        await keep(act, chain, touched(ladder, load(chain), act.now, calendar=calendar))


async def stop(act: Act, subject: str) -> None:
    """The matter is settled: no more reminders, no more rungs."""
    chain = await chain_of(act.session, subject)
    if chain is not None:
        await keep(act, chain, stopped(load(chain)))
    await timer.clear_timer(act, flow=REMIND, subject=subject)


async def keep(act: Act, chain: Chain, state: ChainState) -> None:
    """Store where the escalation stands and when to look again."""
    chain.state, chain.status = dump(state), state.status.value
    await act.session.flush()
    if state.next_at is None:
        await timer.clear_timer(act, flow=ESCALATE, subject=chain.subject_id)
    else:
        await timer.set_timer(
            act, chain.incident_id, flow=ESCALATE, subject=chain.subject_id, at=state.next_at
        )


def load(chain: Chain) -> ChainState:
    """The escalation's state as a value."""
    return _STATE.validate_python(chain.state)


def dump(state: ChainState) -> dict[str, Any]:
    """The escalation's state as JSON."""
    dumped: dict[str, Any] = _STATE.dump_python(state, mode="json")
    return dumped


def _ladder_json(ladder: Ladder) -> dict[str, Any]:
    """The pinned ladder, readable by an auditor."""
    told: dict[str, Any] = json.loads(
        json.dumps(asdict(replace(ladder)), default=str, ensure_ascii=False)
    )
    return told


async def resume(act: Act, standing: Standing) -> None:
    """A reopened incident's tasks are watched again, from where their ladders stood."""
    for row in standing.assignments:
        chain = await chain_of(act.session, row.id)
        if chain is not None and is_open(row):
            await keep(act, chain, load(chain))
            await timer.set_timer(
                act, standing.incident.id, flow=REMIND, subject=row.id, at=act.now
            )


async def rewind(act: Act, standing: Standing, row: Assignment) -> None:
    """The due time of a task moved: its reminders begin a new series, its ladder waits for it."""
    first = task_moments(
        standing.playbook,
        starts_at=act.now,
        due_at=row.due_at,
        severity=standing.severity,
        calendar=standing.force.calendar,
    )[0]
    await timer.set_timer(act, standing.incident.id, flow=REMIND, subject=row.id, at=first.at)
    chain = await chain_of(act.session, row.id)
    if chain is not None:
        await keep(act, chain, begun(row.due_at))


async def history(act: Act, incident: Incident, row: Assignment) -> tuple[Past, ...]:
    """What was tried so far for a task, as a superior is told."""
    told = [Past(at=row.made_at, text=words("Giao việc", "Task given"))]
    if row.acknowledged_at:
        told.append(Past(at=row.acknowledged_at, text=words("Cơ quan nhận việc", "Acknowledged")))
    marks = await act.session.scalars(
        select(Mark).where(Mark.subject_id == row.id, Mark.sent.is_(True)).order_by(Mark.at)
    )
    told += [Past(at=m.at, text=words("Đã nhắc việc", "Reminded")) for m in marks]
    return tuple(sorted(told, key=lambda past: past.at))
