"""A backup brings everything back, is taken while others write, and is refused where it is not."""

import asyncio
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from sqlalchemy.engine import make_url

from crisis.audit import backup_archive
from crisis.audit.backing_up import back_up, restore
from crisis.clock import Clock
from crisis.model.action import Action
from crisis.model.errors import BadInput, Misconfigured, OutsideFailure, RuleBroken
from crisis.office.office import open_office
from crisis.records import blob, pg_tool, snapshot
from crisis.records.act import OFFICE_CHAIN
from crisis.records.seal import SECRET_FILE, secret_in
from crisis.settings import Settings


async def test_what_is_restored_has_the_same_ledger_heads_and_files(moved: Any) -> None:
    back = await restore(moved.elsewhere, moved.file)
    assert back.checked.holds
    assert (back.checked.checkpoints, back.checked.entries) == (2, back.snapshot.entries)
    assert await moved.heads(moved.elsewhere) == await moved.heads(moved.office.settings) != ()
    there = open_office(moved.elsewhere)
    async with there.records.act() as act:
        kept = await blob.keep(act, "Sân trường thôn Đông, ảnh hiện trường".encode(), "text/plain")
        assert await blob.fetch(act.session, kept)
    await there.records.close()


async def test_the_office_works_on_where_it_was_restored(moved: Any) -> None:
    await restore(moved.elsewhere, moved.file)
    there = open_office(moved.elsewhere)
    async with there.records.act() as act:
        await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_BACK, {})
    described = await snapshot.described(moved.elsewhere.records_url)
    assert (
        described.entries
        == (await snapshot.described(moved.office.settings.records_url)).entries + 1
    )
    await there.records.close()


async def test_a_backup_beside_people_who_write_is_of_one_instant(
    moved: Any, tmp_path: Path
) -> None:
    async def write_on() -> None:
        for _ in range(30):
            async with moved.office.records.act() as act:
                await act.note(OFFICE_CHAIN, Action.ENGINE_WORKER_BACK, {})

    writing = asyncio.ensure_future(write_on())
    files = [tmp_path / f"{number}.zip" for number in range(3)]
    made = [await back_up(moved.office, file, Clock.real()) for file in files]
    await writing
    back = await restore(moved.elsewhere, files[1])
    assert back.snapshot == made[1]
    assert back.checked.holds


async def test_only_its_owner_reads_a_backup_and_it_has_no_secret_in_it(moved: Any) -> None:
    assert stat.S_IMODE(moved.file.stat().st_mode) == 0o600
    secret = moved.office.settings.secret_key.get_secret_value().encode()
    assert secret not in moved.file.read_bytes()


async def test_nothing_is_restored_over_records_that_are_there(moved: Any) -> None:
    await restore(moved.elsewhere, moved.file)
    before = await moved.heads(moved.elsewhere)
    with pytest.raises(RuleBroken, match="empty installation"):
        await restore(moved.elsewhere, moved.file)
    assert await moved.heads(moved.elsewhere) == before


async def test_a_backup_is_not_written_over_a_file(moved: Any) -> None:
    before = moved.file.read_bytes()
    with pytest.raises(BadInput, match="already"):
        await back_up(moved.office, moved.file, Clock.real())
    assert moved.file.read_bytes() == before


async def test_another_secret_key_restores_nothing(moved: Any) -> None:
    other = moved.elsewhere.model_copy(
        update={"secret_key": type(moved.elsewhere.secret_key)("another secret " * 4)}
    )
    with pytest.raises(BadInput, match="secret key"):
        await restore(other, moved.file)
    assert await snapshot.is_empty(moved.elsewhere.records_url)


def _again(file: Path, change: Callable[[ZipInfo, bytes], tuple[ZipInfo, bytes]]) -> None:
    """Write the archive again with every member changed by `change`."""
    with ZipFile(file) as old:
        members = [(one, old.read(one)) for one in old.infolist()]
    with ZipFile(file, "w", ZIP_STORED) as new:
        for one, content in members:
            info, changed = change(one, content)
            new.writestr(info, changed, compress_type=info.compress_type)


