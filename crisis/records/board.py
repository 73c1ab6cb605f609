"""The board: incidents by the clock that runs out first, filtered, in pages by key."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import Stage
from crisis.model.severity import Severity
from crisis.records.board_search import matching
from crisis.records.deadline import MISSED, RUNNING
from crisis.records.schema.base import Instant
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.incident import Incident, has_ended, runs

PAGE = 50
COUNTED = 1000
"""Of each stage no more are counted: what a page costs does not grow with the years."""


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
    """How many incidents there are of each stage, counted up to `COUNTED`."""

    of: dict[Stage, int] = field(default_factory=dict)

    def among(self, stages: Collection[Stage]) -> str:
        """How many there are of `stages` together, as it is shown: `37`, or `1000+`."""
        numbers = [self.of.get(stage, 0) for stage in stages]
        return f"{sum(numbers)}+" if COUNTED in numbers else str(sum(numbers))


async def page(session: AsyncSession, wanted: Wanted) -> Page:
    """One page of the board. Running incidents by their earliest due clock, ended ones newest."""
    query = _ordered(wanted)
    if wanted.text.strip():
        found = await matching(session, wanted.text, _filters(wanted), ended=wanted.ended)
        query = query.where(Incident.id.in_(found))
    rows = (await session.execute(query.limit(PAGE + 1))).all()
    clocks = await _clocks(session, [row[0].id for row in rows[:PAGE]])
    lines = tuple(
        Line(incident=row, clocks=tuple(clocks[row.id]), place=(at, row.id))
        for row, at in rows[:PAGE]
    )
    return Page(lines=lines, after=lines[-1].place if len(rows) > PAGE else None)


async def counts(session: AsyncSession) -> Counts:
    """How many incidents there are of each stage, each counted no further than `COUNTED`."""
    several = [
        select(Incident.stage.label("stage"))
        .where(Incident.stage == stage.value)
        .limit(COUNTED)
        .subquery()
        for stage in Stage
    ]
    parts = [select(one.c.stage, func.count()).group_by(one.c.stage) for one in several]
    rows = await session.execute(union_all(*parts))
    return Counts(of={Stage(stage): number for stage, number in rows})


def _ordered(wanted: Wanted) -> Select[Any]:
    column = Incident.stage_since if wanted.ended else Incident.clock_at
    place: ColumnElement[datetime] = column.expression
    key: ColumnElement[str] = Incident.id.expression
    order = (place.desc(), key.desc()) if wanted.ended else (place, key)
    query = select(Incident, place).order_by(*order).where(*_filters(wanted))
    if wanted.after is None:
        return query
    at, last = wanted.after
    here, there = tuple_(place, key), tuple_(literal(at, Instant()), literal(last, key.type))
    return query.where(here < there if wanted.ended else here > there)


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = [has_ended() if wanted.ended else runs()]
    if wanted.stage is not None:
        asked = [Incident.stage == wanted.stage.value]
    if wanted.severity is not None:
        asked.append(Incident.severity == wanted.severity.value)
    return asked


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
