"""Attacks on a finished pack by somebody who has not the office's key."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.audit.pack import pack_files
from crisis.model.action import Action
from crisis.model.canonical import canonical

Files = dict[str, bytes]
Lay = Callable[[Mapping[str, bytes]], Path]

OTHER_KEY = b"another key of thirty-two bytes!"


def repaired(files: Mapping[str, bytes]) -> Files:
    """The files with a manifest that fits them."""
    rest = {name: raw for name, raw in files.items() if name != "manifest.json"}
    listed = {name: sha256(raw).hexdigest() for name, raw in rest.items()}
    return {**rest, "manifest.json": canonical({"files": listed}) + b"\n"}


def codes(outcome: Any) -> set[str]:
    return {finding.code for finding in outcome.findings if finding.level == "wrong"}


@pytest.fixture
def judged(verifier: ModuleType, laid: Lay, confirmed: str) -> Callable[..., Any]:
    """What the assembled verifier finds in files under the confirmed fingerprint."""
    return lambda files, *roots: verifier.verify(str(laid(files)), confirmed, list(roots))


def test_an_untouched_pack_holds(judged: Any, good: Files) -> None:
    outcome = judged(good)
    assert (codes(outcome), outcome.exit) == (set(), 0)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_byte_of_any_file_can_be_flipped(
    verifier: ModuleType, good: Files, confirmed: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(good)))
    place = data.draw(st.integers(0, len(good[name]) - 1))
    raw = bytearray(good[name])
    raw[place] ^= data.draw(st.integers(1, 255))
    flipped = {**good, name: bytes(raw)}
    cases = [flipped] if name in ("manifest.json", "verify.py") else [flipped, repaired(flipped)]
    for files in cases:
        levels = {finding.level for finding in verifier.check_files(files, confirmed, [])}
        assert "wrong" in levels


def lines_of(files: Files, name: str) -> list[bytes]:
    return files[name].splitlines(keepends=True)


def without(files: Files, *names: str) -> Files:
    return {name: raw for name, raw in files.items() if name not in names}


def edited(files: Files, name: str, edit: Callable[[Any], Any]) -> Files:
    return {**files, name: json.dumps(edit(json.loads(files[name]))).encode()}


Lines = list[bytes]
Cut = Callable[[Lines], Lines]

LEDGER_CUTS: dict[str, Cut] = {
    "tail": lambda lines: lines[:-1],
    "down to the first checkpoint": lambda lines: lines[:3],
    "middle": lambda lines: lines[:4] + lines[5:],
    "start": lambda lines: lines[1:],
    "swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "doubled": lambda lines: [*lines, lines[-1]],
    "half a line": lambda lines: [*lines[:-1], lines[-1][:20]],
    "no line end": lambda lines: [*lines[:-1], lines[-1].rstrip()],
    "an empty line": lambda lines: [*lines, b"\n"],
    "a line of something else": lambda lines: [*lines, b"[]\n"],
    "all": lambda lines: [],
}
CHECKPOINT_CUTS: dict[str, Cut] = {
    "the last": lambda lines: lines[:-1],
    "swapped": lambda lines: lines[::-1],
    "doubled": lambda lines: [*lines, lines[-1]],
    "a line of something else": lambda lines: [*lines, b"null\n"],
    "all": lambda lines: [],
}


@pytest.mark.parametrize("cut", LEDGER_CUTS.values(), ids=LEDGER_CUTS)
def test_a_cut_ledger_fails_even_with_a_fitting_manifest(
    judged: Any, good: Files, cut: Cut
) -> None:
    name = "ledger.jsonl"
    assert judged(repaired({**good, name: b"".join(cut(lines_of(good, name)))})).exit == 1


@pytest.mark.parametrize("cut", CHECKPOINT_CUTS.values(), ids=CHECKPOINT_CUTS)
def test_cut_checkpoints_fail_even_with_a_fitting_manifest(
    judged: Any, good: Files, cut: Cut
) -> None:
    name = "checkpoints.jsonl"
    assert judged(repaired({**good, name: b"".join(cut(lines_of(good, name)))})).exit == 1


def test_a_pack_may_start_at_a_later_checkpoint(judged: Any, good: Files) -> None:
    later = b"".join(lines_of(good, "checkpoints.jsonl")[1:])
    assert judged(repaired({**good, "checkpoints.jsonl": later})).exit == 0


def test_a_cut_tail_is_seen_by_the_checkpoint_that_covers_it(judged: Any, good: Files) -> None:
    tail = b"".join(lines_of(good, "ledger.jsonl")[:-1])
    assert "not_covered" in codes(judged(repaired({**good, "ledger.jsonl": tail})))


def test_a_chain_rewritten_consistently_is_seen_by_the_checkpoints(judged: Any, told: Any) -> None:
    rewritten = told(texts={"site": b"Nothing happened\n"})
    genuine, forged = told().export(), rewritten.export()
    files = pack_files(replace(forged, checkpoints=genuine.checkpoints))
    assert codes(judged(files)) == {"not_covered"}


def test_a_rewritten_tail_cannot_hide_by_dropping_the_checkpoint(judged: Any, told: Any) -> None:
    forged = told(texts={"site": b"Nothing happened\n"}).export()
    files = pack_files(replace(forged, checkpoints=forged.checkpoints[:1]))
    assert codes(judged(files)) == {"export_not_covered"}


def test_a_pack_signed_anew_with_another_key_fails_under_the_confirmed_one(
    judged: Any, told: Any
) -> None:
    outcome = judged(pack_files(told(key=OTHER_KEY).export()))
    assert (codes(outcome), outcome.exit) == ({"other_key"}, 1)


def test_a_key_put_in_place_of_the_signing_one_fails(judged: Any, good: Files, told: Any) -> None:
    other = pack_files(told(key=OTHER_KEY).export())["public_key.pem"]
    found = codes(judged(repaired({**good, "public_key.pem": other})))
    assert found == {"other_key", "checkpoint_key", "signature"}


def test_an_older_pack_fails_against_a_root_that_was_mailed_since(judged: Any, told: Any) -> None:
    office = told()
    older = pack_files(office.export())
    known = office.covers[0].signed.checkpoint.root
    office.note(Action.INCIDENT_CLOSED, {})
    office.sign()
    mailed = office.covers[-1].signed.checkpoint.root
    assert judged(older, known).exit == 0
    assert codes(judged(older, known, mailed)) == {"root_unknown"}


DROPS = ["mail/0001-assignment.eml", "statements/s-1/v2/site.vi.txt", "publications/site.vi.txt"]
DROPS += ["runs.json", "approvals.json", "deadlines.json", "publications/index.json", "verify.py"]
DROPS += ["ledger.jsonl", "checkpoints.jsonl", "public_key.pem"]


@pytest.mark.parametrize("name", DROPS)
def test_a_dropped_file_is_missed(judged: Any, good: Files, name: str) -> None:
    assert "missing" in codes(judged(without(good, name)))


@pytest.mark.parametrize("name", DROPS)
def test_a_dropped_file_is_missed_even_by_a_fitting_manifest(
    judged: Any, good: Files, name: str
) -> None:
    assert judged(repaired(without(good, name))).exit == 1


@pytest.mark.parametrize("name", DROPS)
def test_a_replaced_file_fails_even_with_a_fitting_manifest(
    judged: Any, good: Files, name: str
) -> None:
    outcome = judged(repaired({**good, name: b"[]\n"}))
    assert outcome.exit == (0 if name == "verify.py" else 1)


@pytest.mark.parametrize("name", ["extra.txt", "mail/9999.eml", "statements/new.txt", "json.py"])
def test_an_added_file_is_seen(judged: Any, good: Files, name: str) -> None:
    added = {**good, name: b"more"}
    assert "unlisted" in codes(judged(added))
    assert "contents_changed" in codes(judged(repaired(added)))


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b"[]", b'{"files":[]}\n', b'{"files":{}}\n', b"\xff", b"[" * 9999]
)
def test_a_broken_manifest_is_told_never_raised(judged: Any, good: Files, manifest: bytes) -> None:
    assert judged({**good, "manifest.json": manifest}).exit == 1


SWAPS: dict[str, Callable[[Any], Any]] = {
    "another variant": lambda a: [{**a[0], "variants": a[0]["variants"][::-1]}],
    "another digest": lambda a: [{**a[0], "digest": "0" * 64}],
    "another entry": lambda a: [{**a[0], "entry": 1}],
    "an entry that is not there": lambda a: [{**a[0], "entry": 99}],
    "no exercise any more": lambda a: [{**a[0], "exercise": True}],
    "a variant less": lambda a: [{**a[0], "variants": a[0]["variants"][:1]}],
    "another file": lambda a: [
        {**a[0], "variants": [{**v, "file": "runs.json"} for v in a[0]["variants"]]}
    ],
    "a file outside": lambda a: [
        {**a[0], "variants": [{**v, "file": "../outside"} for v in a[0]["variants"]]}
    ],
    "told twice": lambda a: [a[0], a[0]],
    "none": lambda a: [],
    "no list": lambda a: {},
    "one key more": lambda a: [{**a[0], "by": "someone"}],
    "numbers": lambda a: [1, 2],
}


@pytest.mark.parametrize("swap", SWAPS.values(), ids=SWAPS)
def test_swapped_approvals_are_seen(judged: Any, good: Files, swap: Callable[[Any], Any]) -> None:
    outcome = judged(repaired(edited(good, "approvals.json", swap)))
    told = {
        f.place for f in outcome.findings if f.level == "wrong" and f.code != "contents_changed"
    }
    assert told & {"approvals.json", "publications/index.json"}
