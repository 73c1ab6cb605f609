"""Deadlines in the records: each starts from a recorded fact, and is met, missed or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.ledger import instant
from crisis.model.words import Words
from crisis.records import clock_told as told
from crisis.records.act import Act
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest

RUNNING, MET, LATE, MISSED, CANCELLED = "running", "met", "late", "missed", "cancelled"
PAUSED = "paused"
"""`missed`: due and not done; `late`: done after it was due."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDeadline:
    """A limit about to run: from which fact, until when, by which rule and citation."""

    rule: str
    title: Words
    legal: bool
    fact: str
    starts_at: datetime
    due_at: datetime
    source: str
    confidence: str
    subject: str


async def start(act: Act, incident: Incident | None, new: NewDeadline) -> DeadlineRow:
    """Start a deadline once per rule, subject and starting fact; a cancelled one runs again.

    Without an incident it is the office's own, told in the office's chain.
    """
    known = await _known(act.session, incident, new)
    if known is not None and known.state != CANCELLED:
        return known
    if known is not None:
        known.state, known.due_at, known.recorded_by = RUNNING, new.due_at, act.actor.id
        await act.session.flush()
        await told.started(act, incident, known)
        return known
    row = DeadlineRow(
        incident_id=incident.id if incident else None,
        subject_id=new.subject,
        rule=new.rule,
        legal=new.legal,
        title_vi=new.title.vi,
        title_en=new.title.en,
        fact=new.fact,
        starts_at=new.starts_at,
        recorded_by=act.actor.id,
        due_at=new.due_at,
        state=RUNNING,
        source=new.source,
        confidence=new.confidence,
    )
    act.session.add(row)
    await act.session.flush()
    await told.started(act, incident, row)
    return row


async def _known(
    session: AsyncSession, incident: Incident | None, new: NewDeadline
) -> DeadlineRow | None:
    """The deadline of this rule and subject: one that counts, else a cancelled one of that fact."""
    rows = await session.scalars(
        select(DeadlineRow).where(
            _belongs(incident.id if incident else None),
            DeadlineRow.rule == new.rule,
            DeadlineRow.subject_id == new.subject,
        )
    )
    fitting = [r for r in rows if r.state != CANCELLED or r.starts_at == new.starts_at]
    return min(fitting, key=lambda row: row.state == CANCELLED, default=None)


def _belongs(incident_id: str | None) -> ColumnElement[bool]:
    if incident_id is None:
        return DeadlineRow.incident_id.is_(None)
    return DeadlineRow.incident_id == incident_id


async def open_ones(
    session: AsyncSession, incident_id: str | None, *rules: str, subject: str | None = None
) -> Sequence[DeadlineRow]:
    """Deadlines that nothing has ended yet, of these rules (all), the earliest due first."""
    wanted = [_belongs(incident_id), DeadlineRow.state.in_((RUNNING, MISSED, PAUSED))]
    if rules:
        wanted.append(DeadlineRow.rule.in_(rules))
    if subject is not None:
        wanted.append(DeadlineRow.subject_id == subject)
    rows = await session.scalars(
        select(DeadlineRow).where(*wanted).order_by(DeadlineRow.due_at, DeadlineRow.id)
    )
    return list(rows)


async def meet(act: Act, incident: Incident, *rules: str, subject: str | None = None) -> None:
    """What these deadlines ask for is done now: in time, or late."""
    for row in await open_ones(act.session, incident.id, *rules, subject=subject):
        await done(act, incident, row, at=act.now)


async def done(act: Act, incident: Incident | None, row: DeadlineRow, *, at: datetime) -> None:
    """What this deadline asks for was done at `at`, not after now: in time, or late."""
    in_time = at <= row.due_at
    row.state, row.met_at = (MET if in_time else LATE), at
    await act.session.flush()
    action = Action.CLOCK_MET if in_time else Action.CLOCK_DONE_LATE
    await told.noted(act, incident, row, action, done_at=instant(at))


async def miss(act: Act, incident: Incident | None, row: DeadlineRow) -> bool:
    """Record that a deadline passed unmet; False where that is not so or was recorded before."""
    if row.state != RUNNING or act.now <= row.due_at:
        return False
    row.state = MISSED
    await act.session.flush()
    await told.noted(act, incident, row, Action.CLOCK_MISSED)
    return True


async def cancel(act: Act, incident: Incident, *rules: str, subject: str | None = None) -> None:
    """These deadlines are no longer owed; what was missed stays missed.

    What a newspaper asked stays owed, whatever becomes of the incident.
    """
    asked = set(await request_ids(act.session, incident.id))
    for row in await open_ones(act.session, incident.id, *rules, subject=subject):
        if row.state in {RUNNING, PAUSED} and row.subject_id not in asked:
            row.state = CANCELLED
            await told.noted(act, incident, row, Action.CLOCK_CANCELLED)
    await act.session.flush()


async def postpone(
    act: Act,
    incident: Incident | None,
    row: DeadlineRow,
    due_at: datetime,
    *,
    starts_at: datetime | None = None,
) -> None:
    """Move the due time, by another limit or by an amended starting fact (`starts_at`)."""
    before, row.due_at, row.state = row.due_at, due_at, RUNNING
    row.starts_at = starts_at or row.starts_at
    await act.session.flush()
    await told.recomputed(act, incident, row, before)


async def pause(act: Act, incident: Incident, row: DeadlineRow) -> None:
    """A target of the office's own stands still from now on."""
    row.state = PAUSED
    await act.session.flush()
    await told.noted(act, incident, row, Action.CLOCK_PAUSED)


async def resume(act: Act, incident: Incident, row: DeadlineRow, due_at: datetime) -> None:
    """It runs again, until `due_at`."""
    row.state, row.due_at = RUNNING, due_at
    await act.session.flush()
    await told.noted(act, incident, row, Action.CLOCK_RESUMED)


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[DeadlineRow]:
    """All deadlines of an incident, the earliest due first."""
    rows = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.incident_id == incident_id)
        .order_by(DeadlineRow.due_at, DeadlineRow.id)
    )
    return list(rows)


async def of_subject(session: AsyncSession, subject: str) -> Sequence[DeadlineRow]:
    """All deadlines of one subject, the earliest due first."""
    rows = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.subject_id == subject)
        .order_by(DeadlineRow.due_at, DeadlineRow.id)
    )
    return list(rows)


async def request_ids(session: AsyncSession, incident_id: str) -> Sequence[str]:
    """Ids of the press requests of an incident."""
    told = select(PressRequest.id).where(PressRequest.incident_id == incident_id)
    return list(await session.scalars(told))
