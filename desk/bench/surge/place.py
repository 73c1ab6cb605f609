"""Where a surge is measured: an installation of its own, on SQLite or a PostgreSQL of its own."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from desk.parts.cluster import cluster, secret
from desk.parts.installation import Installation, free_ports


@asynccontextmanager
async def fresh(content: tuple[Path, Path], *, postgresql: bool) -> AsyncIterator[Installation]:
    """An installation with nothing in it, gone afterwards; `content`: playbooks and templates.

    Its mail goes out as fast as the mail server takes it: how fast an office may send is a
    setting, and no property of this program.
    """
    extra = {"PHATNGON_MAIL_RATE_PER_MINUTE": "100000"}
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="phatngon-surge-"))
        if postgresql:
            server = await stack.enter_async_context(cluster())
            extra["PHATNGON_DATABASE_URL"] = await server.make("records")
            extra["PREFECT_API_DATABASE_CONNECTION_URL"] = await server.make("prefect")
            extra["PHATNGON_SECRET_KEY"] = secret()
        playbooks, templates = content
        yield Installation(
            var=Path(folder),
            ports=free_ports(),
            exercise=True,
            playbooks=playbooks,
            templates=templates,
            extra=tuple(extra.items()),
        )
