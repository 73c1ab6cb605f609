"""What the ledger tells of matters, press requests and duties: entries put together in any order.

Only what the annual report counts is kept. A later entry of a chain outweighs an earlier one, so
entries may come sorted as the records find them fastest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from crisis.model.action import Action
from crisis.model.canonical import moment
from crisis.model.told import Latest, Told

Thing = TypeVar("Thing")


@dataclass(slots=True)
class Matter:
    """One incident as its chain tells it."""

    code: str
    id: str = ""
    opened_at: datetime | None = None
    exercise: bool = False
    state: Latest = field(default_factory=Latest)
    determined: Latest = field(default_factory=Latest)
    verdicts: Latest = field(default_factory=Latest)
    clocks: Latest = field(default_factory=Latest)
    published: set[str] = field(default_factory=set)
    demanded: bool = False


@dataclass(slots=True)
class Asked:
    """One press request as its chain tells it; `incident` is the key of its incident, if any."""

    id: str
    kind: str = ""
    received_at: datetime | None = None
    exercise: bool = False
    incident: str | None = None
    ended: str = ""


@dataclass(slots=True)
class Fulfilled:
    """A duty that a person recorded as done; `withdrawn` where the record was a mistake."""

    id: str
    kind: str = ""
    done_at: datetime | None = None
    exercise: bool = False
    withdrawn: bool = False


@dataclass(slots=True)
class YearBook:
    """Matters by chain, requests and duties by key."""

    matters: dict[str, Matter] = field(default_factory=dict)
    requests: dict[str, Asked] = field(default_factory=dict)
    duties: dict[str, Fulfilled] = field(default_factory=dict)

    def put(self, told: Told) -> None:
        """Take one entry in; an action that the report does not read changes nothing."""
        reader = READERS.get(told.action)
        if reader is not None:
            reader(self, told)

    def matter(self, told: Told) -> Matter:
        """The matter of the entry's chain."""
        return _kept(self.matters, told.chain, Matter)

    def request(self, told: Told) -> Asked:
        """The request that the entry names."""
        return _kept(self.requests, told.data["request"], Asked)

    def duty(self, told: Told) -> Fulfilled:
        """The duty that the entry names."""
        return _kept(self.duties, told.data["duty"], Fulfilled)


def _kept(things: dict[str, Thing], key: str, made: Callable[[str], Thing]) -> Thing:
    """The thing of that key; made where there is none, and only there: entries are many."""
    found = things.get(key)
    if found is None:
        found = things[key] = made(key)
    return found


def _opened(book: YearBook, told: Told) -> None:
    matter = book.matter(told)
    matter.id, matter.opened_at = told.data["incident"], moment(told.data.get("as_of") or told.at)
    matter.exercise = told.data["exercise"]
    matter.state.put("floors", told.seq, told.data["floors"])
    matter.state.put("stage", told.seq, told.data["stage"])


def _judged(book: YearBook, told: Told) -> None:
    book.matter(told).state.put("floors", told.seq, told.data["floors"])


def _moved(book: YearBook, told: Told) -> None:
    book.matter(told).state.put("stage", told.seq, told.data["to"])


def _determined(book: YearBook, told: Told) -> None:
    answers = book.matter(told).determined
    answers.put(told.data["determination"], told.seq, told.data["answer"])


def _concluded(book: YearBook, told: Told) -> None:
    book.matter(told).verdicts.put(told.data["claim"], told.seq, told.data["verdict"])


def _clocked(book: YearBook, told: Told) -> None:
    if "rule" in told.data:
        key = f"{told.data['rule']} {told.data['deadline']}"
        book.matter(told).clocks.put(key, told.seq, told.action)
    if told.data.get("fact") in WRITTEN_TO_PRESS:
        book.matter(told).demanded = True


def _published(book: YearBook, told: Told) -> None:
    book.matter(told).published.add(told.data["kind"])


def _received(book: YearBook, told: Told) -> None:
    asked = book.request(told)
    asked.kind, asked.exercise = told.data["kind"], told.data["exercise"]
    asked.received_at = moment(told.data["received_at"])
    asked.incident = asked.incident or told.data.get("incident")


def _joined(book: YearBook, told: Told) -> None:
    book.request(told).incident = told.data["incident"]


def _ended(book: YearBook, told: Told) -> None:
    book.request(told).ended = told.action


def _fulfilled(book: YearBook, told: Told) -> None:
    duty = book.duty(told)
    duty.kind, duty.exercise = told.data["kind"], told.data["exercise"]
    duty.done_at = moment(told.data["done_at"])


def _withdrawn(book: YearBook, told: Told) -> None:
    book.duty(told).withdrawn = True


WRITTEN_TO_PRESS = frozenset({"outlet_received_request", "outlet_received_conclusion"})
"""Starting facts of what newspapers owe: our written demand, or its written ground, has come."""

READERS: dict[str, Callable[[YearBook, Told], None]] = {
    Action.INCIDENT_OPENED: _opened,
    Action.INCIDENT_MOVED: _moved,
    Action.SEVERITY_SET: _judged,
    Action.DETERMINATION_MADE: _determined,
    Action.CLAIM_CONCLUDED: _concluded,
    Action.CLOCK_STARTED: _clocked,
    Action.CLOCK_MET: _clocked,
    Action.CLOCK_MISSED: _clocked,
    Action.CLOCK_DONE_LATE: _clocked,
    Action.CLOCK_CANCELLED: _clocked,
    Action.STATEMENT_PUBLISHED: _published,
    Action.REQUEST_RECEIVED: _received,
    Action.REQUEST_JOINED: _joined,
    Action.REQUEST_ANSWERED: _ended,
    Action.REQUEST_REFUSED: _ended,
    Action.DUTY_FULFILLED: _fulfilled,
    Action.DUTY_WITHDRAWN: _withdrawn,
}
"""What the report reads of each action; the records look for these only."""
