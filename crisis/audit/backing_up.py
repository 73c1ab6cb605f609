"""Backing up a working office into one file, and bringing it back into an empty installation."""

import os
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crisis.audit import backup_archive
from crisis.audit.check import Checked, check_ledger
from crisis.clock import Clock
from crisis.model.canonical import instant
from crisis.model.errors import BadInput, Misconfigured, RuleBroken
from crisis.model.words import words
from crisis.office.office import Office, open_office
from crisis.records import snapshot
from crisis.records.migrate import knows, migrate
from crisis.records.seal import SECRET_FILE
from crisis.records.snapshot import Snapshot
from crisis.settings import Settings

FORM = 1
PARTS = {snapshot.SQLITE: "records.db", snapshot.POSTGRESQL: "records.pgdump"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What came back: as the manifest told it, and what checking the ledger found."""

    made_at: str
    program: str
    snapshot: Snapshot
    checked: Checked


async def back_up(office: Office, target: Path, clock: Clock) -> Snapshot:
    """Write the records, as they are at one instant, to the new file `target`.

    The secret key is not in it: who finds a backup shall not also sign in this office's name.
    """
    url = office.settings.records_url
    if target.exists():
        raise BadInput(
            words(f"Đã có tệp {target}.", f"There is a file {target} already."), field="file"
        )
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".phatngon-backup-") as folder:
        draft, part = Path(folder) / "draft", PARTS[snapshot.engine_of(url)]
        made = await snapshot.take(url, Path(folder) / part)
        key = office.secret(backup_archive.PURPOSE)
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as out:
            backup_archive.write(out, {part: Path(folder) / part}, _told(made, clock), key)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(target)
    return made


def _told(made: Snapshot, clock: Clock) -> dict[str, Any]:
    return {
        "form": FORM,
        "made_at": instant(clock.real_now()),
        "program": version("phatngon"),
        "engine": made.engine,
        "revisions": list(made.revisions),
        "ledger": {"chains": made.chains, "entries": made.entries, "heads": made.heads},
    }


async def restore(settings: Settings, file: Path) -> Restored:
    """Bring the backup `file` into the empty installation of `settings`, then check all chains.

    An older release's records are brought to this one's newest revision.
    Raises RuleBroken where records are there, BadInput where the backup is not to be used.
    """
    await _refuse_unfit(settings)
    office = open_office(settings)
    try:
        with backup_archive.opened(file, office.secret(backup_archive.PURPOSE)) as backup:
            told = backup.manifest
            _refuse_other(settings, told)
            await _bring_back(settings, backup)
        await _compare(settings, told)
        await migrate(settings.records_url)
        return Restored(
            made_at=told["made_at"],
            program=told["program"],
            snapshot=await snapshot.described(settings.records_url),
            checked=await check_ledger(office),
        )
    finally:
        await office.records.close()


async def _refuse_unfit(settings: Settings) -> None:
    if not await snapshot.is_empty(settings.records_url):
        raise RuleBroken(
            words(
                "Hệ thống này đã có dữ liệu. Chỉ khôi phục vào hệ thống trống.",
                "There are records here already. A backup is restored into an empty installation.",
            ),
            rule="restore_into_empty",
        )
    own_secret = settings.secret_key.get_secret_value() or settings.database_url
    if not own_secret and not (settings.var / SECRET_FILE).is_file():
        raise Misconfigured(
            words(
                f"Chưa có khóa bí mật: hãy chép tệp {SECRET_FILE} của hệ thống cũ vào "
                f"{settings.var}, hoặc đặt PHATNGON_SECRET_KEY.",
                f"The secret key is missing: copy the old installation's {SECRET_FILE} into "
                f"{settings.var}, or set PHATNGON_SECRET_KEY.",
            ),
            setting="PHATNGON_SECRET_KEY",
        )


def _refuse_other(settings: Settings, told: Any) -> None:
    """A backup goes back into the same engine, and not into an older program."""
    engine = snapshot.engine_of(settings.records_url)
    if told["engine"] != engine:
        raise BadInput(
            words(
                f"Bản sao lưu của {told['engine']} không khôi phục được vào {engine}; "
                "hãy xem PHATNGON_DATABASE_URL.",
                f"A backup of {told['engine']} cannot be restored into {engine}; "
                "see PHATNGON_DATABASE_URL.",
            ),
            field="file",
        )
    if told["form"] != FORM or not all(knows(one) for one in told["revisions"]):
        raise BadInput(
            words(
                f"Bản sao lưu do phiên bản mới hơn lập ({told['program']}); "
                "hãy cập nhật chương trình trước.",
                f"The backup was made by a newer release ({told['program']}); "
                "update the program first.",
            ),
            field="file",
        )


async def _bring_back(settings: Settings, backup: backup_archive.Opened) -> None:
    settings.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.var, prefix=".phatngon-restore-") as folder:
        part = PARTS[backup.manifest["engine"]]
        backup.unpack(part, Path(folder) / part)
        await snapshot.put_back(settings.records_url, Path(folder) / part)


async def _compare(settings: Settings, told: Any) -> None:
    """The chain heads that came back are those that were backed up."""
    back = (await snapshot.described(settings.records_url)).heads
    if back != told["ledger"]["heads"]:
        raise BadInput(
            words(
                "Dữ liệu đã khôi phục không khớp các đầu sổ ghi trong bản sao lưu.",
                "What was restored has other chain heads than the backup tells of.",
            ),
            field="file",
        )
