"""A real database for every test that asks for one: SQLite, and a PostgreSQL cluster of our own.

`records` gives each test a fresh, migrated `Records`, once per engine; `sqlite_records` and
`postgresql_records` one of them; the `…_url` fixtures give the address, for tests that start
processes. PostgreSQL comes from Debian's package: one cluster per test process, on a socket in a
private folder, ended with the process even if that is killed.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from crisis.records.act import Records
from crisis.records.migrate import migrate

OWNER = "phatngon"
TEMPLATE = "phatngon_template"
WANTED = "PostgreSQL is missing: apt-get install postgresql (its server, not only the client)"
# Ends the server when our end of the pipe closes, which the kernel does for us even on kill -9.
GUARDED = """
folder=$1; shift
"$@" & server=$!
read -r _
kill -INT "$server"; wait "$server"; rm -rf "$folder"
"""
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """A running PostgreSQL with a migrated template, reached by the socket in `folder`."""

    folder: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy address of `database`."""
        return f"postgresql+asyncpg://{OWNER}@/{database}?host={self.folder}"

    async def run(self, statement: str) -> None:
        """Execute one statement outside of a transaction."""
        connection = await asyncpg.connect(host=str(self.folder), user=OWNER, database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """The address of a new database made from the template, dropped afterwards."""
        name = f"t_{uuid4().hex}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        try:
            yield self.url(name)
        finally:
            await self.run(f"DROP DATABASE {name} WITH (FORCE)")


def _binary(name: str) -> str:
    """The newest installed server's `name`; without one the test is skipped, in CI it fails."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    on_path = shutil.which(name)
    if not found and on_path is None:
        _miss(WANTED)
    return str(found[-1]) if found else str(on_path)


def _version(binary: Path) -> int:
    return int(binary.parent.parent.name)


def _miss(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def _unprivileged() -> dict[str, str | int]:
    """As whom to run the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        _miss("running as root, PostgreSQL needs the user `postgres` that its package makes")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [user.pw_gid]}


async def _wait_until_up(cluster: Cluster) -> None:
    for _ in range(600):
        try:
            await cluster.run("SELECT 1")
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {(cluster.folder / 'log').read_text()}")


async def _prepare(cluster: Cluster) -> None:
    await _wait_until_up(cluster)
    await cluster.run(f"CREATE DATABASE {TEMPLATE}")
    await migrate(cluster.url(TEMPLATE))


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for the tests of this process."""
    initdb, server, who = _binary("initdb"), _binary("postgres"), _unprivileged()
    # Not in pytest's own folder: that one belongs to root and others may not enter it.
    folder = Path(tempfile.mkdtemp(prefix="pn-pg-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data = str(folder / "data")
    made = [initdb, "--no-sync", "-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C", "-D", data]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **who)
    command = [server, "-D", data, "-k", str(folder), *FAST.split()]
    with (folder / "log").open("wb") as log:
        guarded = subprocess.Popen(
            ["sh", "-c", GUARDED, "sh", str(folder), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            **who,
        )
    cluster = Cluster(folder=folder)
    try:
        asyncio.run(_prepare(cluster))
        yield cluster
    finally:
        guarded.communicate(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite file."""
    file = tmp_path / "records.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def postgresql_url(postgresql_cluster: Cluster) -> AsyncIterator[str]:
    """The address of a fresh, migrated PostgreSQL database."""
    async with postgresql_cluster.fresh() as url:
        yield url


@pytest.fixture
async def empty_postgresql_url(postgresql_cluster: Cluster) -> AsyncIterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    name = f"e_{uuid4().hex}"
    await postgresql_cluster.run(f"CREATE DATABASE {name}")
    yield postgresql_cluster.url(name)
    await postgresql_cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def records_url(request: pytest.FixtureRequest) -> str:
    """The address of fresh, migrated records, once per engine."""
    return request.getfixturevalue(f"{request.param}_url")


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Records]:
    records = Records(url)
    try:
        yield records
    finally:
        await records.close()


@pytest.fixture
async def records(records_url: str) -> AsyncIterator[Records]:
    """Fresh, migrated records, once per engine."""
    async with _opened(records_url) as opened:
        yield opened


@pytest.fixture
async def sqlite_records(sqlite_url: str) -> AsyncIterator[Records]:
    """Fresh, migrated records on SQLite."""
    async with _opened(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def postgresql_records(postgresql_url: str) -> AsyncIterator[Records]:
    """Fresh, migrated records on PostgreSQL."""
    async with _opened(postgresql_url) as opened:
        yield opened
