"""Exporting: what is bound, revoked and signed, and that the pack of the records verifies."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from crisis.audit.export import Exported, export_pack
from crisis.model.errors import NotFound, Stale
from crisis.records import ledger
from crisis.records.task_link import open_link


async def export(audited: Any, target: Path, runs: Any = ()) -> Exported:
    return await export_pack(
        audited.office, audited.actor, audited.code, runs=list(runs), target=target
    )


def verified(pack: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    with ZipFile(pack) as archive:
        archive.extractall(folder)
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def entries_of(pack: Path) -> list[dict[str, Any]]:
    with ZipFile(pack) as archive:
        return [json.loads(line) for line in archive.read("ledger.jsonl").splitlines()]


async def test_a_pack_of_the_records_verifies_under_the_offices_key(
    audited: Any, tmp_path: Path
) -> None:
    made = await export(audited, tmp_path / "p.zip")
    done = verified(made.file, tmp_path / "p", "--fingerprint", made.fingerprint)
    assert done.returncode == 0, done.stdout
    assert verified(made.file, tmp_path / "p").returncode == 2


async def test_a_later_pack_holds_the_earlier_export_too(audited: Any, tmp_path: Path) -> None:
    first = await export(audited, tmp_path / "1.zip")
    second = await export(audited, tmp_path / "2.zip")
    done = verified(second.file, tmp_path / "2", "--fingerprint", first.fingerprint)
    assert done.returncode == 0, done.stdout
    actions = [entry["action"] for entry in entries_of(second.file)]
    assert actions.count("pack.exported") == 2


async def test_every_link_in_the_packs_mails_ends_before_the_export_is_told(
    audited: Any, tmp_path: Path
) -> None:
    tokens = await audited.links()
    assert len(tokens) >= 2
    made = await export(audited, tmp_path / "p.zip")
    async with audited.office.records.look() as session:
        for token in tokens:
            with pytest.raises(Stale):
                await open_link(session, token)
    told = [(e["action"], e["seq"]) for e in entries_of(made.file)]
    revoked = [seq for action, seq in told if action == "link.revoked"]
    exported = [seq for action, seq in told if action == "pack.exported"]
    assert revoked
    assert max(revoked) < exported[0]


async def test_the_export_stands_in_the_chain_under_a_checkpoint(
    audited: Any, tmp_path: Path
) -> None:
    made = await export(audited, tmp_path / "p.zip")
    async with audited.office.records.look() as session:
        heads = dict(await ledger.chains(session))
    last = entries_of(made.file)[-1]
    assert last["action"] == "pack.exported"
    assert last["actor"] == {"kind": "user", "id": audited.actor.id}
    assert heads[audited.code].seq == last["seq"]


async def test_a_run_that_the_engine_has_forgotten_is_listed_as_unknown(
    audited: Any, tmp_path: Path
) -> None:
    known = {"id": "another-run", "state": "Completed", "milliseconds": 12}
    made = await export(audited, tmp_path / "p.zip", [known])
    with ZipFile(made.file) as archive:
        runs = json.loads(archive.read("runs.json"))
    assert runs[0] == known
    assert [run["state"] for run in runs[1:]] == ["unknown"]


async def test_a_file_changed_in_the_pack_is_found(audited: Any, tmp_path: Path) -> None:
    made = await export(audited, tmp_path / "p.zip")
    folder = tmp_path / "p"
    with ZipFile(made.file) as archive:
        archive.extractall(folder)
    mail = next((folder / "mail").glob("*.eml"))
    mail.write_bytes(mail.read_bytes().replace(b"Subject", b"subject", 1))
    command = [sys.executable, "-I", str(folder / "verify.py"), str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert mail.name in done.stdout


async def test_an_unknown_incident_is_not_exported(audited: Any, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await export_pack(
            audited.office, audited.actor, "DT-2025-9999", runs=[], target=tmp_path / "p.zip"
        )
    assert not (tmp_path / "p.zip").exists()
