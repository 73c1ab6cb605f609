"""Checking content together: every file by itself, and each against the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.content_lint import (
    Known,
    contact_faults,
    contact_flags,
    directory_flags,
    playbook_name_faults,
)
from crisis.model.directory import Directory
from crisis.model.errors import NotFound
from crisis.model.fault import Fault
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.playbook_lint import Trial, late_faults, nobody_faults
from crisis.model.silence import Setting
from crisis.model.words import Language, Words
from crisis.writing.content_file import Model, Placed
from crisis.writing.shelf import Shelf

FALLBACK = ("provincial_works",)
"""The matter on which a playbook for every topic is tried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A fault (refused) or a flag (to be looked at) with its place in words."""

    place: str
    says: Words
    refused: bool


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The content that is checked together; `contacts` may be missing, the rest may not."""

    law: Placed[Law]
    directory: Placed[Directory]
    calendar: Placed[CalendarTable]
    contacts: Placed[ContactBook] | None
    playbooks: tuple[Placed[Playbook], ...]
    templates: frozenset[str]

    def setting(self, playbook: Playbook) -> Setting:
        """The playbook among the other content, about a matter of its own."""
        nobody = ContactBook(invented=False, note="-")
        return Setting(
            playbook=playbook,
            law=self.law.value,
            directory=self.directory.value,
            contacts=self.contacts.value if self.contacts else nobody,
            calendar=office_calendar(self.calendar.value),
            topics=playbook.applies_to.topics[:1] or FALLBACK,
        )


def statement_templates(shelf: Shelf) -> frozenset[str]:
    """The statement templates that exist in every language."""
    parts = [path.split("/") for path in shelf.files if path.startswith("statements/")]
    folders = {(p[1], p[2]) for p in parts if len(p) > 3}
    return frozenset(
        name for name, _ in folders if all((name, one.value) in folders for one in Language)
    )


def check(bundle: Bundle, on: date) -> tuple[Found, ...]:
    """Everything that does not fit together on the day `on`; each place in its file."""
    law, directory = bundle.law.value, bundle.directory.value
    found = _found(bundle.directory, directory_flags(directory), refused=False)
    if bundle.contacts is not None:
        book = bundle.contacts.value
        found += _found(bundle.contacts, contact_faults(book, directory), refused=True)
        found += _found(bundle.contacts, contact_flags(book, directory, on), refused=False)
    known = Known(
        sources=frozenset(law.instruments),
        topics=frozenset(directory.topics),
        templates=bundle.templates,
    )
    for placed in bundle.playbooks:
        found += check_playbook(bundle, placed, known, on)
    return tuple(found)


def check_playbook(bundle: Bundle, placed: Placed[Playbook], known: Known, on: date) -> list[Found]:
    """The faults of one playbook among the others' content."""
    unknown = _found(placed, playbook_name_faults(placed.value, known), refused=True)
    if unknown:
        return unknown
    trial = Trial(setting=bundle.setting(placed.value), on=on)
    try:
        found = _found(placed, late_faults(trial), refused=True)
        if bundle.contacts is not None:
            found += _found(placed, nobody_faults(trial), refused=True)
    except NotFound as error:
        place = placed.place_of(("applies_to", "topics"))
        return [Found(place=place, says=error.sentence, refused=True)]
    return found


def _found(placed: Placed[Model], faults: Iterable[Fault], *, refused: bool) -> list[Found]:
    return [
        Found(place=placed.place_of(one.at), says=one.sentence, refused=refused)
        for one in sorted(faults, key=lambda one: placed.line_of(one.at))
    ]
