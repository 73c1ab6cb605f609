"""What was written, approved and published: the bytes in the pack against what the ledger tells."""

from __future__ import annotations

import hashlib
from typing import Any

from crisis.audit.proof.canonical import Malformed, digest_of, parsed
from crisis.audit.proof.chain import HASH, LEDGER, Entry
from crisis.audit.proof.finding import Finding, fine, note, wrong
from crisis.audit.proof.material import Files

APPROVALS = "approvals.json"
PUBLICATIONS = "publications/index.json"
HELD = ("mail/", "statements/", "publications/")
APPROVAL_KEYS = {"entry", "digest", "statement", "version", "kind", "exercise", "variants"}
VARIANT_KEYS = {"outlet", "language", "sha256", "file"}
PUBLICATION_KEYS = {"entry", "digest", "outlet", "language", "sha256", "file"}


def check_bytes(files: Files, told: list[Entry]) -> list[Finding]:
    """Each mail, statement, publication stands in the ledger, and what the ledger tells is here."""
    held = {
        name: hashlib.sha256(raw).hexdigest()
        for name, raw in files.items()
        if name.startswith(HELD) and name != PUBLICATIONS
    }
    spoken = {text for entry in told for text in _texts(entry["data"])}
    gone = erased_in(told)
    found = [wrong(name, "unspoken") for name, sha in sorted(held.items()) if sha not in spoken]
    found += [
        wrong(LEDGER, "absent", seq=entry["seq"], sha256=sha)
        for entry in _owing(told)
        for sha in _texts(entry["data"], "sha256")
        if sha not in gone and sha not in held.values()
    ]
    notes = [note(LEDGER, "erased", count=len(gone))] if gone else []
    return (found or [fine("mail, statements, publications", "bytes", count=len(held))]) + notes


def _owing(told: list[Entry]) -> list[Entry]:
    """The entries whose bytes have to be here: mails, submitted versions, publications."""
    submitted = {e["data"]["digest"] for e in told if e["action"] == "statement.submitted"}
    return [
        entry
        for entry in told
        if entry["action"].startswith(("mail.", "publication."))
        or (entry["action"].startswith("statement.") and entry["data"].get("digest") in submitted)
    ]


def erased_in(told: list[Entry]) -> set[str]:
    """The hashes of what was erased under a recorded decision."""
    erasing = [entry for entry in told if entry["action"] == "data.erased"]
    return {sha for entry in erasing for sha in _texts(entry["data"]) if HASH.fullmatch(sha)}


def check_approvals(files: Files, told: list[Entry]) -> list[Finding]:
    """Each approval is that of its entry, and its digest that of the statement files."""
    listed = listing(files, APPROVALS, APPROVAL_KEYS)
    gone = erased_in(told)
    found: list[Finding] = []
    for approval in listed:
        entry = _entry(told, approval["entry"], "approval.given", approval["digest"])
        if entry is None:
            found.append(wrong(APPROVALS, "no_approval", seq=approval["entry"]))
        if not _is_of_these_bytes(approval, files, gone):
            found.append(wrong(APPROVALS, "digest", seq=approval["entry"]))
    found += _untold_approvals(listed, told)
    return found or [fine(APPROVALS, "approvals", count=len(listed))]


def check_publications(files: Files, told: list[Entry]) -> list[Finding]:
    """Each publication is the bytes that were approved when it was frozen."""
    listed = listing(files, PUBLICATIONS, PUBLICATION_KEYS)
    approvals = {item["digest"]: item for item in listing(files, APPROVALS, APPROVAL_KEYS)}
    gone = erased_in(told)
    found: list[Finding] = []
    for item in listed:
        entry = _entry(told, item["entry"], "publication.frozen", item["digest"])
        if entry is None or _variant(item) not in map(_variant, entry["data"]["variants"]):
            found.append(wrong(PUBLICATIONS, "not_frozen", seq=item["entry"]))
        elif not _was_approved(item, approvals.get(item["digest"]), told):
            found.append(wrong(PUBLICATIONS, "not_approved", seq=item["entry"]))
        if not _is_file(item, files, gone):
            found.append(wrong(item["file"], "changed"))
    found += _untold_publications(listed, told)
    known = {item["file"] for item in listed} | {PUBLICATIONS}
    strays = [n for n in sorted(files) if n.startswith("publications/") and n not in known]
    found += [wrong(name, "unlisted") for name in strays]
    return found or [fine(PUBLICATIONS, "publications", count=len(listed))]


