"""The lists beside the ledger: clocks, runs, and the export that bound them all."""

from __future__ import annotations

import hashlib
from typing import Any

from crisis.audit.proof.canonical import digest_of, parsed
from crisis.audit.proof.chain import LEDGER, Entry
from crisis.audit.proof.finding import Finding, fine, note, wrong
from crisis.audit.proof.material import Files
from crisis.audit.proof.story import listing

DEADLINES = "deadlines.json"
RUNS = "runs.json"
UNBOUND = {"checkpoints.jsonl", "ledger.jsonl", "manifest.json", "public_key.pem", "verify.py"}
DEADLINE_KEYS = {"deadline", "rule", "starts_at", "due_at", "state"}
TIMED = ("clock.started", "clock.recomputed", "clock.resumed")
STATES = {
    "clock.started": "running",
    "clock.recomputed": "running",
    "clock.resumed": "running",
    "clock.paused": "paused",
    "clock.met": "met",
    "clock.missed": "missed",
    "clock.done_late": "late",
    "clock.cancelled": "cancelled",
}


def told_until_export(entries: list[Entry]) -> list[Entry]:
    """The entries up to the last that tells of an export; none where none does."""
    exports = [entry["seq"] for entry in entries if entry["action"] == "pack.exported"]
    return entries[: exports[-1]] if exports else []


def check_contents(files: Files, entries: list[Entry]) -> list[Finding]:
    """Every file is what the export recorded, but ledger, checkpoints, key, manifest, verifier."""
    told = told_until_export(entries)
    if not told:
        return [wrong(LEDGER, "not_exported")]
    names = set(files) - UNBOUND
    contents = digest_of({name: hashlib.sha256(files[name]).hexdigest() for name in names})
    right = told[-1]["data"]["contents"] == contents
    found = fine if right else wrong
    code = "contents" if right else "contents_changed"
    after = len(entries) - len(told)
    notes = [note(LEDGER, "after_export", count=after)] if after else []
    return [found("manifest.json", code, seq=len(told)), *notes]


def check_deadlines(files: Files, told: list[Entry]) -> list[Finding]:
    """Each clock started in the ledger is listed, with the times and state of its last entry."""
    listed = listing(files, DEADLINES, DEADLINE_KEYS)
    clocks = {item["deadline"]: item for item in listed}
    expected = clocks_of(told)
    names = sorted({*clocks, *expected})
    found = [
        wrong(DEADLINES, "clock", deadline=name)
        for name in names
        if clocks.get(name) != expected.get(name)
    ]
    found += [wrong(DEADLINES, "twice")] if len(clocks) < len(listed) else []
    return found or [fine(DEADLINES, "deadlines", count=len(listed))]


def clocks_of(told: list[Entry]) -> dict[str, dict[str, Any]]:
    """The clocks by id as the ledger tells them at its end."""
    clocks: dict[str, dict[str, Any]] = {}
    for entry in told:
        action, data = entry["action"], entry["data"]
        if action in STATES:
            known = clocks.setdefault(data["deadline"], {})
            if action in TIMED:
                known.update({key: data[key] for key in DEADLINE_KEYS & set(data)})
            known["state"] = STATES[action]
    return clocks


def check_runs(files: Files, told: list[Entry]) -> list[Finding]:
    """Each run that wrote an entry is listed."""
    known = {run["id"] for run in parsed(files[RUNS])}
    named = {entry["run"] for entry in told if entry["run"] is not None}
    found = [
        wrong(RUNS, "run", seq=entry["seq"])
        for entry in told
        if entry["run"] is not None and entry["run"] not in known
    ]
    return found or [fine(RUNS, "runs", count=len(known), silent=len(known - named))]
