"""`phatngon site`: the public site, rebuilt from frozen publications."""

from typing import Annotated

import typer

from crisis.office.statement.ways_out import ways_out
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import opened, work
from desk.cli.tongue import say, told

app = group(say("trang công bố", "the public site"))


@app.command(
    help=told(
        "Ghi lại toàn bộ trang công bố từ các bản đã chốt.",
        "Write the whole public site again from what was frozen.",
        "phatngon site rebuild",
    )
)
def rebuild(*, as_json: Annotated[bool, shown.AS_JSON] = False) -> None:
    files, folder = work(_rebuild())
    if as_json:
        shown.data({"files": files, "folder": folder})
    else:
        typer.echo(say(f"{files} tệp trong {folder}", f"{files} files in {folder}"))


async def _rebuild() -> tuple[int, str]:
    async with opened(begin=False) as office, ways_out(office) as ways:
        return await ways.site.rebuild(), str(office.settings.site_dir)
