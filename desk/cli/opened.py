"""The office that a command works on: opened, used, closed."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from crisis.model.errors import Misconfigured, NotAllowed, NotFound
from crisis.model.ledger import Actor, ActorKind
from crisis.model.role import Role
from crisis.model.words import Words, words
from crisis.office.office import Office, open_office
from crisis.records import person
from crisis.records.act import Act
from crisis.records.migrate import is_current
from crisis.records.schema.person import User
from crisis.settings import Settings, settings
from desk.parts.setup import Plan, set_up

OPERATOR = Actor(kind=ActorKind.OPERATOR.value, id="cli")

Value = TypeVar("Value")


def work(coming: Coroutine[Any, Any, Value]) -> Value:
    """Run one command's work to its end."""
    return asyncio.run(coming)


@asynccontextmanager
async def opened(*, begin: bool = True) -> AsyncIterator[Office]:
    """The office of this configuration; embedded records that are missing are set up.

    Raises Misconfigured where a database of its own has not been migrated, and, without `begin`,
    where there is no office yet: whoever only asks must not found one by asking.
    """
    here = settings()
    if not begin and not here.database_url and not here.records_file.exists():
        raise Misconfigured(_none_yet(here), setting="PHATNGON_VAR")
    office = open_office(here)
    try:
        if not await is_current(here.records_url):
            if here.database_url:
                raise Misconfigured(_NOT_MIGRATED, setting="PHATNGON_DATABASE_URL")
            await (await set_up(here, Plan())).office.records.close()
        yield office
    finally:
        await office.records.close()


async def user_of(office: Office, email: str) -> User:
    """The user with this address. Raises NotFound."""
    async with office.records.look() as session:
        found = await person.by_email(session, email)
    if found is None:
        raise NotFound(
            words(f"Không có người dùng {email}.", f"There is no user with the address {email}.")
        )
    return found


@asynccontextmanager
async def changing(email: str) -> AsyncIterator[tuple[Office, Act, User]]:
    """An act of the operator on the person with this address. Raises NotFound."""
    async with opened() as office:
        user = await user_of(office, email)
        async with office.records.act(OPERATOR) as act:
            yield office, act, user


async def coordinator(office: Office, email: str) -> Actor:
    """The coordinator with this address as an actor. Raises NotFound, NotAllowed."""
    user = await user_of(office, email)
    if not user.active or not {Role.COORDINATOR.value, Role.ADMIN.value} & set(user.roles):
        raise NotAllowed(
            words(f"{email} không phải điều phối viên.", f"{email} is no coordinator.")
        )
    return Actor(kind=ActorKind.USER.value, id=user.id)


def _none_yet(here: Settings) -> Words:
    """There is nothing here; where `up --exercise` has left an exercise, that it lies there."""
    place = here.records_file
    exercise = place.parent / "exercise"
    if (exercise / place.name).exists():
        return words(
            f"{here.var} chưa có dữ liệu; diễn tập nằm ở {exercise}: hãy đặt "
            f"PHATNGON_VAR={exercise} PHATNGON_INSTALLATION=exercise.",
            f"{here.var} holds no records; the exercise lies in {exercise}: set "
            f"PHATNGON_VAR={exercise} PHATNGON_INSTALLATION=exercise.",
        )
    return words(
        f"{here.var} chưa có dữ liệu: hãy chạy `phatngon up`, hoặc đặt PHATNGON_VAR là nơi lưu.",
        f"{here.var} holds no records: run `phatngon up`, or set PHATNGON_VAR to where they are.",
    )


_NOT_MIGRATED = words(
    "Cơ sở dữ liệu chưa ở phiên bản mới nhất; hãy chạy `phatngon migrate`.",
    "The database is not at the newest revision; run `phatngon migrate`.",
)
