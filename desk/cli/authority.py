"""`phatngon authority`: the dated documents that give people the right to speak or approve."""

from typing import Annotated, Any

import typer

from crisis.model.approval import Authority, Basis, Right
from crisis.records import authority, incident
from desk.cli import shown
from desk.cli.instant import instant_of
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, changing, opened, user_of, work
from desk.cli.tongue import say, told

app = group(say("văn bản giao quyền phát ngôn, phê duyệt", "written authority"))

Email = Annotated[str, typer.Argument(metavar="EMAIL")]


@app.command(
    help=told(
        "Ghi nhận một văn bản giao quyền; ủy quyền (delegated) cần --incident và --to.",
        "Record a document that gives a right; a delegation needs --incident and --to.",
        'phatngon authority add lan@vp.example --right approve --document "QĐ 15/QĐ-VP"',
    )
)
def add(  # noqa: PLR0913  (one for each option)
    email: Email,
    right: Annotated[Right, typer.Option(help=say("quyền", "right"))],
    document: Annotated[str, typer.Option(help=say("số, ngày văn bản", "its number and date"))],
    *,
    basis: Annotated[Basis, typer.Option(help=say("căn cứ", "basis"))] = Basis.ASSIGNED,
    valid_from: Annotated[str | None, typer.Option("--from", metavar="TIME")] = None,
    valid_to: Annotated[str | None, typer.Option("--to", metavar="TIME")] = None,
    code: Annotated[str | None, typer.Option("--incident", metavar="CODE")] = None,
) -> None:
    typer.echo(work(_add(email, (right, basis, document), (valid_from, valid_to), code)))


async def _add(
    email: str,
    what: tuple[Right, Basis, str],
    span: tuple[str | None, str | None],
    code: str | None,
) -> str:
    async with opened(begin=False) as office:
        user = await user_of(office, email)
        async with office.records.act(OPERATOR) as act:
            row = await incident.by_code(act.session, code) if code else None
            begins, ends = span
            return await authority.record(
                act,
                Authority(
                    person=user.id,
                    right=what[0],
                    basis=what[1],
                    document=what[2],
                    valid_from=instant_of(begins, "--from") if begins else act.now,
                    valid_to=instant_of(ends, "--to") if ends else None,
                    incident=row.id if row else None,
                ),
            )


@app.command(
    help=told(
        "Chấm dứt ngay các quyền theo một văn bản; việc đã làm theo đó vẫn có hiệu lực.",
        "End the rights under a document now; what was done under it stays valid.",
        'phatngon authority end lan@vp.example --document "QĐ 15/QĐ-VP"',
    )
)
def end(
    email: Email,
    document: Annotated[str, typer.Option(help=say("số, ngày văn bản", "its number and date"))],
) -> None:
    ended = work(_end(email, document))
    typer.echo(say(f"Đã chấm dứt {ended} quyền.", f"{ended} ended."))


async def _end(email: str, document: str) -> int:
    async with changing(email) as (_, act, user):
        return await authority.revoke_document(act, user.id, document)


@app.command(
    "list",
    help=told(
        "Quyền mà một người từng có.", "Rights a person ever had.", "phatngon authority list A@B.C"
    ),
)
def list_(email: Email, *, as_json: Annotated[bool, shown.AS_JSON] = False) -> None:
    held = work(_held(email))
    if as_json:
        shown.data(held)
        return
    columns = [say("quyền", "right"), say("căn cứ", "basis"), say("văn bản", "document")]
    rows = [(*list(one.values())[:3], *map(shown.when, (one["from"], one["to"]))) for one in held]
    shown.table(email, [*columns, say("từ", "from"), say("đến", "to")], rows)


async def _held(email: str) -> list[dict[str, Any]]:
    async with opened(begin=False) as office:
        user = await user_of(office, email)
        async with office.records.look() as session:
            return [
                {
                    "right": one.right.value,
                    "basis": one.basis.value,
                    "document": one.document,
                    "from": one.valid_from,
                    "to": one.valid_to,
                }
                for one in await authority.authorities_of(session, user.id)
            ]
