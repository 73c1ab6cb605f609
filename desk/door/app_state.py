"""What every request of the desk finds: the office, the words, the templates."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request
from jinja2 import Environment

from crisis.model.words import Language
from crisis.office.office import Office
from crisis.records.act import SYSTEM, Act, clock_of
from desk.door.language import Speech


@dataclass(frozen=True, kw_only=True, slots=True)
class AppState:
    """The desk of one process; `assets` names the version of the static files."""

    office: Office
    speeches: dict[Language, Speech]
    templates: Environment
    assets: str


def state_of(request: Request) -> AppState:
    """The state of the application that serves `request`."""
    state: AppState = request.app.state.desk
    return state


def office_of(request: Request) -> Office:
    """The office that this desk belongs to."""
    return state_of(request).office


@asynccontextmanager
async def reading(office: Office) -> AsyncIterator[Act]:
    """An act that only reads: what functions that take an act see, without a writer's lock.

    Whatever it would write is undone at the end.
    """
    async with office.records.look() as session:
        clock = await clock_of(session)
        yield Act(session=session, actor=SYSTEM, now=clock.now(), real=clock.real_now())
        # What was read stays readable after the rollback only if the session lets go of it.
        session.expunge_all()
        await session.rollback()
