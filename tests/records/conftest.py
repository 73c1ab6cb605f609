"""People and secrets that the tests of the records share."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from crisis.model.role import Role
from crisis.records import ledger
from crisis.records.act import OFFICE_CHAIN, Records
from crisis.records.password import new_password
from crisis.records.person import NewUser, add_user
from crisis.records.schema.person import User
from crisis.records.seal import Seal

PASSWORD = "mưa xong là nước đọng"


@pytest.fixture
def seal() -> Seal:
    return Seal(secret=b"a secret of the tests, long enough")


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def add(records: Records) -> Callable[..., Awaitable[User]]:
    """Adds a person who has `PASSWORD`: `await add("an@quangtri.example", Role.APPROVER)`."""

    async def add_one(email: str = "an@quangtri.example", *roles: Role, **told: Any) -> User:
        said = told.pop("password", PASSWORD)
        new = NewUser(
            email=email,
            name=told.pop("name", "Nguyễn Văn An"),
            title="Chuyên viên",
            roles=roles or (Role.COORDINATOR,),
            password=said and await new_password(said, email),
            **told,
        )
        async with records.act() as act:
            return await add_user(act, new)

    return add_one


@pytest.fixture
def office_entries(records: Records) -> Callable[[], Awaitable[list[dict[str, Any]]]]:
    """What the office's chain says so far."""

    async def read() -> list[dict[str, Any]]:
        async with records.look() as session:
            return list(await ledger.entries(session, OFFICE_CHAIN))

    return read
