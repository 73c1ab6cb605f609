"""Faults between content files: what one file names and another one lacks, and gaps in time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from crisis.model.calendar import HANOI
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import Contact, ContactBook
from crisis.model.day_word import day_words
from crisis.model.directory import Directory
from crisis.model.fault import Fault, fault
from crisis.model.playbook import Playbook
from crisis.model.words import Words

ONE_DAY = timedelta(days=1)
STALE = timedelta(days=365)
"""An address that nobody confirmed for so long is asked about."""


class Span(Protocol):
    """Something with a first and a last day."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a playbook may name: sources of the law, topics, templates in every language."""

    sources: frozenset[str]
    topics: frozenset[str]
    templates: frozenset[str]


def playbook_name_faults(playbook: Playbook, known: Known) -> Iterator[Fault]:
    """Sources, topics and templates that the playbook names and nobody knows."""
    named: list[tuple[str, frozenset[str], str, tuple[str | int, ...]]] = [
        *(
            (b.ref, known.sources, "law.yaml", ("basis", n, "ref"))
            for n, b in enumerate(playbook.basis)
        ),
        *(
            (topic, known.topics, "directory.yaml", ("applies_to", "topics", n))
            for n, topic in enumerate(playbook.applies_to.topics)
        ),
        *(
            (plan.template, known.templates, "templates", ("statements", kind, "template"))
            for kind, plan in playbook.statements.items()
        ),
    ]
    yield from (_unknown(item, where, *at) for item, there, where, at in named if item not in there)


def contact_faults(book: ContactBook, directory: Directory) -> Iterator[Fault]:
    """Contacts of agencies that never stood."""
    for n, one in enumerate(book.contacts):
        if not directory.knows(one.agency):
            yield _unknown(one.agency, "directory.yaml", "contacts", n, "agency")


def contact_flags(book: ContactBook, directory: Directory, on: date) -> Iterator[Fault]:
    """Contacts in force without authority on that day, of an ended agency, or long unconfirmed."""
    here = [(n, one) for n, one in enumerate(book.contacts) if one.in_force(on)]
    yield from _unauthorised(
        [(n, c) for n, c in here if c.authority is None or not c.authority.in_force(on)]
    )
    yield from _unconfirmed(
        [(n, c) for n, c in here if c.verified_at is None or on - c.verified_at > STALE]
    )
    for n, one in here:
        if directory.knows(one.agency) and directory.agency(one.agency, on) is None:
            name, day = directory.name_of(one.agency), day_words(on)
            yield fault(
                f"{one.name} thuộc {name.vi}, cơ quan không còn vào ngày {day.vi}.",
                f"{one.name} belongs to {name.en}, which does not stand on {day.en}.",
                *("contacts", n, "agency"),
            )


def _unauthorised(found: Sequence[tuple[int, Contact]]) -> Iterator[Fault]:
    """All of them in one line, at the first: many contacts lack the same thing."""
    if found:
        names = "; ".join(one.name for _, one in found)
        people = "contact has" if len(found) == 1 else "contacts have"
        yield fault(
            f"{len(found)} người chưa có văn bản giao nhiệm vụ còn hiệu lực (số, phạm vi, thời "
            f"hạn): {names}.",
            f"{len(found)} {people} no authority in force (document number, scope, from and to): "
            f"{names}.",
            *("contacts", found[0][0], "authority"),
        )


def _unconfirmed(found: Sequence[tuple[int, Contact]]) -> Iterator[Fault]:
    if found:
        names = "; ".join(one.name for _, one in found)
        were = "address was" if len(found) == 1 else "addresses were"
        yield fault(
            f"{len(found)} địa chỉ chưa được xác nhận trong 12 tháng qua: {names}.",
            f"{len(found)} {were} not confirmed within the last 12 months: {names}.",
            *("contacts", found[0][0], "verified_at"),
        )


