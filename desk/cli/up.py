"""`phatngon up`: everything on one machine, until it is told to stop."""

import os
import secrets
import sys

import typer

from crisis.model.role import Role
from crisis.office.office import Office
from crisis.office.statement.ways_out import relay_of
from crisis.records import person
from crisis.records.password import new_password
from crisis.records.person import NewUser
from crisis.settings import settings
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, work
from desk.cli.shipped import HOUSE
from desk.cli.tongue import LANGUAGE, say, told
from desk.cli.up_parts import Exercise, Port, free, installed
from desk.parts.installation import Installation
from desk.parts.setup import INVENTED_NEWSROOMS, Credentials, Plan, set_up

PARTS = "from desk.cli import main; main()"

app = group(say("chạy toàn bộ", "everything on one machine"))

FIRST = "quantri@phatngon.example"
"""Who signs in first at an office where nobody may yet: an administrator who adds the others."""


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
    port: Port = 8400,
    exercise: Exercise = False,
) -> None:
    for one in work(_begin(installed(settings(), port, exercise=exercise))):
        _introduce(one)
    sys.stdout.flush()
    chosen = ("--port", str(port), "--lang", LANGUAGE, *(("--exercise",) if exercise else ()))
    os.execv(sys.executable, (sys.executable, "-c", PARTS, "up-parts", *chosen))  # noqa: S606


async def _begin(there: Installation) -> list[Credentials]:
    """Set the installation up; the people who were added now."""
    await free(there.ports)
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
