"""One hash chain: how an entry is made, and what is wrong with a chain that was touched."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from operator import index
from typing import Any

from crisis.model.action import Action
from crisis.model.action_fact import FACTS
from crisis.model.breach import Fault, FaultKind, faults_at
from crisis.model.canonical import canonical, commitment, instant, moment
from crisis.model.errors import BadInput
from crisis.model.words import words

__all__ = ["Actor", "ActorKind", "Entry", "Fault", "FaultKind", "Head", "check_chain"]
__all__ += ["canonical", "check_entry", "commitment", "instant", "moment"]
__all__ += ["next_entry", "read_entry"]

VERSION = 1
NOTHING = "0" * 64
"""What stands in `prev` of a first entry and of a first checkpoint."""


class ActorKind(StrEnum):
    """A signed-in person, an agency by its link, an API key, an operator's command, the system."""

    USER = "user"
    AGENCY = "agency"
    KEY = "key"
    OPERATOR = "operator"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acted: an `ActorKind`, and an id that is no name, because a ledger cannot be erased."""

    kind: str
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The last entry of a chain, as the next one needs it."""

    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a chain; `at` is UTC RFC 3339 with microseconds; `data` has no names or prose."""

    v: int
    chain: str
    seq: int
    at: str
    actor: Actor
    action: str
    run: str | None
    data: Mapping[str, Any]
    prev: str
    hash: str

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object whose canonical form is hashed: all but `hash`."""
        actor = {"kind": str(self.actor.kind), "id": self.actor.id}
        told = {"v": self.v, "chain": self.chain, "seq": self.seq, "at": self.at, "actor": actor}
        told |= {"action": str(self.action), "run": self.run, "data": dict(self.data)}
        return told | {"prev": self.prev}

    def as_json(self) -> dict[str, Any]:
        """The whole entry as a JSON object; `read_entry` reads it back."""
        return self.body | {"hash": self.hash}

    @property
    def line(self) -> bytes:
        """The entry as one line of `ledger.jsonl`, canonical, without the line end."""
        return canonical(self.as_json())

    @property
    def head(self) -> Head:
        """This entry as the head of its chain."""
        return Head(seq=self.seq, hash=self.hash)


def next_entry(  # noqa: PLR0913 the seven facts of an entry; every caller names them
    *,
    chain: str,
    head: Head | None,
    at: datetime,
    actor: Actor,
    action: Action,
    run: str | None,
    data: Mapping[str, Any],
) -> Entry:
    """The entry that follows `head` (none: the first of its chain).

    `data` is copied. A missing fact of `FACTS`, or a value that canonical JSON refuses, is
    `BadInput`.
    """
    missing = sorted(FACTS.get(action, frozenset()) - data.keys())
    if missing:
        names = ", ".join(missing)
        sentence = words(f"Bút toán {action} thiếu: {names}.", f"A {action} entry lacks: {names}.")
        raise BadInput(sentence, field="data")
    body = {"v": VERSION, "chain": chain, "seq": head.seq + 1 if head else 1, "at": instant(at)}
    body |= {"actor": {"kind": str(actor.kind), "id": actor.id}, "action": str(action), "run": run}
    body |= {"data": data, "prev": head.hash if head else NOTHING}
    text = canonical(body)
    return read_entry(json.loads(text) | {"hash": sha256(text).hexdigest()})


def read_entry(told: Mapping[str, Any]) -> Entry:
    """The entry that the JSON object `told` tells, unchecked; `BadInput` for another shape."""
    try:
        actor, data = Actor(**told["actor"]), dict(told["data"].items())
        return Entry(**{**told, "seq": index(told["seq"]), "actor": actor, "data": data})
    except (AttributeError, KeyError, TypeError) as error:
        raise BadInput(
            words("Dòng này không phải bút toán.", "This is no ledger entry."), field="entry"
        ) from error


def check_chain(entries: Iterable[Entry]) -> list[Fault]:
    """All that is wrong with `entries`, given in order from the first; empty where the chain holds.

    A tail that was cut off leaves a chain that holds: only a checkpoint tells.
    """
    faults: list[Fault] = []
    before: Entry | None = None
    for place, entry in enumerate(entries, start=1):
        faults += check_entry(entry, before, place)
        before = entry
    return faults


def check_entry(entry: Entry, before: Entry | None, place: int) -> list[Fault]:
    """All that is wrong with `entry` as the one after `before` at `place` (from 1) of its chain."""
    last = before.head if before else Head(seq=0, hash=NOTHING)
    digest = _hash_of(entry)
    wrong = {
        FaultKind.FOREIGN: before is not None and entry.chain != before.chain,
        FaultKind.SEQUENCE: entry.seq != last.seq + 1,
        FaultKind.LINK: entry.prev != last.hash,
        FaultKind.FORM: digest is None,
        FaultKind.HASH: digest is not None and digest != entry.hash,
    }
    return faults_at(place, wrong)


def _hash_of(entry: Entry) -> str | None:
    """The hash that `entry` must carry; None where it has not the form of this version."""
    try:
        moment(entry.at)
        text = canonical(entry.body)
    except BadInput:
        return None
    return sha256(text).hexdigest() if entry.v == VERSION else None
