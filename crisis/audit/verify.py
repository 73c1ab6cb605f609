"""Checks an audit pack of phatngon: needs Python 3.9 or later and its standard library alone.

    python3 -I verify.py [PACK] [--fingerprint HEX] [--root HEX] [--lang vi] [--json]

PACK is the unpacked folder or the ZIP (default: the folder of this program). The fingerprint is
the SHA-256 of the office's public key and must come from somewhere else than the pack; a root is
that of a checkpoint mailed to you before. Take this program, too, from a place you trust.

Exit: 0 all holds under the confirmed key, 2 all holds but the key is not confirmed, 1 otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from crisis.audit.proof.chain import LEDGER, Chain, Entry, check_ledger
from crisis.audit.proof.finding import WRONG, Finding, fine, note, sentence, wrong
from crisis.audit.proof.material import MANIFEST, Files, check_manifest, gather
from crisis.audit.proof.register import (
    DEADLINES,
    RUNS,
    check_contents,
    check_deadlines,
    check_runs,
    told_until_export,
)
from crisis.audit.proof.seal import CHECKPOINTS, KEY, check_checkpoints, check_roots, read_key
from crisis.audit.proof.story import (
    APPROVALS,
    PUBLICATIONS,
    check_approvals,
    check_bytes,
    check_publications,
)

HOLDS, DOES_NOT_HOLD, NOT_CONFIRMED = 0, 1, 2

OTHER_SHAPE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What content of another shape than expected makes Python raise; ours is a `ValueError`."""

Check = Callable[[Files, list[Entry]], list[Finding]]

STORY: list[tuple[str, Check]] = [
    (LEDGER, check_bytes),
    (APPROVALS, check_approvals),
    (PUBLICATIONS, check_publications),
    (DEADLINES, check_deadlines),
    (RUNS, check_runs),
]


class Outcome(NamedTuple):
    """All that was found, and the fingerprint of the key in the pack ("" where there is none)."""

    findings: list[Finding]
    fingerprint: str
    exit: int


def verify(place: str, fingerprint: str | None, roots: list[str]) -> Outcome:
    """All that holds and does not hold in the pack at `place`; never raises for what lies there."""
    files, findings = gather(place)
    findings += check_files(files, fingerprint, roots)
    exit_code = HOLDS if fingerprint else NOT_CONFIRMED
    if any(finding.level == WRONG for finding in findings):
        exit_code = DOES_NOT_HOLD
    key = key_in(files)
    return Outcome(findings, hashlib.sha256(key).hexdigest() if key else "", exit_code)


def check_files(files: Files, fingerprint: str | None, roots: list[str]) -> list[Finding]:
    """What holds and does not hold in the `files` of a pack."""
    found = guarded(MANIFEST, lambda: check_manifest(files))
    key = key_in(files)
    found += check_key(key, fingerprint) if key else [wrong(KEY, "malformed")]
    return found + check_told(files, key, roots)


def key_in(files: Files) -> bytes:
    """The raw public key of the pack; empty where there is none."""
    try:
        return read_key(files[KEY])
    except OTHER_SHAPE:
        return b""


def check_key(key: bytes, fingerprint: str | None) -> list[Finding]:
    """Whether `key` is the one that the reader has confirmed elsewhere."""
    known = hashlib.sha256(key).hexdigest()
    if not fingerprint:
        return [note(KEY, "key_not_confirmed", fingerprint=known)]
    same = "".join(fingerprint.split()).replace(":", "").lower() == known
    found = fine if same else wrong
    return [found(KEY, "key" if same else "other_key", fingerprint=known)]


def check_told(files: Files, key: bytes, roots: list[str]) -> list[Finding]:
    """The ledger, its checkpoints, and the story that it tells."""
    entries, found = read_chain(files)
    if not entries:
        return [*found, note(LEDGER, "not_checked")]
    found += guarded(CHECKPOINTS, lambda: check_checkpoints(files[CHECKPOINTS], key, entries))
    found += guarded(CHECKPOINTS, lambda: check_roots(files[CHECKPOINTS], roots))
    found += guarded(MANIFEST, lambda: check_contents(files, entries))
    told = told_until_export(entries)
    for place, check in STORY:
        found += guarded(place, partial(check, files, told))
    return found


def read_chain(files: Files) -> Chain:
    """The ledger; without entries where anything in it is wrong."""
    try:
        return check_ledger(files[LEDGER])
    except OTHER_SHAPE:
        return Chain([], [wrong(LEDGER, "malformed")])


def guarded(place: str, check: Callable[[], list[Finding]]) -> list[Finding]:
    """What `check` found; content of another shape than it expects is wrong, never an exception."""
    try:
        return check()
    except OTHER_SHAPE:
        return [wrong(place, "malformed")]


def report(outcome: Outcome, language: str) -> str:
    """The outcome for people."""
    count = sum(finding.level == WRONG for finding in outcome.findings)
    last = {HOLDS: "holds", DOES_NOT_HOLD: "does_not_hold", NOT_CONFIRMED: "holds_unconfirmed"}
    lines = [finding.told(language) for finding in outcome.findings]
    return "\n".join([*lines, "", sentence(last[outcome.exit], {"count": count}, language), ""])


def as_json(outcome: Outcome, language: str) -> str:
    """The outcome for programs: exit, fingerprint and each finding with its facts."""
    findings: list[dict[str, Any]] = [
        {**finding._asdict(), "sentence": sentence(finding.code, finding.facts, language)}
        for finding in outcome.findings
    ]
    told = {"exit": outcome.exit, "fingerprint": outcome.fingerprint, "findings": findings}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


class Arguments(argparse.ArgumentParser):
    """Wrong usage exits 1, because 2 says that everything holds."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the arguments, then exit."""
        self.exit(DOES_NOT_HOLD, f"{self.format_usage()}{message}\n")


PACK = "folder or ZIP; without it, the pack that this program lies in, or the present folder"


def _here() -> str:
    beside = Path(__file__).resolve().parent
    return str(beside) if (beside / MANIFEST).is_file() else "."


def main(arguments: list[str] | None = None) -> int:
    """Verify the pack that `arguments` name, tell it, and give the exit code."""
    parser = Arguments(description="Checks an audit pack of phatngon.")
    parser.add_argument("pack", nargs="?", default=_here(), help=PACK)
    parser.add_argument("--fingerprint", help="SHA-256 of the office's public key, in hex")
    parser.add_argument("--root", action="append", default=[], help="root of a mailed checkpoint")
    parser.add_argument("--lang", choices=("en", "vi"), default="en")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    outcome = verify(asked.pack, asked.fingerprint, asked.root)
    told = (as_json if asked.json else report)(outcome, asked.lang)
    sys.stdout.buffer.write(told.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    return outcome.exit


if __name__ == "__main__":
    sys.exit(main())
