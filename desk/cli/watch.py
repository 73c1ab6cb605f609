"""`phatngon watch`: scan the sources; read a feed, judge and group items without any records."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from crisis.intake import saved_feed
from crisis.model.directory import Directory
from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.settings import settings
from crisis.watch.group import load_grouper
from crisis.watch.judge import Judge, load_judge
from crisis.watch.line import sense_of, watch_group, watch_judge
from crisis.watch.subject import load_subjects
from crisis.writing.content_file import read_content
from desk.cli import shown, watch_scan, watch_train
from desk.cli.lazy import group as commands
from desk.cli.opened import work
from desk.cli.tongue import LANGUAGE, say, told
from desk.press.words import state_words

app = commands(say("rà quét báo chí", "watch the press"))

File = Annotated[Path, typer.Argument(metavar="FILE", allow_dash=True)]


@app.command(
    help=told(
        "Rà quét các nguồn đến lượt (hoặc một thư mục tin đã lưu), ghi vào hồ sơ.",
        "Read the sources that are due (or a folder of saved feeds) into the records.",
        "phatngon watch scan",
        "phatngon watch scan --folder saved --json",
    )
)
def scan(
    *,
    folder: Annotated[
        Path | None, typer.Option(help=say("thư mục tin đã lưu", "folder of saved feeds"))
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=say("cả nguồn chưa đến lượt", "also what is not due"))
    ] = False,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    done = work(watch_scan.scan(folder, every=every))
    rows = watch_scan.rows_of(done)
    if as_json:
        shown.data({"sources": rows, "new": done.taken.fresh, "edited": done.taken.edited})
        return
    shown.table(
        say("Lượt rà quét", "This scan"),
        say("nguồn|tình trạng|bài|mới", "source|state|listed|new").split("|"),
        [
            (row["source"], state_words(row["state"]).in_(LANGUAGE), row["listed"], row["new"])
            for row in rows
        ],
    )


@app.command(
    help=told(
        "Các nguồn theo dõi và tình trạng; bật, tắt, nhập và xuất OPML.",
        "The sources and their health; turn them on or off, import and export OPML.",
        "phatngon watch sources",
        "phatngon watch sources --on tuoitre --on plo",
        "phatngon watch sources --opml feeds.opml",
    )
)
def sources(
    *,
    on: Annotated[
        list[str], typer.Option(help=say("bắt đầu đọc nguồn (mã, hoặc all)", "begin reading"))
    ] = [],  # noqa: B006  (typer reads it)
    off: Annotated[
        list[str], typer.Option(help=say("thôi đọc nguồn (mã, hoặc all)", "stop reading"))
    ] = [],  # noqa: B006  (typer reads it)
    opml: Annotated[
        Path | None, typer.Option(help=say("thêm nguồn từ tệp OPML", "add feeds of an OPML file"))
    ] = None,
    export: Annotated[
        bool, typer.Option("--export", help=say("in ra OPML", "print them as OPML"))
    ] = False,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    wish = watch_scan.Wish(on=tuple(on), off=tuple(off), opml=_whole(opml) if opml else b"")
    if export:
        typer.echo(work(watch_scan.export_opml()), nl=False)
        return
    rows = watch_scan.told(work(watch_scan.sources(wish)))
    if as_json:
        shown.data(rows)
        return
    shown.table(
        say("Nguồn báo chí", "Press sources"),
        [
            say("mã", "id"),
            say("tên", "name"),
            say("đọc", "read"),
            say("tình trạng", "state"),
            "URL",
        ],
        [(r["source"], r["name"], "✓" if r["read"] else "–", r["said"], r["url"]) for r in rows],
    )


@app.command(
    help=told(
        "Đọc một nguồn tin đã lưu (RSS, Atom, JSON Feed) thành danh sách JSON.",
        "Read a saved feed (RSS, Atom, JSON Feed) as a JSON list of its items.",
        "phatngon watch read feed.xml",
    )
)
def read(file: File) -> None:
    found = saved_feed.read_saved(sys.stdin.buffer.read() if str(file) == "-" else file)
    shown.data(saved_feed.rows(found))
    if not found.whole:
        typer.echo(state_words(found.state.value).in_(LANGUAGE), err=True)


@app.command(
    help=told(
        "Đánh giá từng dòng JSON {id, title, lead}: tiêu cực về cơ quan, mức độ, sắc thái, lý do.",
        "Judge JSON lines {id, title, lead}: negative about a body, severity, tone, reasons.",
        "phatngon watch judge items.jsonl",
        "phatngon watch judge items.jsonl --own 'Quảng Trị'",
    )
)
def judge(
    file: File,
    *,
    own: Annotated[
        str, typer.Option(help=say("chỉ tính tỉnh này", "count this province only"))
    ] = "",
) -> None:
    bad: list[BadInput] = []
    _answer(watch_judge(_lines(file), _judge(own), complain=bad.append), bad)


@app.command(
    help=told(
        "Gom các dòng JSON {id, title, lead, …} thành câu chuyện; chỉ ra bài gần trùng.",
        "Group JSON lines {id, title, lead, …} into stories; name near-duplicates.",
        "phatngon watch group items.jsonl",
    )
)
def group(file: File) -> None:
    folder = settings().playbooks / "watch"
    sense = sense_of(load_judge(folder), load_subjects(folder, {}))
    bad: list[BadInput] = []
    rows = watch_group(_lines(file), load_grouper(folder), sense=sense, complain=bad.append)
    _answer(rows, bad)


app.command(name="shipped", help=watch_scan.SHIPPED_HELP)(watch_scan.shipped)
app.command(name="train", help=watch_train.HELP)(watch_train.train)


def _judge(own: str) -> Judge:
    folder = settings().playbooks
    if not own:
        return load_judge(folder / "watch")
    places = read_content(folder / "directory.yaml", Directory).places
    communes = tuple(place.label.vi for place in places)
    return load_judge(folder / "watch", own=own, communes=communes)


def _lines(file: Path) -> Iterable[bytes]:
    if str(file) == "-":
        return sys.stdin.buffer
    return _whole(file).splitlines()


def _whole(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInput(
            words(f"Không mở được {file} ({why}).", f"{file} cannot be opened ({why})."),
            field="file",
        ) from error


def _answer(rows: Iterable[dict[str, object]], bad: list[BadInput]) -> None:
    """Print the rows; bad lines are told at the end, and make the command exit with 1."""
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))
    for error in bad:
        typer.echo(error.said_in(LANGUAGE), err=True)
    if bad:
        raise typer.Exit(1)
