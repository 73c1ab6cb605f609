"""`phatngon up-parts`: what `up` becomes once all is set up. It imports little: it stays for years.

`up` replaces itself with this command, so that the memory of setting up is given back.
"""

import asyncio
import signal
import socket
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from crisis.model.errors import Misconfigured
from crisis.model.words import words
from crisis.records.secret_file import secret_in
from crisis.settings import Settings, settings
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.shipped import playbooks, templates
from desk.cli.tongue import say
from desk.parts.installation import LOOPBACK, Installation, Ports
from desk.parts.supervisor import Supervisor

app = group(say("chạy các thành phần của `up`", "run the parts of `up`"))

OURS = frozenset(
    {"var", "installation", "prefect_api_url", "prefect_auth_string", "playbooks", "templates"}
)
"""Settings that the installation itself decides."""

PREFECT_SECRET = Path("prefect", "auth")
"""Where under `var` the string lies that Prefect's pages ask for, unless one is configured."""

PATIENCE_SECONDS = 20.0
"""Parts of an `up` that was killed end by themselves within this time."""


Port = Annotated[
    int, typer.Option(min=1024, max=65000, help=say("cổng trang làm việc", "the desk's port"))
]
Exercise = Annotated[bool, typer.Option("--exercise", help=say("bản diễn tập", "an exercise"))]


@app.command("up-parts")
def up_parts(*, port: Port = 8400, exercise: Exercise = False) -> None:
    asyncio.run(_serve(installed(settings(), port, exercise=exercise)))


def installed(here: Settings, port: int, *, exercise: bool) -> Installation:
    """What the operator configured, on fixed ports: links in mails must survive a restart."""
    var = (here.var / "exercise" if exercise else here.var).resolve()
    given = {name: getattr(here, name) for name in sorted(here.model_fields_set - OURS)}
    return Installation(
        var=var,
        ports=Ports(desk=port, prefect=port + 1, smtp=port + 25, mailbox=port + 26),
        exercise=exercise or here.exercise,
        playbooks=playbooks(),
        templates=templates(),
        prefect_auth=here.prefect_auth_string.get_secret_value() or secret_in(var / PREFECT_SECRET),
        extra=tuple((f"PHATNGON_{name.upper()}", _plain(one)) for name, one in given.items()),
    )


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


async def _serve(there: Installation) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await free(there.ports)
    typer.echo(say("Đang khởi động…", "Starting…"))
    logs = there.var / "logs"
    supervisor = Supervisor(
        parts=there.parts(), logs=logs, tell=lambda line: typer.echo(line, err=True)
    )
    async with supervisor:
        shown.facts(
            {
                say("Trang làm việc", "Desk"): there.desk_url,
                say("Trang công bố", "Public site"): f"{there.desk_url}/tin",
                say("Hộp thư", "Mailbox"): there.mailbox_url,
                "Prefect": there.prefect_url,
                say("Mật khẩu Prefect", "Prefect's password"): _where_the_password_is(there),
                say("Dữ liệu, nhật ký", "Data, logs"): there.var,
            }
        )
        typer.echo(say("Ctrl-C để dừng.", "Ctrl-C stops it."))
        await stop.wait()
        typer.echo(say("Đang dừng…", "Stopping…"))


def _where_the_password_is(there: Installation) -> str:
    """Told by its place: what is printed here may end in a log."""
    file = there.var / PREFECT_SECRET
    return str(file) if file.exists() else "PHATNGON_PREFECT_AUTH_STRING"


async def free(ports: Ports) -> None:
    """Wait until nobody listens where our parts will. Raises Misconfigured."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_SECONDS
    for port in (ports.desk, ports.prefect, ports.smtp, ports.mailbox):
        while not _is_free(port):
            if loop.time() > end:
                raise Misconfigured(
                    words(
                        f"Cổng {port} đang có chương trình khác dùng; hãy chọn --port khác.",
                        f"Another program uses port {port}; choose another --port.",
                    ),
                    setting="port",
                )
            await asyncio.sleep(0.2)


def _is_free(port: int) -> bool:
    try:
        with socket.create_server((LOOPBACK, port)):
            return True
    except OSError:
        return False
