"""`phatngon outlet`: the official ways out, which a named decision announces (INV5)."""

import sys
from typing import Annotated

import typer

from crisis.office.statement.ways_out import webhook_of
from crisis.records import way_out
from crisis.records.way_out import Newsroom
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import say, told

app = group(say("kênh công bố chính thức", "official outlets"))


@app.command("list", help=told("Các kênh.", "List the outlets.", "phatngon outlet list"))
def list_(*, as_json: Annotated[bool, shown.AS_JSON] = False) -> None:
    rows = work(_outlets())
    if as_json:
        shown.data(rows)
        return
    columns = [say("kênh", "outlet"), say("đã thông báo", "announced"), say("thật", "real")]
    shown.table(say("Kênh", "Outlets"), columns, [list(row.values()) for row in rows])


async def _outlets() -> list[dict[str, object]]:
    async with opened(begin=False) as office, office.records.look() as session:
        rows = await way_out.outlets(session)
    return [{"id": row.id, "announced": row.announced, "real": row.real} for row in rows]


@app.command(
    help=told(
        "Ghi nhận kênh đã được thông báo là kênh chính thức.",
        "Record that an outlet was announced as official.",
        "phatngon outlet announce site",
    )
)
def announce(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET")],
    *,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help=say("thôi là kênh chính thức", "no longer"))
    ] = False,
) -> None:
    work(_announce(outlet, announced=not withdraw))


async def _announce(outlet: str, *, announced: bool) -> None:
    async with opened() as office, office.records.act(OPERATOR) as act:
        await way_out.announce(act, outlet, announced=announced)


@app.command(
    help=told(
        "Thiết lập webhook: mỗi phát ngôn được gửi tới hệ thống khác, có chữ ký. Khóa ký đọc từ "
        "stdin. Sau đó dùng `outlet announce webhook`.",
        "Set up the webhook: every statement is posted to another system, signed. The secret is "
        "read from standard input. Then `outlet announce webhook`.",
        "phatngon outlet webhook https://qlvb.tinh.example/phat-ngon --secret-stdin < khoa.txt",
    )
)
def webhook(
    url: Annotated[str, typer.Argument(metavar="URL")],
    *,
    secret_stdin: Annotated[
        bool,
        typer.Option("--secret-stdin", help=say("đọc khóa ký từ stdin", "read the secret")),
    ] = False,
) -> None:
    secret = sys.stdin.readline().strip() if secret_stdin else ""
    work(_webhook(url, secret))


async def _webhook(url: str, secret: str) -> None:
    async with opened() as office, office.records.act(OPERATOR) as act:
        await way_out.set_webhook(act, webhook_of(office, url, secret))


@app.command(
    "newsroom-remove",
    help=told(
        "Bỏ một tòa soạn khỏi danh sách gửi thư; đính chính của tin đã gửi vẫn tới.",
        "Take a newsroom off the press list; corrections of what it got still reach it.",
        "phatngon outlet newsroom-remove toasoan@plo.example",
    ),
)
def newsroom_remove(email: Annotated[str, typer.Argument(metavar="EMAIL")]) -> None:
    work(_newsroom_remove(email))


async def _newsroom_remove(email: str) -> None:
    async with opened() as office, office.records.act(OPERATOR) as act:
        await way_out.remove_newsroom(act, email)


@app.command(
    help=told(
        "Thêm một tòa soạn vào danh sách gửi thư.",
        "Put a newsroom on the press list.",
        'phatngon outlet newsroom "Pháp Luật TP.HCM" toasoan@plo.example',
    )
)
def newsroom(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    *,
    language: Annotated[str, typer.Option(metavar="vi|en")] = "vi",
) -> None:
    work(_newsroom(Newsroom(outlet=name, email=email, language=language)))


async def _newsroom(new: Newsroom) -> None:
    async with opened() as office, office.records.act(OPERATOR) as act:
        await way_out.add_newsroom(act, new)
