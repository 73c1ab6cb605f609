"""The audit pack as a file: one ZIP that says the same bytes for the same contents."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from crisis.audit.contents import PackContents
from crisis.audit.proof.material import MANIFEST, SAFE
from crisis.audit.proof.seal import KEY_PREFIX
from crisis.audit.verifier import verifier_source
from crisis.model.canonical import canonical
from crisis.model.errors import BadInput
from crisis.model.words import words

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can tell: the pack's own times say nothing."""


def contents_digest(contents: PackContents) -> str:
    """What `pack.exported` records as `contents`: SHA-256 of `{path: sha256}` of `listed_files`."""
    return sha256(canonical(_hashes(listed_files(contents)))).hexdigest()


def listed_files(contents: PackContents) -> dict[str, bytes]:
    """The files that the export binds; a name that is unsafe or taken is `BadInput`."""
    files = {
        "runs.json": _pretty([dict(run) for run in contents.runs]),
        "approvals.json": _pretty([asdict(approval) for approval in contents.approvals]),
        "deadlines.json": _pretty([asdict(clock) for clock in contents.deadlines]),
        "publications/index.json": _pretty([asdict(item) for item in contents.publications]),
    }
    folders = {
        "mail": contents.mails,
        "statements": contents.statements,
        "publications": contents.published,
    }
    count = len(files) + sum(map(len, folders.values()))
    for folder, inner in folders.items():
        for name, raw in inner.items():
            files[_safe(f"{folder}/{name}")] = raw
    if len({name.lower() for name in files}) < count:
        raise BadInput(words("Hai tệp trùng tên.", "Two files have one name."), field="name")
    return files


def pack_files(contents: PackContents) -> dict[str, bytes]:
    """Every file of the pack by path, the manifest included."""
    files = listed_files(contents)
    files["ledger.jsonl"] = b"".join(entry.line + b"\n" for entry in contents.entries)
    files["checkpoints.jsonl"] = b"".join(
        canonical(cover.as_json()) + b"\n" for cover in contents.checkpoints
    )
    files["public_key.pem"] = _pem(contents.public_key)
    files["verify.py"] = verifier_source()
    files[MANIFEST] = canonical({"files": _hashes(files)}) + b"\n"
    return files


def write_pack(contents: PackContents, target: Path) -> None:
    """Write the pack to `target`, whole or not at all; an unsafe or double name is `BadInput`."""
    files = pack_files(contents)
    part = target.with_name(target.name + ".part")
    with ZipFile(part, "w") as archive:
        for name in sorted(files):
            member = ZipInfo(name, date_time=EPOCH)
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name], compress_type=ZIP_DEFLATED, compresslevel=6)
    part.replace(target)


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(raw).hexdigest() for name, raw in files.items()}


def _safe(name: str) -> str:
    """`name`, unless it could leave the folder."""
    if not SAFE.fullmatch(name):
        raise BadInput(
            words(f"Tên tệp không dùng được: {name}", f"This file name cannot be used: {name}"),
            field=name,
        )
    return name


def _pretty(value: list[dict[str, Any]]) -> bytes:
    canonical(value)
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _pem(public_key: bytes) -> bytes:
    text = b64encode(KEY_PREFIX + public_key)
    return b"-----BEGIN PUBLIC KEY-----\n" + text + b"\n-----END PUBLIC KEY-----\n"
