"""Lists of stories: what waits for a person, what was printed lately, what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import Stage
from crisis.model.spelling import unmarked
from crisis.records.schema.incident import Incident
from crisis.records.schema.story import PressStory

PAGE = 30
LOOKED_THROUGH = 30_000
"""So many of the newest stories a search goes through: more than three days of all papers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which stories: alerting (the gravest in front) or all (the newest in front), of these states
    (`unseen`: also those that opened a candidate by themselves, as long as nobody decided on it),
    behind the place `before`: gravity, last seen and id of a story.
    """

    alerts: bool = True
    states: tuple[str, ...] = ("new",)
    unseen: bool = False
    before: tuple[int, datetime, str] | None = None
    limit: int = PAGE


async def page(session: AsyncSession, wanted: Wanted) -> Sequence[PressStory]:
    """Stories as wanted, in their order; one more than the limit where there are more."""
    states = PressStory.state.in_(wanted.states)
    asked = [or_(states, _unseen()) if wanted.unseen else states, PressStory.items > 0]
    place = [PressStory.severity, PressStory.last_at, PressStory.id][0 if wanted.alerts else 1 :]
    if wanted.alerts:
        asked.append(PressStory.alert.is_(True))
    if wanted.before is not None:
        asked.append(tuple_(*place) < wanted.before[-len(place) :])
    order = [column.desc() for column in place]
    rows = await session.scalars(
        select(PressStory).where(*asked).order_by(*order).limit(wanted.limit + 1)
    )
    return rows.all()


async def titled(session: AsyncSession, asked: str, limit: int) -> Sequence[PressStory]:
    """The newest stories whose titles have all words of `asked`, with or without their marks; or
    the one whose id or address it is.
    """
    wanted = unmarked(asked).lower().split()
    named = asked.strip().rstrip("/").rpartition("/")[2]
    rows = await session.execute(
        select(PressStory.id, PressStory.title)
        .where(PressStory.state != "merged", PressStory.items > 0)
        .order_by(PressStory.last_at.desc(), PressStory.id.desc())
        .limit(LOOKED_THROUGH)
    )
    found = [key for key, title in rows if key == named or _has(unmarked(title).lower(), wanted)][
        :limit
    ]
    stories = await session.scalars(select(PressStory).where(PressStory.id.in_(found)))
    return sorted(stories, key=lambda one: found.index(one.id))


def _has(title: str, wanted: Sequence[str]) -> bool:
    return bool(wanted) and all(word in title for word in wanted)


def _unseen() -> ColumnElement[bool]:
    """The stories that opened a candidate by themselves which nobody has decided on."""
    waiting = select(Incident.id).where(Incident.stage == Stage.CANDIDATE.value)
    return and_(
        PressStory.state == "opened",
        PressStory.state_by.is_(None),
        PressStory.incident_id.in_(waiting),
    )
