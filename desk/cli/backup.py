"""`phatngon backup` and `phatngon restore`: the whole office in one file, and back."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crisis.audit.backing_up import Restored, back_up, restore
from crisis.clock import Clock
from crisis.model.canonical import moment
from crisis.office.statement.ways_out import ways_out
from crisis.records.snapshot import Snapshot
from crisis.settings import settings
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import opened, work
from desk.cli.tongue import LANGUAGE, say, told

app = group(say("sao lưu và khôi phục", "back up and restore"))

File = Annotated[Path, typer.Argument(metavar="FILE", help=say("tệp sao lưu", "the backup"))]
Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Sao lưu toàn bộ dữ liệu vào một tệp trong khi hệ thống vẫn chạy. Không kèm khóa bí mật: "
        "hãy giữ khóa ở nơi khác.",
        "Back up everything into one file while the office works. The secret key is not in it: "
        "keep that elsewhere.",
        "phatngon backup phatngon-2026-11-26.zip",
    )
)
def backup(file: File, *, as_json: Json = False) -> None:
    if not file.parent.is_dir():
        raise typer.BadParameter(
            say(f"Không có thư mục {file.parent}.", f"There is no folder {file.parent}.")
        )
    made = work(_backup(file))
    if as_json:
        shown.data({"file": str(file), **_figures(made)})
        return
    typer.echo(str(file))
    typer.echo(
        say(
            f"{made.chains} sổ, {made.entries} bút toán. Khóa bí mật không nằm trong tệp: không "
            "có khóa thì không khôi phục được.",
            f"{made.chains} chains, {made.entries} entries. The secret key is not in the file: "
            "without it nothing can be restored.",
        )
    )


async def _backup(file: Path) -> Snapshot:
    async with opened(begin=False) as office:
        return await back_up(office, file, Clock.real())


@app.command(
    name="restore",
    help=told(
        "Khôi phục bản sao lưu vào hệ thống trống, kiểm tra mọi mã băm rồi mọi sổ; "
        "mã thoát 1 khi có sai.",
        "Restore a backup into an empty installation, check every hash, then every chain; "
        "exit 1 where something is wrong.",
        "phatngon restore phatngon-2026-11-26.zip",
    ),
)
def restore_(file: File, *, as_json: Json = False) -> None:
    back, files = work(_restore(file))
    if as_json:
        shown.data(
            {
                "made_at": back.made_at,
                "program": back.program,
                **_figures(back.snapshot),
                "holds": back.checked.holds,
                "site_files": files,
            }
        )
    else:
        _tell(back)
    if not back.checked.holds:
        raise typer.Exit(1)


async def _restore(file: Path) -> tuple[Restored, int]:
    """Bring the records back, then write the public site again from what was frozen in them."""
    back = await restore(settings(), file)
    async with opened() as office, ways_out(office) as ways:
        return back, await ways.site.rebuild()


def _tell(back: Restored) -> None:
    made_at = shown.when(moment(back.made_at))
    for one in back.checked.breaks:
        typer.echo(f"{one.chain} {one.seq}: {one.sentence.in_(LANGUAGE)}", err=True)
    typer.echo(
        say(
            f"Đã khôi phục bản sao lưu lúc {made_at}: {back.snapshot.chains} sổ, "
            f"{back.snapshot.entries} bút toán.",
            f"Restored the backup of {made_at}: {back.snapshot.chains} chains, "
            f"{back.snapshot.entries} entries.",
        )
    )
    if back.checked.holds:
        typer.echo(say("Đã kiểm tra mọi sổ: tất cả đều đúng.", "All chains checked: they hold."))


def _figures(made: Snapshot) -> dict[str, Any]:
    return {
        "engine": made.engine,
        "chains": made.chains,
        "entries": made.entries,
        "heads": made.heads,
    }
