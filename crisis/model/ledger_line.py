"""One stored line of the ledger, checked as text: as strict as `check_entry`, and quick.

A ledger of many years is checked line by line. Building every entry and writing it out again twice
costs several times as much as what is needed: that the text is the canonical one, and its hash.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn

from crisis.model.breach import Fault, FaultKind, faults_at
from crisis.model.canonical import EXACT_INTEGERS, canonical, moment
from crisis.model.errors import BadInput
from crisis.model.ledger import NOTHING, VERSION, Head

MEMBERS = frozenset(
    ("v", "chain", "seq", "at", "actor", "action", "run", "data", "prev", "hash"),
)
ACTOR = frozenset(("kind", "id"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What an entry's line says of its place, its action and its instant (as written).

    `digest` is the hash that it must carry. No digest: the entry has not the form of this version.
    """

    chain: str
    seq: int
    at: str
    action: str
    prev: str
    hash: str
    digest: str | None

    @property
    def head(self) -> Head:
        """This entry as the head of its chain."""
        return Head(seq=self.seq, hash=self.hash)


def read_link(line: str) -> Link | None:
    """What `line` says; None where it is not the canonical line of an entry."""
    told = _told(line)
    if told is None:
        return None
    return Link(
        chain=told["chain"],
        seq=told["seq"],
        at=told["at"],
        action=told["action"],
        prev=told["prev"],
        hash=told["hash"],
        digest=_digest(line, told) if _has_form(told) else None,
    )


def check_link(link: Link, chain: str, before: Link | None, place: int) -> list[Fault]:
    """All that is wrong with `link` as the one after `before` at `place` (from 1) of `chain`."""
    last = before.head if before else Head(seq=0, hash=NOTHING)
    wrong = {
        FaultKind.FOREIGN: link.chain != chain,
        FaultKind.SEQUENCE: link.seq != last.seq + 1,
        FaultKind.LINK: link.prev != last.hash,
        FaultKind.FORM: link.digest is None,
        FaultKind.HASH: link.digest is not None and link.digest != link.hash,
    }
    return faults_at(place, wrong) if True in wrong.values() else []


def _foreign(text: str) -> NoReturn:
    raise ValueError(text)


def _exact(text: str) -> int:
    number = int(text)
    return number if abs(number) < EXACT_INTEGERS else _foreign(text)


_READ = json.JSONDecoder(parse_float=_foreign, parse_int=_exact, parse_constant=_foreign).decode
_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _told(line: str) -> dict[str, Any] | None:
    """The JSON object of an entry, where `line` is its one canonical form."""
    try:
        told = _READ(line)
        # What could be foreign in a line of ASCII letters was refused, or is written otherwise.
        written = _WRITE(told) if line.isascii() else canonical(told).decode()
    except (BadInput, ValueError, RecursionError):
        return None
    return told if written == line and _is_entry(told) else None


def _is_entry(told: Any) -> bool:
    return (
        isinstance(told, dict)
        and told.keys() == MEMBERS
        and isinstance(told["actor"], dict)
        and told["actor"].keys() == ACTOR
        and isinstance(told["data"], dict)
        and type(told["seq"]) is int
    )


def _has_form(told: dict[str, Any]) -> bool:
    try:
        moment(told["at"])
    except BadInput:
        return False
    return bool(told["v"] == VERSION)


def _digest(line: str, told: dict[str, Any]) -> str:
    """The hash of the entry without its hash: the same text with that member cut out."""
    member = f'"hash":"{told["hash"]}",'
    if line.count(member) == 1:
        return sha256(line.replace(member, "").encode()).hexdigest()
    return sha256(canonical({k: v for k, v in told.items() if k != "hash"})).hexdigest()
