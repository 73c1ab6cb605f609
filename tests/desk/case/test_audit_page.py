"""The audit pack for download: who may, what the page says, and what the export does."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from crisis.records import ledger, signing_key


async def actions(desk: Any, code: str) -> list[str]:
    async with desk.office.records.look() as session:
        return [entry["action"] for entry in await ledger.entries(session, code)]


@pytest.mark.parametrize("name", ["coordinator", "approver", "spokesperson"])
async def test_only_auditors_and_administrators_get_a_pack(desk: Any, name: str) -> None:
    code = await desk.report()
    browser = await desk.as_(name)
    path = f"/vu-viec/{code}/ho-so-kiem-tra"
    assert (await browser.get(path)).status_code == 403
    assert (await browser.post(path)).status_code == 403
    assert "pack.exported" not in await actions(desk, code)


async def test_opening_the_page_exports_nothing(desk: Any) -> None:
    code = await desk.report()
    auditor = await desk.as_("auditor")
    page = await auditor.get(f"/vu-viec/{code}/ho-so-kiem-tra")
    assert page.status_code == 200
    assert "verify.py" in page.text
    assert "pack.exported" not in await actions(desk, code)


async def test_a_form_of_another_site_exports_nothing(desk: Any) -> None:
    code = await desk.report()
    auditor = await desk.as_("auditor")
    sent = await auditor.web.post(f"/vu-viec/{code}/ho-so-kiem-tra", data={"csrf": "x"})
    assert sent.status_code == 403
    assert "pack.exported" not in await actions(desk, code)


async def test_the_auditors_download_verifies_and_is_on_record(desk: Any, tmp_path: Path) -> None:
    code = await desk.report()
    auditor = await desk.as_("auditor")
    sent = await auditor.post(f"/vu-viec/{code}/ho-so-kiem-tra")
    assert sent.status_code == 200
    assert sent.headers["content-type"] == "application/zip"
    assert sent.headers["cache-control"] == "no-store"
    assert f'{code}.zip"' in sent.headers["content-disposition"]
    (tmp_path / "p.zip").write_bytes(sent.content)
    with ZipFile(tmp_path / "p.zip") as archive:
        archive.extractall(tmp_path / "p")
    async with desk.office.records.look() as session:
        known = await signing_key.office_fingerprint(session)
        (last,) = [
            entry
            for entry in await ledger.entries(session, code)
            if entry["action"] == "pack.exported"
        ]
    assert last["actor"] == {"kind": "user", "id": auditor.user}
    command = [sys.executable, "-I", "-S", str(tmp_path / "p" / "verify.py"), str(tmp_path / "p")]
    done = subprocess.run([*command, "--fingerprint", str(known)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


async def test_an_unknown_incident_has_no_pack(desk: Any) -> None:
    auditor = await desk.as_("auditor")
    assert (await auditor.get("/vu-viec/DT-2025-9999/ho-so-kiem-tra")).status_code == 404
