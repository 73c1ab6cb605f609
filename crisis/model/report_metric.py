"""What each counter of the annual report counts, and of how many (Decree 244/2026, appendix)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.model.action import Action
from crisis.model.periodic_duty import BRIEFING, PRESS_CONFERENCE
from crisis.model.press_request import RequestKind
from crisis.model.severity import Floor
from crisis.model.statement import StatementKind
from crisis.model.verdict import Verdict
from crisis.model.year_book import Asked, Fulfilled, Matter


class Source(StrEnum):
    """What a counted item is: an incident by its code, a request or a duty by its key."""

    INCIDENT = "incident"
    REQUEST = "request"
    DUTY = "duty"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One line behind a number; `counted` is false where it stands in the total only."""

    source: Source
    key: str
    at: datetime
    counted: bool


@dataclass(frozen=True, slots=True)
class YearPart:
    """What lies in the year: matters that are real and ours, requests, duties; which rules count.

    `asked` are the incidents in which a newspaper asked, `told` those in which it was answered.
    """

    matters: tuple[Matter, ...]
    requests: tuple[Asked, ...]
    duties: tuple[Fulfilled, ...]
    rules: frozenset[str]
    asked: frozenset[str]
    told: frozenset[str]


def _duties(kind: str) -> Callable[[YearPart], Iterator[Item]]:
    def items(part: YearPart) -> Iterator[Item]:
        for one in part.duties:
            if one.kind == kind and one.done_at is not None:
                yield Item(source=Source.DUTY, key=one.id, at=one.done_at, counted=True)

    return items


def _requests(part: YearPart) -> Iterator[Item]:
    return (_request(one) for one in part.requests)


def _request(one: Asked) -> Item:
    at = one.received_at
    if at is None:
        msg = f"the ledger does not tell when request {one.id} was received"
        raise ValueError(msg)
    return Item(source=Source.REQUEST, key=one.id, at=at, counted=one.ended == ANSWERED)


def _extraordinary(part: YearPart) -> Iterator[Item]:
    """Matters of article 7, clauses 2 to 5; a question outside any incident is one of its own."""
    for one in part.matters:
        if one.id in part.asked or floors_of(one) & UNDER_ARTICLE_7:
            spoken = bool(one.published - NO_SPEECH) or one.id in part.told
            yield _matter(one, counted=spoken)
    for asked in part.requests:
        if asked.kind == RequestKind.QUESTION and asked.incident is None:
            yield _request(asked)


def floors_of(matter: Matter) -> set[str]:
    """The facts that hold: as judged, and as the newest determination says."""
    floors = set(matter.state.last("floors") or ())
    for question, answer in matter.determined.lasts():
        if answer:
            floors.add(question)
        else:
            floors.discard(question)
    return floors


def _on_time(part: YearPart) -> Iterator[Item]:
    """Matters whose 24 hours run or ran; in time where each of their clocks was met."""
    for one in part.matters:
        states = [
            state
            for key, state in one.clocks.lasts()
            if key.partition(" ")[0] in part.rules and state != Action.CLOCK_CANCELLED
        ]
        if states:
            met = all(state == Action.CLOCK_MET for state in states)
            yield _matter(one, counted=met)


def _corrections(part: YearPart) -> Iterator[Item]:
    """Matters in which what the press wrote was found false; counted where we wrote with grounds.

    In part false is false (7.6): the part is answered like the whole.
    """
    for one in part.matters:
        if any(verdict in FALSE for _, verdict in one.verdicts.lasts()):
            written = StatementKind.CORRECT in one.published or one.demanded
            yield _matter(one, counted=written)


def _matter(one: Matter, *, counted: bool) -> Item:
    if one.opened_at is None:
        msg = f"the ledger does not tell when {one.code} was opened"
        raise ValueError(msg)
    return Item(source=Source.INCIDENT, key=one.code, at=one.opened_at, counted=counted)


ANSWERED = Action.REQUEST_ANSWERED.value
NO_SPEECH: frozenset[str] = frozenset({StatementKind.REMEDY_NOTE, StatementKind.REFERRAL})
"""Statements that speak to one addressee, not to the public."""

FALSE: frozenset[str] = frozenset({Verdict.INACCURATE, Verdict.PARTLY_ACCURATE})
UNDER_ARTICLE_7: frozenset[str] = frozenset(
    {
        Floor.SEVERAL_PROVINCES,
        Floor.MAJOR_EVENT,
        Floor.DIVIDED_OPINION,
        Floor.PRESS_REQUEST,
    }
)
METRICS: dict[str, Callable[[YearPart], Iterator[Item]]] = {
    "press_conferences": _duties(PRESS_CONFERENCE),
    "proactive_briefings": _duties(BRIEFING),
    "press_requests_answered": _requests,
    "extraordinary_spoken": _extraordinary,
    "on_time": _on_time,
    "correction_requests": _corrections,
}
"""How each counter of `law.yaml` is found."""

PLAIN = frozenset({"press_conferences", "proactive_briefings"})
"""Counters without a total."""
