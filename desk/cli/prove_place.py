"""Options that the campaigns of `phatngon prove` share, and where they lie."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import shown
from desk.cli.tongue import say

Seed = Annotated[int, typer.Option(help=say("số gieo, để lặp lại", "repeats the same draw"))]
Postgresql = Annotated[
    bool, typer.Option("--postgresql", help=say("trên PostgreSQL", "on PostgreSQL of its own"))
]
Json = Annotated[bool, shown.AS_JSON]
Folder = Annotated[
    Path | None,
    typer.Option("--dir", metavar="D", help=say("giữ lại mọi thứ ở đây", "keep it all here")),
]


@contextmanager
def place(folder: Path | None) -> Iterator[Path]:
    """An empty folder, kept where the reader named it."""
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise typer.BadParameter(
            say(f"Thư mục {folder} không trống.", f"The folder {folder} is not empty.")
        )
    where = folder or Path(tempfile.mkdtemp(prefix="phatngon-prove-"))
    where.mkdir(parents=True, exist_ok=True)
    try:
        yield where
    finally:
        if folder is None:
            shutil.rmtree(where, ignore_errors=True)


def aside(line: str) -> None:
    """Tell what is no result: progress, and what does not hold."""
    typer.echo(line, err=True)
