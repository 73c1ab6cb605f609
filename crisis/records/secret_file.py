"""Secrets that an installation makes for itself, each in a file that only its owner reads."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def secret_in(file: Path) -> str:
    """The secret in `file`, which is made at the first call, readable by its owner only."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _create_once(file)
    return file.read_text(encoding="utf8").strip()


def _create_once(file: Path) -> None:
    """Make the file whole before it has its name, so that two first starts agree on one secret."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf8") as out:
        out.write(secrets.token_urlsafe(48))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()
