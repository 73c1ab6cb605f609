"""`phatngon key`: scoped, expiring keys of other systems."""

from datetime import timedelta
from typing import Annotated

import typer

from crisis.records import api_key
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import say, told

app = group(say("khóa truy cập của hệ thống khác", "keys of other systems"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Cấp một khóa; khóa chỉ được in một lần.",
        "Make a key; it is printed once and not kept.",
        'phatngon key add "báo chí số" --scope reports:write --days 90',
    )
)
def add(
    name: Annotated[str, typer.Argument(help=say("hệ thống dùng khóa", "who uses it"))],
    *,
    scope: Annotated[
        list[str] | None, typer.Option(help=say("phạm vi", "scope; may be repeated"))
    ] = None,
    days: Annotated[int, typer.Option(min=1, help=say("số ngày hiệu lực", "days"))] = 365,
    as_json: Json = False,
) -> None:
    made = work(_add(name, scope or ["reports:write"], days))
    if as_json:
        shown.data(made)
    else:
        typer.echo(made["key"])


async def _add(name: str, scopes: list[str], days: int) -> dict[str, object]:
    async with opened() as office, office.records.act(OPERATOR) as act:
        until = act.real + timedelta(days=days)
        token = await api_key.add_key(act, name, scopes, until)
    return {"name": name, "scopes": scopes, "until": until, "key": token}


@app.command("list", help=told("Danh sách khóa.", "List the keys.", "phatngon key list"))
def list_(*, as_json: Json = False) -> None:
    keys = work(_keys())
    if as_json:
        shown.data(keys)
        return
    shown.table(
        say("Khóa truy cập", "Keys"),
        ["id", say("tên", "name"), say("phạm vi", "scopes"), say("đến", "until"), ""],
        [(k["id"], k["name"], k["scopes"], k["until"], _state(k["revoked_at"])) for k in keys],
    )


def _state(revoked: object) -> str:
    return say("đã thu hồi", "revoked") if revoked else ""


async def _keys() -> list[dict[str, object]]:
    async with opened(begin=False) as office, office.records.look() as session:
        return [
            {
                "id": row.id,
                "name": row.name,
                "scopes": row.scopes,
                "until": row.until,
                "revoked_at": row.revoked_at,
            }
            for row in await api_key.all_keys(session)
        ]


@app.command(
    help=told(
        "Thu hồi một khóa ngay.",
        "End a key now.",
        "phatngon key revoke 7d4c3f0e-0000-4000-8000-000000000000",
    )
)
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    work(_revoke(key_id))


async def _revoke(key_id: str) -> None:
    async with opened() as office, office.records.act(OPERATOR) as act:
        await api_key.revoke_key(act, key_id)
