"""What commands print: JSON for programs, tables for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crisis.model.words import Language
from desk.cli.tongue import LANGUAGE
from desk.door.page_time import day_words, due_words, moment_words

WIDE = 1000
AS_JSON = typer.Option("--json", help="JSON")


def data(value: Any) -> None:
    """Print `value` as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def line(pairs: Mapping[str, object], *, as_json: bool) -> None:
    """Print names and values on one line, as JSON or for people."""
    plain = " ".join(f"{name}={value}" for name, value in pairs.items())
    typer.echo(json.dumps(pairs, ensure_ascii=False) if as_json else plain)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; texts from outside are shown as they are, without markup."""
    made = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    # A pipe has no edge: folded at 80 letters, an id could be neither read nor searched for.
    Console(width=None if sys.stdout.isatty() else WIDE).print(made)


def facts(pairs: Mapping[str, object]) -> None:
    """Print names and values, one pair a line."""
    wide = max((len(name) for name in pairs), default=0)
    for name, value in pairs.items():
        typer.echo(f"{name:<{wide}}  {value}")


def when(at: datetime | None) -> str:
    """An instant as people read it; empty for none."""
    return moment_words(at, Language(LANGUAGE)) if at else ""


def due(at: datetime | None) -> str:
    """A due time as people say it: what ends with a day is told by that day; empty for none."""
    return due_words(at, Language(LANGUAGE)) if at else ""


def day(at: date | None) -> str:
    """A day as people read it; empty for none."""
    return day_words(at, Language(LANGUAGE)) if at else ""
