"""`phatngon outlet`: the official ways out, which a named decision announces (INV5)."""

from typing import Annotated

import typer

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
    async with opened() as office, office.records.look() as session:
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
