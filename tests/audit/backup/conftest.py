"""An office with a signed ledger and kept files, and an empty installation of the same secret."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crisis.audit.backing_up import back_up
from crisis.clock import Clock
from crisis.model.action import Action
from crisis.office.office import Office, open_office
from crisis.records import blob, checkpoint, ledger
from crisis.records.act import OFFICE_CHAIN
from crisis.settings import Settings

SECRET = "for-tests-only-" * 4
KEPT = "Sân trường thôn Đông, ảnh hiện trường".encode()


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The office that is backed up, where it shall go, and the backup."""

    office: Office
    elsewhere: Settings
    file: Path

    async def heads(self, settings: Settings) -> object:
        """The heads of all chains in the records of `settings`."""
        there = open_office(settings)
        try:
            async with there.records.look() as session:
                return await ledger.chains(session)
        finally:
            await there.records.close()


def at(url: str, var: Path) -> Settings:
    """Settings of an installation on the records at `url`."""
    return Settings.model_validate({"var": var, "database_url": url, "secret_key": SECRET})


async def fill(office: Office) -> None:
    """Two checkpoints, entries before and after, and bytes in the store."""
    for _ in range(2):
        async with office.records.act() as act:
            await blob.keep(act, KEPT, "text/plain")
            await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_BACK, {})
            await checkpoint.sign_now(act, office.seal)
    async with office.records.act() as act:
        await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_BACK, {})


@pytest.fixture
def elsewhere_url(request: pytest.FixtureRequest, records_url: str, tmp_path: Path) -> str:
    """Where nothing is yet, on the engine of `records_url`."""
    if records_url.startswith("sqlite"):
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'records.db'}"
    return str(request.getfixturevalue("empty_postgresql_url"))


@pytest.fixture
def other_url(request: pytest.FixtureRequest, records_url: str, tmp_path: Path) -> str:
    """Where nothing is yet, on the other engine."""
    if not records_url.startswith("sqlite"):
        return f"sqlite+aiosqlite:///{tmp_path / 'other' / 'records.db'}"
    return str(request.getfixturevalue("empty_postgresql_url"))


@pytest.fixture
async def moved(records_url: str, elsewhere_url: str, tmp_path: Path) -> AsyncIterator[Moved]:
    """An office with its backup, once per engine."""
    office = open_office(at(records_url, tmp_path / "var"))
    await fill(office)
    file = tmp_path / "backup.zip"
    await back_up(office, file, Clock.real())
    yield Moved(office=office, elsewhere=at(elsewhere_url, tmp_path / "new"), file=file)
    await office.records.close()
