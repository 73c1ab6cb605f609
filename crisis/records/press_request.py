"""The register of press requests: written down once, joined to an incident, settled once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound, RuleBroken
from crisis.model.ledger import instant
from crisis.model.press_request import RequestIn, RequestStatus
from crisis.model.words import words
from crisis.records import viewing
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.incident import next_code
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest

PREFIX, EXERCISE_PREFIX = "BC", "DTBC"
PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One request of the register with its clock that runs out first, if any."""

    request: PressRequest
    clock: DeadlineRow | None


async def add(
    act: Act, told: RequestIn, incident: Incident | None, *, exercise: bool
) -> PressRequest:
    """Write a request down, alone or inside an incident."""
    row = PressRequest(
        code=await next_code(act, EXERCISE_PREFIX if exercise else PREFIX),
        exercise=exercise,
        incident_id=incident.id if incident else None,
        chain=incident.code if incident else OFFICE_CHAIN,
        kind=told.kind.value,
        outlet=told.outlet,
        email=told.email,
        language=told.language.value,
        subject=told.subject,
        question=told.question or "",
        link=told.link,
        received_at=told.received_at,
        recorded_at=act.now,
        recorded_by=act.actor.id,
        status=RequestStatus.OPEN.value,
    )
    act.session.add(row)
    await act.session.flush()
    facts = {"received_at": instant(row.received_at)}
    await note(act, row, Action.REQUEST_RECEIVED, facts)
    return row


async def join(act: Act, row: PressRequest, incident: Incident) -> None:
    """Say which incident a request belongs to; both chains tell it. Raises RuleBroken."""
    if row.incident_id is not None:
        raise RuleBroken(
            words(
                "Yêu cầu này đã gắn với một vụ việc.",
                "This request belongs to an incident already.",
            ),
            rule="request",
        )
    row.incident_id = incident.id
    await act.session.flush()
    data = {"request": row.id, "incident": incident.id}
    await act.note(row.chain, Action.REQUEST_JOINED, data)
    await act.note(incident.code, Action.REQUEST_JOINED, data)


async def settle(
    act: Act, row: PressRequest, status: RequestStatus, facts: Mapping[str, object], *, at: datetime
) -> None:
    """The request is answered or refused at `at`; `facts` go into the ledger."""
    row.status, row.settled_at, row.settled_by = status.value, at, act.actor.id
    await act.session.flush()
    action = {
        RequestStatus.ANSWERED: Action.REQUEST_ANSWERED,
        RequestStatus.REFUSED: Action.REQUEST_REFUSED,
    }[status]
    await note(act, row, action, {**facts, "settled_at": instant(at)})


async def note(act: Act, row: PressRequest, action: Action, facts: Mapping[str, object]) -> None:
    """Tell in the request's chain what happened, with the facts that the annual report counts."""
    same = {
        "request": row.id,
        "kind": row.kind,
        "incident": row.incident_id,
        "exercise": row.exercise,
    }
    await act.note(row.chain, action, {**same, **facts})


async def by_code(session: AsyncSession, code: str) -> PressRequest:
    """The request with this code. Raises NotFound."""
    row = await session.scalar(
        select(PressRequest).where(PressRequest.code == code.strip().upper())
    )
    if row is None or await viewing.hides(session, row.incident_id):
        raise NotFound(
            words(
                f"Không có yêu cầu của báo chí mã {code}.",
                f"There is no press request with code {code}.",
            )
        )
    return row


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[Line]:
    """The requests of an incident, the earliest received first."""
    rows = await session.scalars(
        select(PressRequest)
        .where(PressRequest.incident_id == incident_id)
        .order_by(PressRequest.received_at, PressRequest.id)
    )
    return await _with_clocks(session, list(rows))


async def open_lines(session: AsyncSession) -> Sequence[Line]:
    """Every open request, the one whose clock runs out first at the top."""
    rows = await session.scalars(
        select(PressRequest).where(_open()).order_by(PressRequest.received_at, PressRequest.id)
    )
    found = await _with_clocks(session, list(rows))
    return sorted(
        found, key=lambda line: line.clock.due_at if line.clock else line.request.received_at
    )


async def settled_page(session: AsyncSession, page: int) -> tuple[Sequence[Line], bool]:
    """One page (from 1) of settled requests, the newest first, and whether there are more."""
    rows = list(
        await session.scalars(
            select(PressRequest)
            .where(~_open())
            .order_by(PressRequest.settled_at.desc(), PressRequest.id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        )
    )
    return await _with_clocks(session, rows[:PAGE]), len(rows) > PAGE


async def is_asked(session: AsyncSession, incident_id: str) -> bool:
    """Whether an outlet still waits for an answer in this incident."""
    number = await session.scalar(
        select(func.count())
        .select_from(PressRequest)
        .where(PressRequest.incident_id == incident_id, _open())
    )
    return bool(number)


def _open() -> ColumnElement[bool]:
    return PressRequest.status == RequestStatus.OPEN.value


async def _with_clocks(session: AsyncSession, rows: Sequence[PressRequest]) -> list[Line]:
    """Each request with its earliest clock; a legal one goes before the office's own target."""
    clocks = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.subject_id.in_([row.id for row in rows]))
        .order_by(DeadlineRow.legal, DeadlineRow.due_at.desc())
    )
    found = {clock.subject_id: clock for clock in clocks}
    return [Line(request=row, clock=found.get(row.id)) for row in rows]
