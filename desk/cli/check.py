"""`phatngon playbook check`: every content file by itself and against the others."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import typer
from pydantic import BaseModel

from crisis.clock import Clock
from crisis.model.calendar import HANOI
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import BadContent
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.words import Words
from crisis.office.content.content_check import (
    Bundle,
    Found,
    check,
    content_of_day,
    statement_templates,
)
from crisis.writing.content_file import ContentErrors, Placed, read_placed
from crisis.writing.shelf import Shelf
from desk.cli import shown
from desk.cli.shipped import playbooks, templates
from desk.cli.tongue import LANGUAGE, say

NOT_CONTENT = frozenset({"press_sources"})

KNOWN: dict[str, type[BaseModel]] = {
    "law": Law,
    "directory": Directory,
    "contacts": ContactBook,
    "calendar": CalendarTable,
}

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was looked at, and what was found; `day` is None where the files could not be read."""

    files: int
    found: tuple[Found, ...]
    day: Words | None = None

    @property
    def refused(self) -> bool:
        """Whether anything has to be mended before use."""
        return any(one.refused for one in self.found)


def files_of(where: Path) -> list[Path]:
    """The content files at `where`, a file or a folder."""
    if not where.exists():
        raise typer.BadParameter(say(f"Không có {where}.", f"There is no {where}."))
    files = [where] if where.is_file() else sorted(where.glob("*.yaml"))
    return [file for file in files if file.stem not in NOT_CONTENT]


def checked(where: Path, contacts: Path | None, on: date | None) -> Checked:
    """Every fault of the files at `where`, each by itself first; then of all of them together.

    What a folder lacks is taken from the shipped one, so that a single file can be checked.
    """
    files = files_of(where)
    placed: dict[str, Placed[BaseModel]] = {}
    found: list[Found] = []
    for file in (*files, *([contacts] if contacts else ())):
        stem = "contacts" if file == contacts else file.stem
        try:
            placed[stem] = read_placed(file, KNOWN.get(stem, Playbook))
        except ContentErrors as errors:
            found += [_told(error) for error in errors.errors]
    told: Words | None = None
    if not found:
        day, bundle = on or Clock.real().now().astimezone(HANOI).date(), _bundle(placed)
        found += check(bundle, day)
        told = content_of_day(bundle.law.value, bundle.directory.value, day)
    mine = {str(file) for file in files} | ({str(contacts)} if contacts else set())
    kept = tuple(one for one in found if _of(one, mine))
    return Checked(files=len(files), found=kept, day=told)


def _of(one: Found, mine: set[str]) -> bool:
    return any(one.place.startswith(f"{file}:") or one.place == file for file in mine)


def _told(error: BadContent) -> Found:
    return Found(place=error.place, says=error.sentence, refused=True)


def _bundle(placed: dict[str, Placed[BaseModel]]) -> Bundle:
    contacts = placed.get("contacts")
    return Bundle(
        law=_one(placed, "law", Law),
        directory=_one(placed, "directory", Directory),
        calendar=_one(placed, "calendar", CalendarTable),
        contacts=_as(contacts, ContactBook) if contacts else None,
        playbooks=tuple(_as(one, Playbook) for stem, one in placed.items() if stem not in KNOWN),
        templates=statement_templates(Shelf.from_folder(templates())),
    )


def bundle_at(where: Path) -> Bundle:
    """The content files at `where`, to be checked together. Raises ContentErrors."""
    placed = {one.stem: read_placed(one, KNOWN.get(one.stem, Playbook)) for one in files_of(where)}
    return _bundle(placed)


def _one(placed: dict[str, Placed[BaseModel]], stem: str, model: type[Model]) -> Placed[Model]:
    given = placed.get(stem)
    if given is not None:
        return _as(given, model)
    return read_placed(playbooks() / f"{stem}.yaml", model)


def _as(placed: Placed[BaseModel], model: type[Model]) -> Placed[Model]:
    value = model.model_validate(placed.value)
    return Placed(value=value, name=placed.name, tree=placed.tree)


def print_checked(told: Checked, *, as_json: bool) -> None:
    """Print what was found; exit 1 where anything is refused."""
    faults = [one for one in told.found if one.refused]
    flags = [one for one in told.found if not one.refused]
    if as_json:
        shown.data(
            {
                "files": told.files,
                "checked": told.day.in_(LANGUAGE) if told.day else None,
                "faults": [_data(one) for one in faults],
                "flags": [_data(one) for one in flags],
            }
        )
    else:
        for one in faults:
            typer.echo(f"{one.place}: {one.says.in_(LANGUAGE)}", err=True)
        for one in flags:
            look = say("cần xem lại", "to be looked at")
            typer.echo(f"{one.place}: [{look}] {one.says.in_(LANGUAGE)}", err=True)
        if told.day:
            typer.echo(told.day.in_(LANGUAGE))
        typer.echo(
            say(
                f"{told.files} tệp, {len(faults)} lỗi, {len(flags)} điểm cần xem lại.",
                f"{_many(told.files, 'file')}, {_many(len(faults), 'fault')}, {len(flags)} to be "
                "looked at.",
            )
        )
    if told.refused:
        raise typer.Exit(1)


def _data(one: Found) -> dict[str, str]:
    return {"place": one.place, "says": one.says.in_(LANGUAGE)}


def _many(number: int, thing: str) -> str:
    """`1 fault`, `2 faults`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