def _compressed(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    info = ZipInfo(one.filename)
    info.compress_type = ZIP_STORED if one.filename == "manifest.json" else ZIP_DEFLATED
    return info, content if info.compress_type == ZIP_STORED else bytes(2**26)


def _elsewhere(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    return ZipInfo("manifest.json" if one.filename == "manifest.json" else "../out"), content


def _resized(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    return ZipInfo(one.filename), content if one.filename == "manifest.json" else content + b"x"


def _changed(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    middle = len(content) // 2
    other = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    return ZipInfo(one.filename), content if one.filename == "manifest.json" else other


def _manifest_changed(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    return ZipInfo(one.filename), content.replace(b'"entries": ', b'"entries": 1')


def _manifest_of_anything(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    return ZipInfo(one.filename), b"[]" if one.filename == "manifest.json" else content


def _huge_manifest(one: ZipInfo, content: bytes) -> tuple[ZipInfo, bytes]:
    return ZipInfo(one.filename), content + b" " * 2**17


ATTACKS = {
    "a bomb": (_compressed, "foreign, compressed or resized"),
    "a path that leads out": (_elsewhere, "foreign, compressed or resized"),
    "a part of another size": (_resized, "foreign, compressed or resized"),
    "a changed part": (_changed, "not what was hashed"),
    "a changed manifest": (_manifest_changed, "or it was changed"),
    "a manifest of another form": (_manifest_of_anything, "no whole backup"),
    "a huge manifest": (_huge_manifest, "no whole backup"),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_backup_that_is_not_ours_as_it_was_is_refused(moved: Any, attack: str) -> None:
    change, says = ATTACKS[attack]
    _again(moved.file, change)
    with pytest.raises(BadInput, match=says):
        await restore(moved.elsewhere, moved.file)
    assert await snapshot.is_empty(moved.elsewhere.records_url)
    assert not (moved.elsewhere.var.parent / "out").exists()


async def test_a_backup_cut_anywhere_is_refused(moved: Any) -> None:
    whole = moved.file.read_bytes()
    for part in range(1, 12):
        moved.file.write_bytes(whole[: len(whole) * part // 12])
        with pytest.raises(BadInput, match="no whole backup"):
            await restore(moved.elsewhere, moved.file)
    assert await snapshot.is_empty(moved.elsewhere.records_url)


async def test_a_byte_that_fell_over_is_noticed_or_changes_nothing(
    moved: Any, tmp_path: Path
) -> None:
    whole, key = moved.file.read_bytes(), moved.office.secret(backup_archive.PURPOSE)
    refused = 0
    ends = range(len(whole) - 400, len(whole))
    for place in [*range(0, len(whole), len(whole) // 200), *ends]:
        moved.file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        target = tmp_path / f"part-{place}"
        try:
            with backup_archive.opened(moved.file, key) as backup:
                (name,) = backup.manifest["parts"]
                backup.unpack(name, target)
        except BadInput:
            refused += 1
        else:
            told = backup.manifest["parts"][name]
            assert backup_archive.part_of(target).sha256 == told["sha256"]
        target.unlink(missing_ok=True)
    assert refused > 400


async def test_a_backup_goes_back_into_its_own_engine_only(moved: Any, other_url: str) -> None:
    elsewhere = moved.elsewhere.model_copy(update={"database_url": other_url})
    with pytest.raises(BadInput, match="cannot be restored into"):
        await restore(elsewhere, moved.file)
    assert await snapshot.is_empty(other_url)


async def test_an_embedded_installation_needs_its_secret_file_first(
    sqlite_url: str, tmp_path: Path
) -> None:
    old = Settings.model_validate({"var": tmp_path})
    assert old.records_url == sqlite_url
    office = open_office(old)
    await back_up(office, tmp_path / "b.zip", Clock.real())
    await office.records.close()
    new = Settings.model_validate({"var": tmp_path / "new"})
    with pytest.raises(Misconfigured, match=r"secret\.key"):
        await restore(new, tmp_path / "b.zip")
    assert not (new.var / SECRET_FILE).exists()
    new.var.mkdir()
    (new.var / SECRET_FILE).write_text(secret_in(old.var / SECRET_FILE), encoding="utf8")
    assert (await restore(new, tmp_path / "b.zip")).checked.holds


async def test_without_postgresqls_programs_it_says_which_package_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pg_tool, "INSTALLED", tmp_path)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(OutsideFailure, match="postgresql-client"):
        pg_tool.program("pg_dump")


async def test_a_password_goes_by_the_environment_only() -> None:
    told = pg_tool.environment(
        make_url("postgresql+asyncpg://office:p%40ss@db.example:5433/records?ssl=require")
    )
    assert told == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "office",
        "PGPASSWORD": "p@ss",
        "PGDATABASE": "records",
        "PGSSLMODE": "require",
    }