def calendar_flags(table: CalendarTable, announced_until: date) -> Iterator[Fault]:
    """Years that the calendar calls published although no day of them was ever announced to it.

    `announced_until` is the last day of which the computed holidays know the announcements.
    """
    days = (*table.overrides.days_off, *table.overrides.working_days)
    entered = {one.date.year for one in days}
    claimed = range(announced_until.year + 1, table.known_until.year + 1)
    empty = [str(year) for year in claimed if year not in entered]
    if empty:
        years, until, known = ", ".join(empty), day_words(table.known_until), announced_until.year
        yield fault(
            f"Lịch ghi là đã công bố đến {until.vi}, nhưng phần tính tự động chỉ có thông báo nghỉ "
            f"đến năm {known} và 'overrides' không ghi ngày nào của năm {years}: hạn rơi vào các "
            "năm đó không còn được báo là tạm tính. Xin ghi ngày nghỉ, ngày làm bù của từng năm, "
            "hoặc lùi 'known_until'.",
            f"The calendar calls itself published until {until.en}, but the computed part has the "
            f"announcements up to {known} only and 'overrides' has no day of {years}: due times "
            "there are no longer said to be provisional. Enter the days off and make-up days of "
            "each year, or move 'known_until' back.",
            "known_until",
        )


def zone_faults(table: CalendarTable, on: date) -> Iterator[Fault]:
    """A time zone that is not Viet Nam's in the winter or in the summer of the year of `on`."""
    for month in (1, 7):
        noon = datetime(on.year, month, 1, 12, tzinfo=ZoneInfo(table.timezone))
        if noon.utcoffset() != noon.astimezone(HANOI).utcoffset():
            yield fault(
                f"Múi giờ “{table.timezone}” lệch giờ Việt Nam (+07:00), làm sai hạn luật định; "
                "hãy ghi Asia/Ho_Chi_Minh.",
                f"The time zone “{table.timezone}” is not Viet Nam's (+07:00) and moves legal due "
                "times; write Asia/Ho_Chi_Minh.",
                "timezone",
            )
            return


def lost_contact_flags(
    directory: Directory, old: ContactBook, new: ContactBook, on: date
) -> Iterator[Fault]:
    """Agencies of `directory` that had somebody to get a task on the day `on`, and have nobody."""
    for n, agency in enumerate(directory.agencies):
        had = old.of_agency(agency.id, on)
        if agency.in_force(on) and had and not new.of_agency(agency.id, on):
            day, who = day_words(on), ", ".join(one.name for one in had)
            yield fault(
                f"{agency.name.vi} không còn ai nhận việc vào ngày {day.vi} (trước đó: {who}): "
                "việc giao và nhắc hạn sẽ không gửi được cho cơ quan này.",
                f"{agency.name.en} has nobody left on {day.en} who gets its tasks (before: {who}): "
                "neither the task nor its reminders would be mailed.",
                *("agencies", n, "id"),
            )


def directory_flags(directory: Directory) -> Iterator[Fault]:
    """Days between two periods of an agency on which it does not stand."""
    for id_ in dict.fromkeys(agency.id for agency in directory.agencies):
        places = [n for n, one in enumerate(directory.agencies) if one.id == id_]
        spans = [directory.agencies[n] for n in places]
        yield from _gaps(directory.name_of(id_), spans, places, "agencies")


def _gaps(name: Words, spans: Sequence[Span], places: Sequence[int], part: str) -> Iterator[Fault]:
    for (_, one), (n, other) in pairwise(_in_time(spans, places)):
        if one.valid_to and other.valid_from and one.valid_to + ONE_DAY < other.valid_from:
            since = day_words(one.valid_to + ONE_DAY)
            until = day_words(other.valid_from - ONE_DAY)
            yield fault(
                f"{name.vi} bị trống hiệu lực từ {since.vi} đến {until.vi}.",
                f"{name.en} does not hold from {since.en} to {until.en}.",
                *(part, n, "valid_from"),
            )


def _in_time(spans: Iterable[Span], places: Sequence[int]) -> list[tuple[int, Span]]:
    """`(place, span)` by first day; the place is that in the file."""
    found = list(zip(places, spans, strict=True))
    return sorted(found, key=lambda pair: pair[1].valid_from or date.min)


def _unknown(item: str, where: str, *at: str | int) -> Fault:
    return fault(f"'{item}' không có trong {where}.", f"'{item}' does not stand in {where}.", *at)
