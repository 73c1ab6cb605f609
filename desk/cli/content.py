"""`phatngon content`: playbooks, law, directory, contacts, calendar and templates put in force."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.office.office import ALL, bundled
from crisis.records import content
from crisis.records.content import ContentKind
from crisis.writing.content_file import read_content
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import say, told

app = group(say("nội dung đang áp dụng", "content in force"))

Json = Annotated[bool, shown.AS_JSON]

MODELS: dict[ContentKind, type[BaseModel]] = {
    ContentKind.LAW: Law,
    ContentKind.DIRECTORY: Directory,
    ContentKind.CONTACTS: ContactBook,
    ContentKind.CALENDAR: CalendarTable,
    ContentKind.PLAYBOOK: Playbook,
}


@app.command(
    help=told(
        "Kiểm tra rồi áp dụng một tệp (hoặc thư mục templates). Vụ việc đang xử lý giữ bản cũ.",
        "Check a file (or the folder of templates) and put it in force. Incidents under way keep "
        "what they began with.",
        "phatngon content activate playbooks/press-report.yaml",
        "phatngon content activate danh-ba.yaml --kind contacts",
    )
)
def activate(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    kind: Annotated[
        ContentKind | None, typer.Option(help=say("loại nội dung", "what the file is"))
    ] = None,
    as_json: Json = False,
) -> None:
    what = kind or _kind_of(file)
    name = _name_of(file, what)
    made = {
        "kind": what.value,
        "name": name,
        "sha256": work(_activate(what, name, _read(file, what))),
    }
    if as_json:
        shown.data(made)
    else:
        typer.echo(f"{what.value}/{name} {made['sha256']}")


def _kind_of(file: Path) -> ContentKind:
    """What the file is by its name; a folder is templates, anything else a playbook."""
    if file.is_dir():
        return ContentKind.TEMPLATES
    known = {one.value: one for one in MODELS if one is not ContentKind.PLAYBOOK}
    return known.get(file.stem, ContentKind.PLAYBOOK)


def _name_of(file: Path, kind: ContentKind) -> str:
    if kind is ContentKind.TEMPLATES:
        return ALL
    return file.stem if kind is ContentKind.PLAYBOOK else kind.value


def _read(file: Path, kind: ContentKind) -> bytes:
    if kind is ContentKind.TEMPLATES:
        return bundled(file)
    read_content(file, MODELS[kind])
    return file.read_bytes()


async def _activate(kind: ContentKind, name: str, data: bytes) -> str:
    async with opened() as office, office.records.act(OPERATOR) as act:
        return await content.activate(act, kind, name, data)


@app.command(
    "list",
    help=told("Nội dung đang áp dụng.", "What is in force.", "phatngon content list --json"),
)
def list_(*, as_json: Json = False) -> None:
    rows = work(_active())
    if as_json:
        shown.data(rows)
        return
    shown.table(
        say("Đang áp dụng", "In force"),
        [say("loại", "kind"), say("tên", "name"), "sha256"],
        [list(row.values()) for row in rows],
    )


async def _active() -> list[dict[str, str | None]]:
    async with opened(begin=False) as office, office.records.look() as session:
        return [
            {
                "kind": kind.value,
                "name": name,
                "sha256": await content.active_hash(session, kind, name),
            }
            for kind in ContentKind
            for name in await content.names(session, kind)
        ]
