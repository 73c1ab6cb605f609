"""The signed checkpoints: whose key, one after the other, and over this very chain."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from crisis.audit.proof.canonical import Malformed, canonical, digest_of, rows, unhexed
from crisis.audit.proof.chain import INSTANT, NOTHING, Entry
from crisis.audit.proof.ed25519 import is_signed
from crisis.audit.proof.finding import Finding, fine, note, wrong

CHECKPOINTS = "checkpoints.jsonl"
KEY = "public_key.pem"
KEY_PREFIX = bytes.fromhex("302a300506032b6570032100")
LINE_KEYS = {"checkpoint", "signature", "proof"}
CHECKPOINT_KEYS = {"seq", "at", "prev", "root", "count", "key_id"}
PROOF_KEYS = {"salt", "seq", "index", "path"}


def read_key(pem: bytes) -> bytes:
    """The raw 32-byte public key of a PEM file; ValueError where it is written in any other way."""
    lines = pem.decode("ascii").split("\n")
    der = base64.b64decode("".join(lines[1:-2]), validate=True)
    text = base64.b64encode(der).decode("ascii")
    whole = "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n"
    if not der.startswith(KEY_PREFIX) or len(der) != 44 or pem != whole.encode("ascii"):
        raise Malformed
    return der[len(KEY_PREFIX) :]


def check_checkpoints(raw: bytes, key: bytes, entries: list[Entry]) -> list[Finding]:
    """What the checkpoints of `raw` vouch for, under `key`, of the chain `entries`."""
    lines = rows(raw) if raw else []
    if not lines:
        return [wrong(CHECKPOINTS, "unsigned")]
    found: list[Finding] = []
    before: Any = None
    for place, line in enumerate(lines, start=1):
        if not _has_checkpoint_form(line):
            return [*found, wrong(CHECKPOINTS, "checkpoint_form", line=place)]
        found += _check_line(line, before, key)
        found += _check_cover(line, before, entries)
        before = line
    return found or _told(lines, entries)


def _told(lines: list[Any], entries: list[Entry]) -> list[Finding]:
    last, covered = lines[-1]["checkpoint"], lines[-1]["proof"]["seq"]
    facts = {"seq": last["seq"], "at": last["at"], "root": last["root"], "covered": covered}
    told = [fine(CHECKPOINTS, "checkpoints", count=len(lines), **facts)]
    left = entries[covered:]
    if any(entry["action"] == "pack.exported" for entry in left):
        return [*told, wrong(CHECKPOINTS, "export_not_covered")]
    if not left:
        return [*told, fine(CHECKPOINTS, "none_after")]
    return [*told, note(CHECKPOINTS, "after", count=len(left), first=covered + 1)]


def check_roots(raw: bytes, roots: list[str]) -> list[Finding]:
    """Whether each root that an auditor was sent before is one of a checkpoint here."""
    known = {line["checkpoint"]["root"] for line in rows(raw)} if roots else set()
    return [wrong(CHECKPOINTS, "root_unknown", root=root) for root in roots if root not in known]


def _check_line(line: dict[str, Any], before: Any, key: bytes) -> list[Finding]:
    checkpoint = line["checkpoint"]
    seq, codes = checkpoint["seq"], []
    if not _follows(checkpoint, before):
        codes.append("checkpoint_link")
    if checkpoint["key_id"] != hashlib.sha256(key).hexdigest():
        codes.append("checkpoint_key")
    if not is_signed(key, canonical(checkpoint), unhexed(line["signature"], 64)):
        codes.append("signature")
    return [wrong(CHECKPOINTS, code, seq=seq) for code in codes]


def _follows(checkpoint: dict[str, Any], before: Any) -> bool:
    if before is None:
        return bool(checkpoint["seq"] > 1 or checkpoint["prev"] == NOTHING)
    last = before["checkpoint"]
    follows: tuple[int, str] = (last["seq"] + 1, digest_of(last))
    return (checkpoint["seq"], checkpoint["prev"]) == follows and checkpoint["at"] >= last["at"]


def _check_cover(line: dict[str, Any], before: Any, entries: list[Entry]) -> list[Finding]:
    checkpoint, proof = line["checkpoint"], line["proof"]
    covered = proof["seq"]
    steady = before is None or (
        proof["salt"] == before["proof"]["salt"] and covered >= before["proof"]["seq"]
    )
    if steady and 0 < covered <= len(entries) and _leads_to_root(checkpoint, proof, entries):
        return []
    return [wrong(CHECKPOINTS, "not_covered", seq=checkpoint["seq"], covered=covered)]


def _leads_to_root(checkpoint: dict[str, Any], proof: dict[str, Any], entries: list[Entry]) -> bool:
    """RFC 9162, 2.1.3.2, from the leaf that this chain must have had when it was signed."""
    entry = entries[proof["seq"] - 1]
    blinded = hashlib.sha256(unhexed(proof["salt"], 32) + entry["chain"].encode("utf-8"))
    leaf = {"chain": blinded.hexdigest(), "head": entry["hash"], "seq": entry["seq"]}
    digest = hashlib.sha256(b"\x00" + canonical(leaf)).digest()
    place, last = proof["index"], checkpoint["count"] - 1
    if not 0 <= place <= last:
        return False
    for beside in (unhexed(text, 32) for text in proof["path"]):
        if last == 0:
            return False
        lone = place == last
        pair = beside + digest if place % 2 or lone else digest + beside
        digest = hashlib.sha256(b"\x01" + pair).digest()
        while lone and place % 2 == 0 and place:
            place, last = place // 2, last // 2
        place, last = place // 2, last // 2
    return bool(last == 0 and digest.hex() == checkpoint["root"])


def _has_checkpoint_form(line: Any) -> bool:
    if not isinstance(line, dict) or set(line) != LINE_KEYS:
        return False
    checkpoint, proof = line["checkpoint"], line["proof"]
    if set(checkpoint) != CHECKPOINT_KEYS or set(proof) != PROOF_KEYS:
        return False
    numbers = (checkpoint["seq"], checkpoint["count"], proof["seq"], proof["index"])
    return all(type(number) is int for number in numbers) and bool(
        INSTANT.fullmatch(checkpoint["at"])
    )
