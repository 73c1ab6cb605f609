"""The office that a command works on: opened, used, closed."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from crisis.model.errors import Misconfigured, NotAllowed, NotFound
from crisis.model.ledger import Actor, ActorKind
from crisis.model.role import Role
from crisis.model.words import words
from crisis.office.office import Office, open_office
from crisis.records import person
from crisis.records.act import Act
from crisis.records.migrate import is_current
from crisis.records.schema.person import User
from crisis.settings import settings
from desk.parts.setup import Plan, set_up

OPERATOR = Actor(kind=ActorKind.OPERATOR.value, id="cli")

Value = TypeVar("Value")


def work(coming: Coroutine[Any, Any, Value]) -> Value:
    """Run one command's work to its end."""
    return asyncio.run(coming)


@asynccontextmanager
async def opened() -> AsyncIterator[Office]:
    """The office of this configuration; embedded records are set up where they are missing.

    Raises Misconfigured where a database of its own has not been migrated.
    """
    here = settings()
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


_NOT_MIGRATED = words(
    "Cơ sở dữ liệu chưa ở phiên bản mới nhất; hãy chạy `phatngon migrate`.",
    "The database is not at the newest revision; run `phatngon migrate`.",
)
