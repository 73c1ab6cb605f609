"""`phatngon user`: named people of the office."""

import secrets
import sys
from dataclasses import replace
from typing import Annotated, Any

import typer

from crisis.model.errors import BadInput
from crisis.model.role import Role
from crisis.model.words import Language, words
from crisis.records import person, second_factor
from crisis.records.password import new_password
from crisis.records.person import NewUser, normal_email
from crisis.records.sign_in import NEED_SECOND_FACTOR
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, changing, opened, work
from desk.cli.tongue import say, told
from desk.cli.user_access import add_commands
from desk.parts.setup import ISSUER

app = group(say("người dùng của văn phòng", "people of the office"))

Email = Annotated[str, typer.Argument(metavar="EMAIL")]
Json = Annotated[bool, shown.AS_JSON]
FromStdin = Annotated[
    bool,
    typer.Option(
        "--password-stdin",
        help=say("đọc mật khẩu từ stdin thay vì tạo mới", "read the password from standard input"),
    ),
]


@app.command(
    help=told(
        "Thêm một người; mật khẩu và mã hai lớp được in một lần.",
        "Add a person; password and second factor are printed once.",
        'phatngon user add lan@vp.example --name "Lê Lan" --title "Phó Chánh Văn phòng" '
        "--role approver",
    )
)
def add(  # noqa: PLR0913  (one for each option)
    email: Email,
    name: Annotated[str, typer.Option(help=say("họ tên", "full name"))],
    title: Annotated[str, typer.Option(help=say("chức vụ", "office held"))],
    role: Annotated[list[Role], typer.Option(help=say("vai trò", "role; may be repeated"))],
    *,
    phone: Annotated[str, typer.Option(help=say("điện thoại", "telephone"))] = "",
    language: Annotated[Language, typer.Option(help=say("ngôn ngữ", "language"))] = Language.VI,
    password_stdin: FromStdin = False,
    as_json: Json = False,
) -> None:
    password = _password(from_stdin=password_stdin)
    new = NewUser(
        email=email,
        name=name,
        title=title,
        roles=role,
        phone=phone,
        language=language,
    )
    _tell(work(_add(new, password)), as_json=as_json)


async def _add(new: NewUser, password: str) -> dict[str, Any]:
    new = replace(new, password=await new_password(password, normal_email(new.email)))
    async with opened() as office, office.records.act(OPERATOR) as act:
        user = await person.add_user(act, new)
        made: dict[str, Any] = {"email": user.email, "roles": user.roles, "password": password}
        if NEED_SECOND_FACTOR & set(user.roles):
            setup = await second_factor.give_totp(act, office.seal, user.id, issuer=ISSUER)
            made |= {"second_factor": setup.secret, "second_factor_uri": setup.uri}
    return made


@app.command(
    "list",
    help=told("Danh sách người dùng.", "List everybody.", "phatngon user list"),
)
def list_(*, as_json: Json = False) -> None:
    people = work(_people())
    if as_json:
        shown.data(people)
        return
    shown.table(
        say("Người dùng", "People"),
        ["e-mail", say("họ tên", "name"), say("chức vụ", "title"), say("vai trò", "roles"), ""],
        [
            (
                p["email"],
                p["name"],
                p["title"],
                ", ".join(p["roles"]),
                "" if p["active"] else say("đã ngừng", "inactive"),
            )
            for p in people
        ],
    )


async def _people() -> list[dict[str, Any]]:
    async with opened(begin=False) as office, office.records.look() as session:
        return [
            {
                "email": user.email,
                "name": user.name,
                "title": user.title,
                "roles": user.roles,
                "active": user.active,
                "second_factor": user.totp_sealed is not None,
                "locked_until": user.locked_until,
            }
            for user in await person.all_users(session)
        ]


@app.command(
    help=told(
        "Đặt mật khẩu mới và mở khóa; phiên đang mở kết thúc.",
        "Set a new password and lift a lock; open sessions end.",
        "phatngon user password lan@vp.example",
    )
)
def password(email: Email, *, password_stdin: FromStdin = False, as_json: Json = False) -> None:
    fresh = _password(from_stdin=password_stdin)
    work(_set_password(email, fresh))
    _tell({"email": email, "password": fresh}, as_json=as_json)


async def _set_password(email: str, fresh: str) -> None:
    stored = await new_password(fresh, normal_email(email))
    async with changing(email) as (_, act, user):
        await person.set_password(act, user.id, stored)


@app.command(
    "second-factor",
    help=told(
        "Cấp lại mã hai lớp bị mất; --remove để người dùng tự đặt khi đăng nhập.",
        "Replace a lost second factor; with --remove the person sets one at the next sign-in.",
        "phatngon user second-factor lan@vp.example",
    ),
)
def reset_second_factor(
    email: Email,
    *,
    remove: Annotated[bool, typer.Option("--remove", help=say("chỉ xóa", "only remove"))] = False,
    as_json: Json = False,
) -> None:
    _tell(work(_reset(email, remove=remove)), as_json=as_json)


async def _reset(email: str, *, remove: bool) -> dict[str, Any]:
    async with changing(email) as (office, act, user):
        if remove:
            await second_factor.remove_totp(act, user.id)
            return {"email": email, "second_factor": None}
        setup = await second_factor.give_totp(act, office.seal, user.id, issuer=ISSUER)
    return {"email": email, "second_factor": setup.secret, "second_factor_uri": setup.uri}


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        return secrets.token_urlsafe(12)
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise BadInput(
            words("Không có mật khẩu ở stdin.", "There is no password on standard input."),
            field="password",
        )
    return given


def _tell(made: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        shown.data(made)
        return
    listed = made | {"roles": ", ".join(made["roles"])} if "roles" in made else made
    shown.facts({name.replace("_", " "): value for name, value in listed.items()})


add_commands(app)
