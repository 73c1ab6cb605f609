"""People, keys, authority and the audit from the command line."""

import io
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"
YARD = str(EXAMPLES / "01-plo-school-yard.yaml")
LAN = "lan@vanphong.example"


def added(shell: Any, *more: str) -> Any:
    words = ("user", "add", LAN, "--name", "Lê Lan", "--title", "Phó Chánh Văn phòng")
    return shell(*words, *more, "--json").data


def test_an_approver_is_added_with_a_second_factor_told_once(shell: Any) -> None:
    made = added(shell, "--role", "approver")
    assert len(made["password"]) >= 12
    assert made["second_factor_uri"].startswith("otpauth://totp/")
    listed = {one["email"]: one for one in shell("user", "list", "--json").data}
    assert listed[LAN]["roles"] == ["approver"]
    assert listed[LAN]["second_factor"] is True
    assert made["password"] not in shell("user", "list", "--json").out


def test_a_coordinator_needs_no_second_factor(shell: Any) -> None:
    assert "second_factor" not in added(shell, "--role", "coordinator")


def test_a_taken_address_is_refused(shell: Any) -> None:
    added(shell, "--role", "auditor")
    words = ("user", "add", LAN, "--name", "X Y", "--title", "Z", "--role", "auditor")
    assert "taken" in shell(*words, code=1).err


def test_a_lost_password_and_second_factor_are_replaced(shell: Any) -> None:
    made = added(shell, "--role", "approver")
    fresh = shell("user", "password", LAN, "--json").data
    assert fresh["password"] != made["password"]
    factor = shell("user", "second-factor", LAN, "--json").data
    assert factor["second_factor"] != made["second_factor"]
    shell("user", "second-factor", LAN, "--remove")
    listed = {one["email"]: one for one in shell("user", "list", "--json").data}
    assert listed[LAN]["second_factor"] is False


def test_who_leaves_keeps_the_name_but_no_access(shell: Any) -> None:
    added(shell, "--role", "auditor")
    shell("user", "deactivate", LAN)
    listed = {one["email"]: one for one in shell("user", "list", "--json").data}
    assert listed[LAN]["active"] is False
    assert "inactive" in shell("user", "list").out


def test_a_key_is_told_once_and_can_be_revoked(shell: Any) -> None:
    made = shell("key", "add", "báo chí số", "--days", "30", "--json").data
    assert made["key"].startswith("pn_")
    (listed,) = shell("key", "list", "--json").data
    assert made["key"] not in str(listed)
    shell("key", "revoke", listed["id"])
    assert shell("key", "list", "--json").data[0]["revoked_at"] is not None


def test_written_authority_is_recorded_with_its_dates(shell: Any) -> None:
    added(shell, "--role", "approver")
    document = ("--document", "QĐ 15/QĐ-VP", "--from", "2025-07-01", "--to", "2026-07-01")
    shell("authority", "add", LAN, "--right", "approve", *document)
    (held,) = shell("authority", "list", LAN, "--json").data
    assert (held["right"], held["document"]) == ("approve", "QĐ 15/QĐ-VP")
    assert held["from"] == "2025-06-30T17:00:00+00:00"


def test_written_authority_ends_with_its_document(shell: Any) -> None:
    added(shell, "--role", "approver")
    for right, document in (("approve", "QĐ 15"), ("speak", "QĐ 15"), ("speak", "QĐ 16")):
        shell("authority", "add", LAN, "--right", right, "--document", document)
    shell("authority", "end", LAN, "--document", "QĐ 15")
    held = shell("authority", "list", LAN, "--json").data
    ended = {(one["right"], one["document"]) for one in held if one["to"] is not None}
    assert ended == {("approve", "QĐ 15"), ("speak", "QĐ 15")}
    assert "QĐ 15" in shell("authority", "end", LAN, "--document", "QĐ 15", code=1).err


def test_a_delegation_without_incident_and_end_is_refused(shell: Any) -> None:
    added(shell, "--role", "spokesperson")
    words = ("authority", "add", LAN, "--right", "speak", "--basis", "delegated")
    assert "delegation" in shell(*words, "--document", "GUQ 2", code=1).err


def test_outlets_are_announced_by_a_recorded_act(bare: Any) -> None:
    def site() -> dict[str, Any]:
        found = bare("outlet", "list", "--json").data
        return next(one for one in found if one["id"] == "site")

    added(bare, "--role", "coordinator")
    assert site()["announced"] is False
    bare("outlet", "announce", "site")
    assert site()["announced"] is True
    bare("outlet", "announce", "smoke-signals", code=1)


def test_a_ledger_that_holds_is_said_to_hold(shell: Any) -> None:
    shell("report", YARD)
    signed = shell("audit", "checkpoint", "--json").data
    known = ("--fingerprint", signed["key_id"], "--root", signed["root"])
    assert "Everything holds." in shell("audit", "verify", *known).out
    assert shell("audit", "verify", "--json").data["holds"] is True


