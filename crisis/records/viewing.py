"""Restricted incidents in the records: kept from everybody whom `may_see` does not name.

A request of the desk says once who looks (`looking`). From then on whatever a session for reading
selects is free of incidents that are not for these eyes, and of every row that belongs to one:
lists, counts, searches and feeds cannot forget to ask. The office's own work (flows, tasks, the
command line) looks as nobody in particular and sees everything.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from crisis.model.viewing import Circle, Viewer, may_see
from crisis.records.schema.base import Base
from crisis.records.schema.incident import Incident, IncidentViewer
from crisis.records.schema.person import User
from crisis.records.schema.statement import ApprovalRow

_VIEWER: ContextVar[Viewer | None] = ContextVar("viewer", default=None)
_HIDDEN = "hidden incidents"


def looking(viewer: Viewer) -> None:
    """From here on in this request `viewer` looks."""
    _VIEWER.set(viewer)


@contextmanager
def fresh_eyes() -> Iterator[None]:
    """One request: who looked in it is forgotten after it."""
    before = _VIEWER.set(None)
    try:
        yield
    finally:
        _VIEWER.reset(before)


async def circles(session: AsyncSession) -> dict[str, Circle]:
    """Every restricted incident by its id, with the people who may see it."""
    people: dict[str, set[str]] = defaultdict(set)
    rows = select(Incident.id, Incident.coordinator_id).where(Incident.restricted.is_(True))
    for incident_id, coordinator in await session.execute(rows):
        people[incident_id] |= {coordinator} if coordinator else set()
    if not people:
        return {}
    for table, person in (
        (IncidentViewer, IncidentViewer.user_id),
        (ApprovalRow, ApprovalRow.person_id),
    ):
        named = select(table.incident_id, person).where(table.incident_id.in_(people))
        for incident_id, one in await session.execute(named):
            people[incident_id].add(one)
    return {key: Circle(restricted=True, people=frozenset(ids)) for key, ids in people.items()}


async def veil(session: AsyncSession) -> None:
    """Keep from this session what the viewer of this request may not see."""
    viewer = _VIEWER.get()
    if viewer is None:
        return
    found = await circles(session)
    session.sync_session.info[_HIDDEN] = [
        key for key, circle in found.items() if not may_see(viewer, circle)
    ]


async def is_hidden(session: AsyncSession, row: Incident) -> bool:
    """Whether the viewer of this request may not know of `row`."""
    viewer = _VIEWER.get()
    if viewer is None or not row.restricted:
        return False
    return not may_see(viewer, (await circles(session))[row.id])


async def hides(session: AsyncSession, incident_id: str | None) -> bool:
    """Whether the viewer of this request may not know of that incident."""
    if _VIEWER.get() is None or incident_id is None:
        return False
    row = await session.get(Incident, incident_id)
    return row is None or await is_hidden(session, row)


def keeps_back(session: AsyncSession) -> bool:
    """Whether there is anything that this session keeps from its viewer."""
    return bool(session.sync_session.info.get(_HIDDEN))


async def among(session: AsyncSession, row: Incident, people: Iterable[User]) -> list[User]:
    """Those of `people` who may be told of it: of a restricted one who acts or is named."""
    if not row.restricted:
        return list(people)
    circle = (await circles(session))[row.id]
    return [one for one in people if one.id in circle.people]


async def name(session: AsyncSession, incident_id: str, people: Collection[str]) -> None:
    """Set the named people of a restricted incident."""
    known = select(IncidentViewer).where(IncidentViewer.incident_id == incident_id)
    for row in await session.scalars(known):
        await session.delete(row)
    await session.flush()
    session.add_all(IncidentViewer(incident_id=incident_id, user_id=one) for one in sorted(people))
    await session.flush()


async def named(session: AsyncSession, incident_id: str) -> frozenset[str]:
    """The named people of an incident."""
    known = select(IncidentViewer.user_id).where(IncidentViewer.incident_id == incident_id)
    return frozenset(await session.scalars(known))


@event.listens_for(Session, "do_orm_execute")
def _keep_back(state: ORMExecuteState) -> None:
    hidden: list[str] = state.session.info.get(_HIDDEN, [])
    if hidden and state.is_select:
        state.statement = state.statement.options(*_criteria(hidden))


def _criteria(hidden: list[str]) -> Iterable[Any]:
    yield with_loader_criteria(Incident, Incident.id.not_in(hidden), include_aliases=True)
    for mapper in Base.registry.mappers:
        column = mapper.columns.get("incident_id")
        if column is not None:
            free = column.is_(None) | column.not_in(hidden)
            yield with_loader_criteria(mapper.class_, free, include_aliases=True)
