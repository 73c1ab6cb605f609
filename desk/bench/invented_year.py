"""An invented year of matters: plain facts drawn by chance, and the ledger that tells them.

The facts of `Invented` are what a person would note down in a list; the ledger is made from them,
so that the annual report over the ledger can be held against a plain count of the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from crisis.model.action import Action
from crisis.model.canonical import instant
from crisis.model.ledger import Actor, ActorKind, Entry, Head, next_entry
from crisis.model.reporting_year import ReportingYear

WRITER = Actor(kind=ActorKind.SYSTEM, id="phatngon")
DAY = timedelta(days=1)
RULE = "initial_statement_divided_opinion"
ENDS = {
    "met": Action.CLOCK_MET,
    "done_late": Action.CLOCK_DONE_LATE,
    "missed": Action.CLOCK_MISSED,
    "cancelled": Action.CLOCK_CANCELLED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Invented:
    """One matter: when it came, what it was, and what became of it; empty text for nothing."""

    number: int
    opened_at: datetime
    exercise: bool
    dismissed: bool
    several_provinces: bool
    clock: str
    question: str
    verdict: str
    first_verdict: str
    statement: str

    @property
    def code(self) -> str:
        """The matter's code and chain."""
        return f"VV-{self.opened_at.year}-{self.number:06}"


def invented_year(year: ReportingYear, count: int, seed: int) -> Iterator[Invented]:
    """So many matters, some of them in the weeks before and after the year."""
    chance = Random(seed)  # noqa: S311  nothing secret is drawn
    span = (year.until - year.since + 40 * DAY).total_seconds()
    for number in range(count):
        yield Invented(
            number=number,
            opened_at=year.since - 20 * DAY + timedelta(seconds=int(chance.random() * span)),
            exercise=chance.random() < 0.05,
            dismissed=chance.random() < 0.05,
            several_provinces=chance.random() < 0.1,
            clock=chance.choice(("", "", "met", "done_late", "missed", "cancelled", "started")),
            question=chance.choice(("", "", "answered", "refused", "open")),
            verdict=chance.choice(("accurate", "inaccurate", "partly_accurate", "opinion", "")),
            first_verdict=chance.choice(("", "inaccurate", "unverified_yet")),
            statement=chance.choice(
                ("", "holding_statement", "correct_with_evidence", "referral", "clarify")
            ),
        )


def chain_of(one: Invented) -> Iterator[Entry]:
    """The matter's ledger chain, as the office would have written it."""
    head: Head | None = None
    for number, (action, data) in enumerate(_told(one)):
        entry = next_entry(
            chain=one.code,
            head=head,
            at=one.opened_at + timedelta(minutes=number),
            actor=WRITER,
            action=action,
            run=None,
            data=data,
        )
        head = entry.head
        yield entry


Line = tuple[Action, dict[str, object]]


def _told(one: Invented) -> Iterator[Line]:
    floors = ["several_provinces"] if one.several_provinces else []
    yield (
        Action.INCIDENT_OPENED,
        {
            "incident": _key(one, "incident"),
            "stage": "open",
            "kind": "press-report",
            "severity": "S2",
            "floors": floors,
            "exercise": one.exercise,
        },
    )
    yield from _clocked(one)
    yield from _asked(one)
    for verdict in (one.first_verdict, one.verdict):
        if verdict:
            facts: dict[str, object] = {"claim": _key(one, "claim"), "verdict": verdict}
            yield Action.CLAIM_CONCLUDED, facts | {"findings": [], "evidence": [], "block": None}
    if one.statement:
        told = {"statement": _key(one, "statement"), "version": 1, "kind": one.statement}
        yield Action.STATEMENT_PUBLISHED, told
    if one.dismissed:
        yield Action.INCIDENT_MOVED, {"from": "open", "to": "dismissed"}


def _clocked(one: Invented) -> Iterator[Line]:
    if not one.clock:
        return
    at = instant(one.opened_at)
    answer: dict[str, object] = {"determination": "divided_opinion", "made_at": at}
    yield Action.DETERMINATION_MADE, answer | {"answer": True, "late": False, "reasoned": False}
    clock: dict[str, object] = {
        "deadline": _key(one, "deadline"),
        "subject": _key(one, "incident"),
        "rule": RULE,
        "legal": True,
        "fact": "agency_determined_public_impact",
        "starts_at": at,
        "due_at": instant(one.opened_at + DAY),
    }
    yield Action.CLOCK_STARTED, clock
    if one.clock == "cancelled":
        yield Action.DETERMINATION_MADE, answer | {"answer": False, "late": False, "reasoned": True}
    if one.clock in ENDS:
        yield ENDS[one.clock], clock


def _asked(one: Invented) -> Iterator[Line]:
    if not one.question:
        return
    request: dict[str, object] = {
        "request": _key(one, "request"),
        "kind": "question",
        "incident": _key(one, "incident"),
        "exercise": one.exercise,
    }
    yield Action.REQUEST_RECEIVED, request | {"received_at": instant(one.opened_at)}
    if one.question == "answered":
        yield Action.REQUEST_ANSWERED, request | {"form": "briefing", "written": False}
    if one.question == "refused":
        yield Action.REQUEST_REFUSED, request | {"ground": "state_secret"}


def _key(one: Invented, what: str) -> str:
    kind = ("incident", "claim", "statement", "deadline", "request").index(what) + 1
    return str(UUID(int=one.number * 8 + kind))