def listing(files: Files, name: str, keys: set[str]) -> list[Any]:
    """The objects listed in the file `name`, each with exactly `keys`; else `Malformed`."""
    listed = parsed(files[name])
    if not isinstance(listed, list) or any(set(item) != keys for item in listed):
        raise Malformed
    return listed


def _is_of_these_bytes(approval: Any, files: Files, gone: set[str]) -> bool:
    variants = [
        {key: variant[key] for key in VARIANT_KEYS - {"file"}} for variant in approval["variants"]
    ]
    signed = {key: approval[key] for key in APPROVAL_KEYS - {"entry", "digest", "variants"}}
    return (
        all(set(variant) == VARIANT_KEYS for variant in approval["variants"])
        and all(_is_file(variant, files, gone) for variant in approval["variants"])
        and digest_of({**signed, "variants": variants}) == approval["digest"]
    )


def _is_file(item: Any, files: Files, gone: set[str]) -> bool:
    if item["file"] not in files:
        return bool(item["sha256"] in gone)
    return bool(hashlib.sha256(files[item["file"]]).hexdigest() == item["sha256"])


def _was_approved(item: Any, approval: Any, told: list[Entry]) -> bool:
    if approval is None or _variant(item) not in map(_variant, approval["variants"]):
        return False
    version = (approval["statement"], approval["version"])
    last = [
        entry["action"]
        for entry in told[: item["entry"] - 1]
        if entry["action"] in ("approval.given", "approval.voided")
        and (entry["data"]["statement"], entry["data"]["version"]) == version
    ][-1:]
    return last == ["approval.given"]


def _variant(told: Any) -> tuple[str, str, str]:
    return (told["outlet"], told["language"], told["sha256"])


def _untold_publications(listed: list[Any], told: list[Entry]) -> list[Finding]:
    known = [(item["entry"], *_variant(item)) for item in listed]
    frozen = [
        (entry["seq"], *_variant(variant))
        for entry in told
        if entry["action"] == "publication.frozen"
        for variant in entry["data"]["variants"]
    ]
    missing = sorted({item[0] for item in set(frozen) - set(known)})
    twice = [wrong(PUBLICATIONS, "twice")] if len(set(known)) < len(known) else []
    return twice + [wrong(PUBLICATIONS, "untold", seq=seq) for seq in missing]


def _entry(told: list[Entry], seq: int, action: str, digest: str) -> Entry | None:
    entry = told[seq - 1] if 0 < seq <= len(told) else None
    right = entry and entry["action"] == action and entry["data"]["digest"] == digest
    return entry if right else None


def _untold_approvals(listed: list[Any], told: list[Entry]) -> list[Finding]:
    known = {item["entry"] for item in listed}
    missing = [e["seq"] for e in told if e["action"] == "approval.given" and e["seq"] not in known]
    twice = [wrong(APPROVALS, "twice")] if len(known) < len(listed) else []
    return twice + [wrong(APPROVALS, "untold", seq=seq) for seq in missing]


def _texts(value: Any, key: str | None = None) -> list[str]:
    """All strings inside `value`, or only those that stand under `key`."""
    if isinstance(value, dict):
        parts = [(part, None if name == key else key) for name, part in value.items()]
    elif isinstance(value, list):
        parts = [(part, key) for part in value]
    else:
        return [value] if isinstance(value, str) and key is None else []
    return [text for part, wanted in parts for text in _texts(part, wanted)]
