"""A seeded office on each engine, with a real mail server; the tasks' own composition point."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pytest

from crisis.model.canonical import moment
from crisis.office.office import Office
from crisis.records.migrate import migrate
from crisis.settings import Settings, settings
from desk.parts.mail_folder import MailFolder
from desk.parts.mail_sink import MailSink, SinkServer
from desk.parts.setup import INVENTED_NEWSROOMS, Credentials, Plan, set_up
from tasks.office import office as composed

HOME = Path(__file__).parents[2]
START = "2025-10-20T01:00:00.000000Z"
SECRET = "for-tests-only-" * 4
SEEDED = "phatngon_seeded"


class Cluster(Protocol):
    """What these fixtures use of the PostgreSQL server of the tests."""

    def url(self, database: str) -> str: ...
    async def run(self, statement: str) -> None: ...


@dataclass(kw_only=True)
class House:
    """The office under test, its people, and the mail server that it sends by."""

    office: Office
    people: dict[str, Credentials]
    folder: MailFolder
    sink: MailSink
    var: Path


async def _seed(told: Settings) -> dict[str, Credentials]:
    """Set up the office with invented people who hold their rights from July 2025 on."""
    plan = Plan(
        contacts=HOME / "examples" / "contacts.yaml",
        clock=moment(START),
        rate=0,
        newsrooms=INVENTED_NEWSROOMS,
        announced=True,
        authority_from=moment("2025-07-01T00:00:00.000000Z"),
    )
    ready = await set_up(told, plan)
    if ready.office.records.database.sqlite:
        async with ready.office.records.database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await ready.office.records.close()
    return {one.id: one for one in ready.made}


def _settings(var: Path, database_url: str = "") -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        installation="exercise",
        var=var,
        database_url=database_url,
        secret_key=SECRET,  # type: ignore[arg-type]
        playbooks=HOME / "playbooks",
        templates=HOME / "templates",
    )


@dataclass(frozen=True, kw_only=True)
class Database:
    """The address of a seeded database, and the people in it."""

    people: dict[str, Credentials]
    url: str


@pytest.fixture(scope="session")
def seeded_sqlite(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, Credentials], Path]:
    """A seeded SQLite file to copy, and the people in it."""
    var = tmp_path_factory.mktemp("seeded")
    return asyncio.run(_seed(_settings(var))), var / "records.db"


@pytest.fixture(scope="session")
def seeded_postgresql(
    postgresql_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Credentials]:
    """A seeded PostgreSQL database to make others from; the people in it."""
    url = postgresql_cluster.url(SEEDED)

    async def make() -> dict[str, Credentials]:
        await postgresql_cluster.run(f"CREATE DATABASE {SEEDED}")
        await migrate(url)
        return await _seed(_settings(tmp_path_factory.mktemp("seeded"), url))

    return asyncio.run(make())


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture(scope="session")
def read_once() -> dict[tuple[str, str], Any]:
    """Content that was parsed and templates that were compiled, by the hash of their bytes.

    A process of the office reads them once in its life; so do these tests.
    """
    return {}


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """Where the office of one test keeps its files."""
    folder = tmp_path / "var"
    folder.mkdir()
    return folder


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest, var: Path) -> Iterator[Database]:
    """A seeded database of one test."""
    if engine == "sqlite":
        people, file = request.getfixturevalue("seeded_sqlite")
        shutil.copy(file, var / "records.db")
        yield Database(people=people, url=f"sqlite+aiosqlite:///{var / 'records.db'}")
        return
    people = request.getfixturevalue("seeded_postgresql")
    cluster: Cluster = request.getfixturevalue("postgresql_cluster")
    name = f"s_{uuid4().hex}"
    asyncio.run(cluster.run(f"CREATE DATABASE {name} TEMPLATE {SEEDED}"))
    yield Database(people=people, url=cluster.url(name))
    asyncio.run(cluster.run(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def house(
    database: Database,
    var: Path,
    read_once: dict[tuple[str, str], Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    unused_tcp_port_factory: Callable[[], int],
) -> AsyncIterator[House]:
    """The office of one test, on one engine, made by the tasks' composition point."""
    smtp_port = unused_tcp_port_factory()
    environment = {
        "INSTALLATION": "exercise",
        "VAR": str(var),
        "DATABASE_URL": database.url,
        "SECRET_KEY": SECRET,
        "PLAYBOOKS": str(HOME / "playbooks"),
        "TEMPLATES": str(HOME / "templates"),
        "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "OUTWARD_NETWORKS": "loopback",
        "PUBLIC_URL": f"http://127.0.0.1:{unused_tcp_port_factory()}",
        "OFFICE_PHONE": "0232 000 000",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"PHATNGON_{name}", value)
    settings.cache_clear()
    office = composed()
    vars(office)["_read"] = read_once
    folder = MailFolder(tmp_path / "mail")
    clock = await office.records.clock()
    sink = MailSink(folder, now=clock.real_now, faults=True)
    async with SinkServer(sink, port=smtp_port):
        yield House(office=office, people=database.people, folder=folder, sink=sink, var=var)
    await office.records.close()
    settings.cache_clear()