@pytest.mark.parametrize("option", ["--fingerprint", "--root"])
def test_a_key_or_root_that_is_known_from_elsewhere_must_be_here(shell: Any, option: str) -> None:
    shell("audit", "checkpoint")
    said = shell("audit", "verify", option, "ab" * 32, code=1)
    assert "Everything holds" not in said.out


def test_a_changed_ledger_is_told_by_chain_and_number(shell: Any) -> None:
    code = shell("report", YARD).out.strip()
    shell("audit", "checkpoint")
    with sqlite3.connect(shell.var / "records.db") as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE ledger SET body=replace(body,'S2','S1') WHERE chain=?", (code,))
    raw.close()
    said = shell("audit", "verify", code=1)
    assert f"{code} 1:" in said.err
    told = shell("audit", "verify", "--json", code=1).data
    assert {one["chain"] for one in told["breaks"]} == {code}


def test_an_exported_pack_verifies_on_the_standard_library(shell: Any, tmp_path: Path) -> None:
    code = shell("report", YARD).out.strip()
    made = shell("audit", "export", code, "--out", str(tmp_path / "p.zip"), "--json").data
    assert made["runs_known"] is False
    with ZipFile(tmp_path / "p.zip") as archive:
        archive.extractall(tmp_path / "p")
    command = [sys.executable, "-I", "-S", str(tmp_path / "p" / "verify.py"), str(tmp_path / "p")]
    done = subprocess.run(
        [*command, "--fingerprint", made["fingerprint"]], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_annual_report_is_told_as_table_json_and_csv(shell: Any) -> None:
    told = shell("report-year", "2026", "--json").data
    assert told["from"] == "2025-12-15"
    assert told["figures"][0]["id"] == "press_conferences"
    assert {one["value"] for one in told["figures"]} == {0}
    assert "0" in shell("report-year", "2026").out
    assert len(shell("report-year", "2026", "--csv").out.splitlines()) == 7
    assert "2019" in shell("report-year", "2019", code=1).err
    shell("report-year", "2026", "--csv", "--json", code=1)


def test_access_comes_back_roles_change_and_a_lock_is_lifted(shell: Any) -> None:
    added(shell, "--role", "auditor")
    shell("user", "deactivate", LAN)
    shell("user", "reactivate", LAN)
    shell("user", "roles", LAN, "--role", "coordinator", "--role", "spokesperson")
    shell("user", "unlock", LAN)
    listed = {one["email"]: one for one in shell("user", "list", "--json").data}
    assert listed[LAN]["active"] is True
    assert listed[LAN]["roles"] == ["coordinator", "spokesperson"]
    assert listed[LAN]["locked_until"] is None


def test_a_newsroom_leaves_the_press_list_and_comes_back(shell: Any) -> None:
    shell("outlet", "newsroom", "Báo Ví Dụ", "bao@vi-du.example")
    shell("outlet", "newsroom-remove", "BAO@vi-du.example")
    assert (
        "not on the press list"
        in shell("outlet", "newsroom-remove", "bao@vi-du.example", code=1).err
    )
    shell("outlet", "newsroom", "Báo Ví Dụ", "bao@vi-du.example")
    shell("outlet", "newsroom-remove", "bao@vi-du.example")


def test_a_webhook_is_set_up_with_its_secret_from_standard_input(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hook(url: str, secret: str = "k" * 32, code: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{secret}\n"))
        told: str = shell("outlet", "webhook", url, "--secret-stdin", code=code).err
        return told

    hook("https://qlvb.tinh.example/a")
    hook("https://qlvb.tinh.example/b")
    listed = {one["id"]: one for one in shell("outlet", "list", "--json").data}
    assert listed["webhook"] == {"id": "webhook", "announced": False, "real": False}
    assert "https" in hook("http://qlvb.tinh.example/a", code=1)
    assert "10.0.0.8" in hook("https://10.0.0.8/a", code=1)
    assert "localhost" in hook("https://localhost/a", code=1)
    assert "16" in hook("https://qlvb.tinh.example/a", secret="short", code=1)


@pytest.mark.parametrize(
    "words",
    [
        "incidents",
        "show DT-2025-1",
        "audit verify",
        "user list",
        "clock show",
        "report-year 2026",
    ],
)
def test_who_asks_where_no_office_is_founds_none(bare: Any, words: str) -> None:
    said = bare(*words.split(), code=1)
    assert "PHATNGON_VAR" in said.err
    assert not bare.var.exists()


def test_where_an_exercise_lies_beside_it_is_told(bare: Any) -> None:
    (bare.var / "exercise").mkdir(parents=True)
    (bare.var / "exercise" / "records.db").touch()
    assert f"PHATNGON_VAR={bare.var / 'exercise'}" in bare("incidents", code=1).err
