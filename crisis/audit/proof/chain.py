"""The chain of entries: each follows the one before and is what its hash says."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from crisis.audit.proof.canonical import digest_of, rows
from crisis.audit.proof.finding import Finding, fine, wrong

Entry = dict[str, Any]

LEDGER = "ledger.jsonl"
NOTHING = "0" * 64
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
HASH = re.compile(r"[0-9a-f]{64}")
SHAPE = {
    "v": int,
    "chain": str,
    "seq": int,
    "at": str,
    "actor": dict,
    "action": str,
    "run": (str, type(None)),
    "data": dict,
    "prev": str,
    "hash": str,
}


class Chain(NamedTuple):
    """The entries in order, and what was found; entries only where nothing is wrong."""

    entries: list[Entry]
    findings: list[Finding]


def check_ledger(raw: bytes) -> Chain:
    """The chain in `ledger.jsonl`: seq from 1, prev, hash, form; ValueError for other lines."""
    entries = rows(raw)
    for place, entry in enumerate(entries, start=1):
        code = _fault(entry, entries[place - 2] if place > 1 else None, place)
        if code:
            return Chain([], [wrong(LEDGER, code, seq=place)])
    told = {"chain": entries[0]["chain"], "first": entries[0]["at"], "last": entries[-1]["at"]}
    return Chain(entries, [fine(LEDGER, "ledger", count=len(entries), **told)])


def _fault(entry: Any, before: Any, place: int) -> str:
    if not _has_form(entry):
        return "form"
    prev, chain = (before["hash"], before["chain"]) if before else (NOTHING, entry["chain"])
    if (entry["seq"], entry["prev"], entry["chain"]) != (place, prev, chain):
        return "broken"
    body = {key: value for key, value in entry.items() if key != "hash"}
    return "" if digest_of(body) == entry["hash"] else "entry_changed"


def _has_form(entry: Any) -> bool:
    if not isinstance(entry, dict) or set(entry) != set(SHAPE):
        return False
    if not all(isinstance(entry[key], kind) for key, kind in SHAPE.items()):  # type: ignore[arg-type]
        return False
    actor = entry["actor"]
    return (
        entry["v"] == 1
        and bool(INSTANT.fullmatch(entry["at"]))
        and set(actor) == {"kind", "id"}
        and all(isinstance(value, str) for value in actor.values())
    )
