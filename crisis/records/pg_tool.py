"""PostgreSQL's own programs: found on this machine, run against the records' address."""

import asyncio
import os
import shutil
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from crisis.model.errors import OutsideFailure
from crisis.model.words import words

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs, one folder for each major version."""

_SSL = {"require", "prefer", "allow", "disable", "verify-ca", "verify-full"}


async def run(name: str, url: str, *arguments: str) -> None:
    """Run the program `name` on the database at `url`; its words are told where it fails.

    The password goes by the environment, where no list of processes shows it.
    Raises OutsideFailure where the program is not here or ends badly.
    """
    process = await asyncio.create_subprocess_exec(
        *(program(name), *arguments),
        env={**os.environ, **environment(make_url(url))},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    told = (await process.communicate())[1].decode(errors="replace")
    if process.returncode != 0:
        raise OutsideFailure(
            words(f"{name} của PostgreSQL báo lỗi.", f"PostgreSQL's {name} failed."),
            permanent=True,
            detail=" ".join(told.split()),
        )


def program(name: str) -> str:
    """The newest installed program `name`: an older one refuses a newer server."""
    found = sorted(INSTALLED.glob(f"*/bin/{name}"), key=_version)
    chosen = str(found[-1]) if found else shutil.which(name)
    if chosen is None:
        raise OutsideFailure(
            words(
                f"Không tìm thấy {name}: hãy cài gói chương trình khách của PostgreSQL "
                "(postgresql-client), cùng phiên bản với máy chủ.",
                f"{name} is not installed: install PostgreSQL's client programs "
                "(postgresql-client) of the server's version.",
            ),
            permanent=True,
        )
    return chosen


def environment(url: URL) -> dict[str, str]:
    """Where and as whom PostgreSQL's programs connect, as they read it from the environment."""
    asked = str(url.query.get("ssl", url.query.get("sslmode", "")))
    told = {
        "PGHOST": str(url.query.get("host", url.host or "")),
        "PGPORT": str(url.query.get("port", url.port or "")),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
        "PGSSLMODE": asked if asked in _SSL else "",
    }
    return {name: value for name, value in told.items() if value}


def _version(file: Path) -> float:
    return float(file.parent.parent.name)
