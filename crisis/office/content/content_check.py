"""Checking content together: every file by itself, and each against the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crisis.calendar_source import announced_until, office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.content_lint import (
    Known,
    calendar_flags,
    contact_faults,
    contact_flags,
    directory_flags,
    playbook_name_faults,
    zone_faults,
)
from crisis.model.day_word import day_words
from crisis.model.directory import Directory
from crisis.model.fault import Fault
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.playbook_lint import Trial, late_faults, nobody_faults, unreached_faults
from crisis.model.silence import Setting
from crisis.model.trial_topic import trial_topics
from crisis.model.validity import holding_on
from crisis.model.words import Language, Words, words
from crisis.writing.content_file import Model, Placed
from crisis.writing.shelf import Shelf


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A fault (refused) or a flag (to be looked at) with its place in words."""

    place: str
    says: Words
    refused: bool


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The content that is checked together; `contacts` may be missing, the rest may not.

    `signers_known` is false where the contacts name agencies' people only, not the office's.
    """

    law: Placed[Law]
    directory: Placed[Directory]
    calendar: Placed[CalendarTable]
    contacts: Placed[ContactBook] | None
    playbooks: tuple[Placed[Playbook], ...]
    templates: frozenset[str]
    signers_known: bool = True

    def setting(self, playbook: Playbook, on: date) -> Setting:
        """The playbook among the other content, about a matter of its own on the day `on`."""
        nobody = ContactBook(invented=False, note="-")
        directory = self.directory.value
        return Setting(
            playbook=playbook,
            law=self.law.value,
            directory=directory,
            contacts=self.contacts.value if self.contacts else nobody,
            calendar=office_calendar(self.calendar.value),
            topics=trial_topics(playbook, directory, on),
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
    directory = bundle.directory.value
    days = calendar_flags(bundle.calendar.value, announced_until())
    found = _found(bundle.calendar, zone_faults(bundle.calendar.value, on), refused=True)
    found += _found(bundle.calendar, days, refused=False)
    found += _found(bundle.directory, directory_flags(directory), refused=False)
    if bundle.contacts is not None:
        book = bundle.contacts.value
        found += _found(bundle.contacts, contact_faults(book, directory), refused=True)
        found += _found(bundle.contacts, contact_flags(book, directory, on), refused=False)
    return (*found, *check_playbooks(bundle, on))


def check_playbooks(bundle: Bundle, on: date) -> tuple[Found, ...]:
    """What is wrong with the playbooks on the day `on`, among the other content of the bundle."""
    known = Known(
        sources=frozenset(bundle.law.value.instruments),
        topics=frozenset(bundle.directory.value.topics),
        templates=bundle.templates,
    )
    return tuple(one for placed in bundle.playbooks for one in _of(bundle, placed, known, on))


def newly(before: Iterable[Found], after: Iterable[Found]) -> tuple[Found, ...]:
    """What is found after a change and was not before it, on whatever line; faults first."""
    known = {_key(one) for one in before}
    return tuple(
        sorted((one for one in after if _key(one) not in known), key=lambda one: not one.refused)
    )


def _key(one: Found) -> tuple[str, str]:
    return one.place.split(":")[0], one.says.vi


def _of(bundle: Bundle, placed: Placed[Playbook], known: Known, on: date) -> list[Found]:
    """The faults of one playbook among the others' content.

    On a day on which no agency answers for its matter it cannot be tried, which is no fault of its.
    """
    unknown = _found(placed, playbook_name_faults(placed.value, known), refused=True)
    if unknown:
        return unknown
    trial = Trial(setting=bundle.setting(placed.value, on), on=on)
    if not trial.setting.topics:
        place = placed.place_of(("applies_to", "topics"))
        return [Found(place=place, says=_untried(on), refused=False)]
    found = _found(placed, late_faults(trial), refused=True)
    if bundle.contacts is not None:
        nobody = nobody_faults if bundle.signers_known else unreached_faults
        found += _found(placed, nobody(trial), refused=True)
    return found


def _untried(on: date) -> Words:
    return words(
        f"Chưa chạy thử được: trong danh bạ ngày {on:%d/%m/%Y} không có cơ quan nào phụ trách lĩnh "
        "vực của kịch bản này.",
        f"Not tried: on {day_words(on).en} no agency of the directory answers for what this "
        "playbook is about.",
    )


def content_of_day(law: Law, directory: Directory, on: date) -> Words:
    """Which law and which agencies are meant by a check on the day `on`."""
    agencies = len(directory.in_force(on))
    rules = len(holding_on(on, law.rules))
    return words(
        f"Kiểm tra cho ngày {on:%d/%m/%Y}: {agencies} cơ quan trong danh bạ và {rules} quy định "
        "pháp luật có hiệu lực ngày đó; kịch bản, lịch và danh bạ liên hệ là bản hiện có.",
        f"Checked for {day_words(on).en}: {agencies} agencies of the directory and {rules} rules "
        "of law in force on that day; playbooks, calendar and contacts as they are now.",
    )


def _found(placed: Placed[Model], faults: Iterable[Fault], *, refused: bool) -> list[Found]:
    return [
        Found(place=placed.place_of(one.at), says=one.sentence, refused=refused)
        for one in sorted(faults, key=lambda one: placed.line_of(one.at))
    ]
