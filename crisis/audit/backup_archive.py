"""The form of a backup: a ZIP of uncompressed parts under a manifest that only we can have written.

The manifest carries the SHA-256 of every part and an HMAC under a key of the installation's
secret. A restored database may hold code that runs in it (triggers, functions), so nothing of a
backup is put to use before both were checked. Parts are never compressed: what unpacks to more
than it was is refused by its form.
"""

import hmac
import json
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from crisis.model.canonical import canonical
from crisis.model.errors import BadInput
from crisis.model.words import Words, words

MANIFEST = "manifest.json"
MOST_OF_MANIFEST = 2**16
CHUNK = 2**20
TORN = (BadZipFile, EOFError, ValueError, OSError, RuntimeError, struct.error)
"""What reading a damaged archive raises; one that asks for a password raises RuntimeError."""

PURPOSE = "backup-manifest"
"""The purpose for which the seal derives the manifest's key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One file of a backup."""

    sha256: str
    size: int


def part_of(file: Path) -> Part:
    """The hash and size of `file`."""
    digest, size = sha256(), 0
    with file.open("rb") as source:
        while piece := source.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return Part(sha256=digest.hexdigest(), size=size)


def write(
    target: IO[bytes], files: Mapping[str, Path], told: Mapping[str, Any], key: bytes
) -> None:
    """Write `files` by their names and the manifest: what is `told`, the parts, the HMAC."""
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, file in files.items():
            archive.write(file, name)
        parts = {name: part_of(file) for name, file in files.items()}
        body = dict(told) | {
            "parts": {name: {"sha256": p.sha256, "size": p.size} for name, p in parts.items()}
        }
        sealed = body | {"hmac": _hmac(body, key)}
        archive.writestr(MANIFEST, json.dumps(sealed, indent=1, sort_keys=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A backup whose manifest was checked."""

    archive: ZipFile
    manifest: Mapping[str, Any]

    def unpack(self, name: str, target: Path) -> None:
        """Write the part `name` to `target`. Raises BadInput where it is not what was written."""
        told = self.manifest["parts"][name]
        digest, left = sha256(), int(told["size"])
        with _reading(self.archive, name) as source, target.open("xb") as out:
            while left and (piece := _piece(source, left)):
                digest.update(piece)
                out.write(piece)
                left -= len(piece)
        if left or digest.hexdigest() != told["sha256"]:
            raise _bad(DAMAGED, part=name)


def _reading(archive: ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except TORN as error:
        raise _bad(DAMAGED, part=name) from error


def _piece(source: IO[bytes], left: int) -> bytes:
    try:
        return source.read(min(CHUNK, left))
    except (BadZipFile, EOFError) as error:
        raise _bad(DAMAGED) from error


@contextmanager
def opened(file: Path, key: bytes) -> Iterator[Opened]:
    """Open the backup `file` and check its form and manifest. Raises BadInput."""
    with file.open("rb") as source:
        try:
            archive = ZipFile(source)
        except TORN as error:
            raise _bad(NO_BACKUP) from error
        with archive:
            manifest = _manifest(archive, key)
            _check_form(archive, manifest)
            yield Opened(archive=archive, manifest=manifest)


def _manifest(archive: ZipFile, key: bytes) -> dict[str, Any]:
    try:
        one = archive.getinfo(MANIFEST)
        if one.file_size > MOST_OF_MANIFEST or one.compress_type != ZIP_STORED:
            raise _bad(NO_BACKUP)
        body = json.loads(archive.read(one))
        given = str(body.pop("hmac"))
        fits = hmac.compare_digest(given.encode(), _hmac(body, key).encode())
    except (KeyError, TypeError, AttributeError, *TORN) as error:
        raise _bad(NO_BACKUP) from error
    if not fits:
        raise _bad(FOREIGN)
    made: dict[str, Any] = body
    return made


def _check_form(archive: ZipFile, manifest: Mapping[str, Any]) -> None:
    """Every member is named by the manifest, of the size told there, and not compressed."""
    there = sorted(one.filename for one in archive.infolist())
    if there != sorted([MANIFEST, *manifest["parts"]]):
        raise _bad(STRANGE)
    for one in archive.infolist():
        if one.filename != MANIFEST and not _as_told(one, manifest["parts"][one.filename]):
            raise _bad(STRANGE)


def _as_told(one: ZipInfo, told: Mapping[str, Any]) -> bool:
    stored = one.compress_type == ZIP_STORED and one.compress_size == one.file_size
    return stored and one.file_size == told["size"]


def _hmac(body: Mapping[str, Any], key: bytes) -> str:
    return hmac.new(key, canonical(dict(body)), sha256).hexdigest()


def _bad(sentence: Words, **facts: object) -> BadInput:
    return BadInput(sentence, field="file", **facts)


NO_BACKUP = words(
    "Tệp này không phải bản sao lưu nguyên vẹn của phatngon: bị cắt, hỏng hoặc là tệp khác.",
    "This file is no whole backup of phatngon: it is cut, damaged, or something else.",
)
DAMAGED = words(
    "Bản sao lưu bị hỏng: nội dung không khớp mã băm đã ghi; chưa khôi phục gì.",
    "The backup is damaged: its content is not what was hashed; nothing was restored.",
)
STRANGE = words(
    "Bản sao lưu chứa tệp lạ, tệp bị nén hoặc sai kích thước; chưa khôi phục gì.",
    "The backup holds a foreign, compressed or resized file; nothing was restored.",
)
FOREIGN = words(
    "Bản sao lưu không do hệ thống có khóa bí mật này lập, hoặc đã bị sửa. Hãy đặt đúng khóa bí "
    "mật của hệ thống cũ rồi thử lại.",
    "The backup was not made under this installation's secret key, or it was changed. Put the "
    "old installation's secret key in place, then try again.",
)
