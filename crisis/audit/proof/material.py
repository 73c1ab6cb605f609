"""The files of a pack, from a folder or a ZIP, and the manifest that lists them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from crisis.audit.proof.canonical import Malformed, canonical, parsed
from crisis.audit.proof.finding import Finding, fine, wrong

Files = dict[str, bytes]

MANIFEST = "manifest.json"
SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
NEEDED = (
    "approvals.json",
    "checkpoints.jsonl",
    "deadlines.json",
    "ledger.jsonl",
    "public_key.pem",
    "publications/index.json",
    "runs.json",
    "verify.py",
)


UNREADABLE = (EOFError, OSError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)
"""What a damaged folder or ZIP makes Python raise."""


class Material(NamedTuple):
    """What lies there: files by path with `/`, and what is wrong with their names."""

    files: Files
    findings: list[Finding]


def gather(place: str) -> Material:
    """All files at `place`, a folder or a ZIP; links and unsafe names are told, never followed."""
    material = Material({}, [])
    try:
        if Path(place).is_dir():
            _walk(place, material)
        else:
            _unzip(place, material)
    except UNREADABLE as error:
        material.findings.append(wrong(place, "unreadable", reason=str(error)))
    return material


def _walk(place: str, material: Material) -> None:
    for folder, inner, names in os.walk(place, onerror=_give_up):
        linked = [name for name in inner if Path(folder, name).is_symlink()]
        for name in sorted(names + linked):
            path = Path(folder, name)
            known = path.relative_to(place).as_posix()
            if path.is_symlink() or not path.is_file() or not SAFE.fullmatch(known):
                material.findings.append(wrong(known, "unsafe"))
            else:
                material.files[known] = path.read_bytes()


def _give_up(error: OSError) -> None:
    raise error


def _unzip(place: str, material: Material) -> None:
    known: set[str] = set()
    with zipfile.ZipFile(place) as archive:
        for member in archive.infolist():
            name = member.filename
            if member.is_dir():
                continue
            if stat.S_ISLNK(member.external_attr >> 16) or not SAFE.fullmatch(name):
                material.findings.append(wrong(name, "unsafe"))
            elif name.lower() in known:
                material.findings.append(wrong(name, "twice"))
            else:
                material.files[name] = archive.read(member)
            known.add(name.lower())


def check_manifest(files: Files) -> list[Finding]:
    """What the manifest says of `files`: each listed once with its hash, and nothing else there."""
    manifest = parsed(files[MANIFEST])
    listed = manifest["files"]
    if files[MANIFEST] != canonical({"files": listed}) + b"\n":
        raise Malformed
    found = [wrong(name, "unsafe") for name in listed if not SAFE.fullmatch(name)]
    found += [wrong(name, "missing") for name in sorted({*listed, *NEEDED} - set(files))]
    found += [wrong(name, "unlisted") for name in sorted(set(files) - set(listed) - {MANIFEST})]
    found += [
        wrong(name, "changed")
        for name in sorted(set(files) & set(listed))
        if hashlib.sha256(files[name]).hexdigest() != listed[name]
    ]
    return found or [fine(MANIFEST, "files", count=len(listed))]
