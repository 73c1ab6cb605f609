"""`phatngon user …`: taking access away and giving it back, other roles, a lock lifted."""

from collections.abc import Callable
from typing import Annotated

import typer

from crisis.model.role import Role
from crisis.records import person
from desk.cli.opened import changing, work
from desk.cli.tongue import say, told

Email = Annotated[str, typer.Argument(metavar="EMAIL")]


def deactivate(email: Email) -> None:
    """Take access away."""
    work(_deactivate(email))


async def _deactivate(email: str) -> None:
    async with changing(email) as (_, act, user):
        await person.deactivate(act, user.id)


def reactivate(email: Email) -> None:
    """Give access back."""
    work(_reactivate(email))


async def _reactivate(email: str) -> None:
    async with changing(email) as (_, act, user):
        await person.reactivate(act, user.id)


def roles(
    email: Email,
    role: Annotated[list[Role], typer.Option(help=say("vai trò", "role; may be repeated"))],
) -> None:
    """Give other roles."""
    work(_roles(email, role))


async def _roles(email: str, told_roles: list[Role]) -> None:
    async with changing(email) as (_, act, user):
        await person.change_roles(act, user.id, told_roles)


def unlock(email: Email) -> None:
    """Lift a lock."""
    work(_unlock(email))


async def _unlock(email: str) -> None:
    async with changing(email) as (_, act, user):
        await person.unlock(act, user.id)


def add_commands(app: typer.Typer) -> None:
    """Put the commands of this module into the group `app`."""
    for name, (command, text) in COMMANDS.items():
        app.command(name, help=text)(command)


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "deactivate": (
        deactivate,
        told(
            "Ngừng quyền truy cập của một người; tên vẫn ở trong sổ.",
            "Take a person's access away; the name stays in the record.",
            "phatngon user deactivate lan@vp.example",
        ),
    ),
    "reactivate": (
        reactivate,
        told(
            "Cho một người truy cập trở lại.",
            "Give a person access again.",
            "phatngon user reactivate lan@vp.example",
        ),
    ),
    "roles": (
        roles,
        told(
            "Đổi vai trò của một người; phiên đang mở kết thúc. Vai trò duyệt cần mã hai lớp.",
            "Give a person other roles; open sessions end. Who approves needs a second factor.",
            "phatngon user roles lan@vp.example --role coordinator --role spokesperson",
        ),
    ),
    "unlock": (
        unlock,
        told(
            "Mở khóa tài khoản bị khóa do nhập sai.",
            "Lift a lock that wrong passwords or codes brought about.",
            "phatngon user unlock lan@vp.example",
        ),
    ),
}
