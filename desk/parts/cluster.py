"""A PostgreSQL server of one's own, from the installed package, in a folder of its own."""

import asyncio
import os
import pwd
import secrets
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from crisis.model.errors import OutsideFailure
from crisis.model.words import words

OWNER = "phatngon"
UP_SECONDS = 60.0


@dataclass(kw_only=True)
class Cluster:
    """The server in `folder`, reached by a socket there; `who` are the rights it runs with."""

    folder: Path
    who: dict[str, int]
    _server: asyncio.subprocess.Process | None = field(default=None)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of `database`."""
        return f"postgresql+asyncpg://{OWNER}@/{database}?host={self.folder}"

    async def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = ("-c", "listen_addresses=", "-c", "max_connections=200")
        with (self.folder / "log").open("ab") as log:
            self._server = await asyncio.create_subprocess_exec(
                *(_binary("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)),
                *settings,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self.who,  # type: ignore[arg-type]
            )
        async with asyncio.timeout(UP_SECONDS):
            while not await self._answers():
                await asyncio.sleep(0.05)

    async def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT breaks off every connection at once, SIGQUIT leaves the log to replay."""
        if self._server is not None and self._server.returncode is None:
            self._server.send_signal(how)
            await self._server.wait()

    async def make(self, database: str) -> str:
        """A new database; its address."""
        connection = await self._connected()
        await connection.execute(f'CREATE DATABASE "{database}"')
        await connection.close()
        return self.url(database)

    async def _answers(self) -> bool:
        try:
            await (await self._connected()).close()
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    async def _connected(self) -> asyncpg.Connection:
        return await asyncpg.connect(host=str(self.folder), user=OWNER, database="postgres")


@asynccontextmanager
async def cluster() -> AsyncIterator[Cluster]:
    """A running server with its durability on, gone afterwards. Raises OutsideFailure."""
    who = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="pn-own-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    made = Cluster(folder=folder, who=who)
    try:
        await _initialise(made)
        await made.start()
        yield made
    finally:
        await made.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _initialise(made: Cluster) -> None:
    initdb = await asyncio.create_subprocess_exec(
        *(_binary("initdb"), "-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C"),
        *("-D", str(made.folder / "data")),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=made.folder,
        **made.who,  # type: ignore[arg-type]
    )
    if await initdb.wait() != 0:
        raise _missing()


def _binary(name: str) -> str:
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3])
    )
    chosen = str(found[-1]) if found else shutil.which(name)
    if chosen is None:
        raise _missing()
    return chosen


def _unprivileged() -> dict[str, int]:
    """As whom to run the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError as error:
        raise _missing() from error
    return {"user": user.pw_uid, "group": user.pw_gid}


def secret() -> str:
    """A secret key for an installation on a database of its own."""
    return secrets.token_hex(32)


def _missing() -> OutsideFailure:
    return OutsideFailure(
        words(
            "Cần máy chủ PostgreSQL của hệ điều hành (gói postgresql).",
            "PostgreSQL's server is needed (package postgresql).",
        ),
        permanent=True,
    )
