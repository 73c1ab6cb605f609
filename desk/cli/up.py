"""`phatngon up`: everything on one machine, until it is told to stop."""

import asyncio
import secrets
import signal
import socket
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from crisis.model.errors import Misconfigured
from crisis.model.role import Role
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.ways_out import relay_of
from crisis.records import person
from crisis.records.password import new_password
from crisis.records.person import NewUser
from crisis.records.seal import secret_in
from crisis.settings import Settings, settings
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, work
from desk.cli.shipped import HOUSE, playbooks, templates
from desk.cli.tongue import say, told
from desk.parts.installation import LOOPBACK, Installation, Ports
from desk.parts.setup import INVENTED_NEWSROOMS, Credentials, Plan, set_up
from desk.parts.supervisor import Supervisor

app = group(say("chạy toàn bộ", "everything on one machine"))

OURS = frozenset(
    {"var", "installation", "prefect_api_url", "prefect_auth_string", "playbooks", "templates"}
)
"""Settings that the installation itself decides."""

PREFECT_SECRET = Path("prefect", "auth")
"""Where under `var` the string lies that Prefect's pages ask for, unless one is configured."""

FIRST = "quantri@phatngon.example"
"""Who signs in first at an office where nobody may yet: an administrator who adds the others."""

PATIENCE_SECONDS = 20.0
"""Parts of an `up` that was killed end by themselves within this time."""


@app.command(
    help=told(
        "Chạy toàn bộ trên một máy đến khi Ctrl-C: dữ liệu, Prefect, bộ thực hiện, trang làm "
        "việc, trang công bố, hộp thư thử. Lần đầu in thông tin đăng nhập. --exercise chạy bản "
        "diễn tập với người giả định.",
        "Serve it all on one machine until Ctrl-C: records, Prefect, worker, desk, public site, "
        "test mailbox. The first start prints how to sign in. --exercise serves an exercise with "
        "invented people.",
        "phatngon up --exercise",
        "phatngon up --port 8400",
    )
)
def up(
    *,
    port: Annotated[
        int, typer.Option(min=1024, max=65000, help=say("cổng trang làm việc", "the desk's port"))
    ] = 8400,
    exercise: Annotated[
        bool, typer.Option("--exercise", help=say("bản diễn tập", "an exercise"))
    ] = False,
) -> None:
    work(_up(installed(settings(), port, exercise=exercise)))


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


async def _up(there: Installation) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await _free(there.ports)
    for one in await _begin(there):
        _introduce(one)
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


async def _begin(there: Installation) -> list[Credentials]:
    """Set the installation up; the people who were added now."""
    plan = Plan()
    if there.exercise:
        contacts = HOUSE / "examples" / "contacts.yaml"
        plan = Plan(contacts=contacts, newsrooms=INVENTED_NEWSROOMS, announced=True)
    relay_of(there.settings())  # before anything is made: an exercise sends by no real server
    ready = await set_up(there.settings(), plan)
    try:
        made = list(ready.made)
        return made if there.exercise else made + await _first(ready.office)
    finally:
        await ready.office.records.close()


async def _first(office: Office) -> list[Credentials]:
    """An administrator where the office has nobody yet."""
    password = secrets.token_urlsafe(12)
    stored = await new_password(password, FIRST)
    async with office.records.act(OPERATOR) as act:
        if await person.all_users(act.session):
            return []
        roles = (Role.ADMIN, Role.COORDINATOR)
        name, title = say("Quản trị", "Administrator"), say("Quản trị hệ thống", "Administrator")
        user = await person.add_user(
            act,
            NewUser(email=FIRST, name=name, title=title, roles=roles, password=stored),
        )
        return [
            Credentials(
                id="admin", user=user.id, name=name, email=FIRST, roles=roles, password=password
            )
        ]


def _introduce(one: Credentials) -> None:
    """How a new user signs in, told once."""
    factor = say("mã hai lớp: ", "second factor: ") + one.totp if one.totp else ""
    told_of = f"{one.email}  {say('mật khẩu', 'password')}: {one.password}  {factor}".rstrip()
    typer.echo(f"{', '.join(role.value for role in one.roles)}: {told_of}")


async def _free(ports: Ports) -> None:
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
