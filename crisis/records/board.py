"""The board: incidents by the clock that runs out first, filtered, in pages by key."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import ENDED, Stage
from crisis.model.severity import Severity
from crisis.model.spelling import folded, matches
from crisis.records.deadline import MISSED, RUNNING
from crisis.records.schema.base import Instant
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident, Report

PAGE = 50
MATCHES = 500
"""A search looks no further than its newest so many matches."""

FAR = datetime(9000, 1, 1, tzinfo=UTC)
"""Where no clock runs, an incident stands behind those where one does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which incidents: `ended` or running ones, of these stages and severities, with these words.

    `after` is the place (`Line.place`) behind which the page begins.
    """

    ended: bool = False
    stage: Stage | None = None
    severity: Severity | None = None
    text: str = ""
    after: tuple[datetime, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One incident on the board with its open clocks, the earliest due first."""

    incident: Incident
    clocks: tuple[DeadlineRow, ...]
    place: tuple[datetime, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of the board; `after` is where the next one begins, None on the last."""

    lines: tuple[Line, ...]
    after: tuple[datetime, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many incidents there are of each stage."""

    of: dict[Stage, int] = field(default_factory=dict)

    def among(self, stages: Collection[Stage]) -> int:
        """How many there are of `stages` together."""
        return sum(self.of.get(stage, 0) for stage in stages)


async def page(session: AsyncSession, wanted: Wanted) -> Page:
    """One page of the board. Running incidents by their earliest due clock, ended ones newest."""
    found = await _matching(session, wanted) if wanted.text.strip() else None
    query = _ordered(wanted)
    if found is not None:
        query = query.where(Incident.id.in_(found))
    rows = (await session.execute(query.limit(PAGE + 1))).all()
    clocks = await _clocks(session, [row[0].id for row in rows[:PAGE]])
    lines = tuple(
        Line(incident=row, clocks=tuple(clocks[row.id]), place=(at, row.id))
        for row, at in rows[:PAGE]
    )
    return Page(lines=lines, after=lines[-1].place if len(rows) > PAGE else None)


async def counts(session: AsyncSession) -> Counts:
    """How many incidents there are of each stage."""
    rows = await session.execute(select(Incident.stage, func.count()).group_by(Incident.stage))
    return Counts(of={Stage(stage): number for stage, number in rows})


def _ordered(wanted: Wanted) -> Select[Any]:
    if wanted.ended:
        place: ColumnElement[datetime] = Incident.stage_since.expression
        query = select(Incident, place).order_by(place.desc(), Incident.id.desc())
    else:
        due = (
            select(DeadlineRow.incident_id, func.min(DeadlineRow.due_at).label("due_at"))
            .where(DeadlineRow.state.in_((RUNNING, MISSED)))
            .group_by(DeadlineRow.incident_id)
            .subquery()
        )
        place = func.coalesce(due.c.due_at, literal(FAR, Instant()), type_=Instant())
        query = (
            select(Incident, place)
            .outerjoin(due, due.c.incident_id == Incident.id)
            .order_by(place, Incident.id)
        )
    return query.where(*_filters(wanted), *_behind(wanted, place))


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    ended = [stage.value for stage in ENDED]
    asked: list[ColumnElement[bool]] = [
        Incident.stage.in_(ended) if wanted.ended else Incident.stage.not_in(ended)
    ]
    if wanted.stage is not None:
        asked = [Incident.stage == wanted.stage.value]
    if wanted.severity is not None:
        asked.append(Incident.severity == wanted.severity.value)
    return asked


def _behind(wanted: Wanted, place: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    if wanted.after is None:
        return []
    at, key = literal(wanted.after[0], Instant()), wanted.after[1]
    if wanted.ended:
        return [or_(place < at, (place == at) & (Incident.id < key))]
    return [or_(place > at, (place == at) & (Incident.id > key))]


async def _matching(session: AsyncSession, wanted: Wanted) -> list[str]:
    """Ids of incidents whose code, title or reports have every word, marks and case aside.

    Neither engine folds Vietnamese letters by itself, so titles are compared here.
    """
    told = select(Incident.id, Incident.code, Incident.title, Incident.title_en)
    rows = await session.execute(told.where(*_filters(wanted)).order_by(Incident.opened_at.desc()))
    text = wanted.text
    found = [row.id for row in rows if matches(text, f"{row.code} {row.title} {row.title_en}")]
    by_report = await session.scalars(
        select(Report.incident_id)
        .where(*(Report.title_key.contains(w, autoescape=True) for w in folded(text).split()))
        .order_by(Report.received_at.desc())
        .limit(MATCHES)
    )
    return list(dict.fromkeys([*found[:MATCHES], *by_report]))


async def _clocks(
    session: AsyncSession, incidents: Sequence[str]
) -> defaultdict[str, list[DeadlineRow]]:
    rows = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.incident_id.in_(incidents), DeadlineRow.state.in_((RUNNING, MISSED)))
        .order_by(DeadlineRow.due_at, DeadlineRow.id)
    )
    found: defaultdict[str, list[DeadlineRow]] = defaultdict(list)
    for row in rows:
        if row.incident_id is not None:
            found[row.incident_id].append(row)
    return found
