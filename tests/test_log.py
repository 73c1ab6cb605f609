"""The log: one event a line, in text or JSON, with the incident and the run, without secrets."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crisis import log
from crisis.model.action import Action
from crisis.records.act import Records
from crisis.settings import Settings

SECRET = "correct horse battery staple"
NASTY = 'Sân trường\n2026-01-01 ERROR phatngon: forged\r\x1b[2J\u2028\u202e{"level":"info"}'


@pytest.fixture
def restored() -> Iterator[None]:
    """The process's logging as it was, after the test."""
    root, ours, hook = logging.getLogger(), logging.getLogger("phatngon"), sys.excepthook
    before, level = list(root.handlers), ours.level
    yield
    root.handlers[:] = before
    ours.setLevel(level)
    sys.excepthook = hook
    logging.captureWarnings(False)


@dataclass(frozen=True)
class Written:
    """What went to standard error since it was last asked."""

    capture: pytest.CaptureFixture[str]

    @property
    def text(self) -> str:
        return self.capture.readouterr().err

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str], restored: None) -> Written:
    """What goes to standard error."""
    return Written(capsys)


def _failed(told: str) -> None:
    raise ValueError(told)


def test_an_event_is_one_json_line_with_time_level_incident_and_run(
    written: Written,
) -> None:
    log.begin("json")
    told = {"incident": "QT-2026-0012", "run": "r-1", "seq": 3}
    logging.getLogger("phatngon.ledger").info("incident.opened", extra=told)
    (line,) = written.lines
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "phatngon.ledger",
        "event": "incident.opened",
        **told,
    }


def test_a_text_from_outside_makes_no_line_of_its_own(written: Written) -> None:
    log.begin("json")
    logging.getLogger("phatngon").warning("title %s", NASTY)
    shown = written.text
    assert shown.isascii()
    assert len(shown.splitlines()) == 1
    assert json.loads(shown)["event"] == f"title {NASTY}"


def test_nor_does_it_in_the_plain_log_with_or_without_a_traceback(written: Written) -> None:
    log.begin("plain")
    try:
        _failed(NASTY)
    except ValueError:
        logging.getLogger("phatngon").exception("title %s", NASTY)
    shown = written.text
    first, *others = shown.split("\n")[:-1]
    assert "title Sân trường\\n2026-01-01 ERROR phatngon: forged\\r\\x1b[2J\\u2028" in first
    assert others
    assert all(line.startswith("    ") for line in others)
    assert not {"\x1b", "\u2028", "\u202e", "\r"} & set(shown)


def test_an_error_is_told_with_its_class_and_traceback_on_the_same_line(
    written: Written,
) -> None:
    log.begin("json")
    try:
        _failed(NASTY)
    except ValueError:
        logging.getLogger("phatngon").exception("failed")
    (line,) = written.lines
    assert line["error"] == "ValueError"
    assert "Traceback" in line["trace"]


@pytest.mark.parametrize("form", ["plain", "json"])
def test_no_secret_link_or_key_is_shown(written: Written, form: log.Form) -> None:
    here = Settings.model_validate(
        {
            "secret_key": SECRET,
            "smtp_url": "smtps://office:p%40ssw0rd@mail.example:465",
            "database_url": "postgresql+asyncpg://office:s3cr3t-db@db.example/x",
            "prefect_auth_string": "admin:prefect-pass",
        }
    )
    log.begin(form, here.secrets)
    key = "pn_Zm9vYmFyYmF6cXV4MTIzNDU2"
    told = f"{SECRET} p@ssw0rd p%40ssw0rd s3cr3t-db admin:prefect-pass {key}"
    try:
        _failed(told)
    except ValueError:
        logging.getLogger("phatngon").exception("%s GET /viec/AbC-token_1/nhan", told)
    shown = written.text
    for secret in (SECRET, "ssw0rd", "s3cr3t-db", "prefect-pass", key, "AbC-token"):
        assert secret not in shown
    assert "/nhan" in shown


def test_a_library_that_writes_to_the_terminal_by_itself_speaks_through_us(
    written: Written,
) -> None:
    theirs = logging.getLogger("prefect.of.a.test")
    theirs.propagate = False
    theirs.addHandler(logging.StreamHandler(sys.stderr))
    log.begin("json")
    theirs.error("run failed", extra={"flow_run_id": "f-1", "flow_run_name": "QT-2026-0007 · x"})
    (line,) = written.lines
    assert (line["incident"], line["run"]) == ("QT-2026-0007", "f-1")


async def test_what_an_act_wrote_to_the_ledger_is_logged_once_it_is_committed(
    written: Written, sqlite_records: Records
) -> None:
    log.begin("json")
    async with sqlite_records.act(run="f-2") as act:
        await act.note("QT-2026-0001", Action.ENGINE_WORKER_BACK, {"who": "Sân"})
        assert written.text == ""
    shown = written.text
    assert "S\\u00e2n" not in shown
    line = json.loads(shown)
    assert line["event"] == Action.ENGINE_WORKER_BACK.value
    assert (line["incident"], line["run"], line["seq"]) == ("QT-2026-0001", "f-2", 1)


async def _undone(records: Records) -> None:
    async with records.act() as act:
        await act.note("QT-2026-0001", Action.ENGINE_WORKER_BACK, {})
        _failed("undone")


async def test_what_was_undone_is_not_logged(written: Written, sqlite_records: Records) -> None:
    log.begin("json")
    with pytest.raises(ValueError, match="undone"):
        await _undone(sqlite_records)
    assert written.text == ""


async def _wrong(records: Records) -> None:
    async with records.act() as act:
        wrong = text("INSERT INTO ledger (chain, seq) VALUES (:name, 'no number')")
        await act.session.execute(wrong, {"name": SECRET})


async def test_an_error_of_the_database_does_not_tell_the_values_of_a_row(
    records: Records,
) -> None:
    with pytest.raises(DBAPIError) as caught:
        await _wrong(records)
    assert SECRET not in str(caught.value)


def test_a_process_of_ours_logs_json_only_where_the_configuration_asks_for_it(
    tmp_path: Path,
) -> None:
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PHATNGON_", "PREFECT_"))},
        "PHATNGON_VAR": str(tmp_path),
        "PHATNGON_LOG": "json",
        # Not migrated, so every round of the dispatcher fails.
        "PHATNGON_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}",
        "PHATNGON_SECRET_KEY": SECRET * 2,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "desk.dispatch_process"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        text=True,
    ) as process:
        assert process.stderr is not None
        first = json.loads(process.stderr.readline())
        process.communicate()
    assert first["level"] == "error"
    assert first["logger"] == "phatngon.dispatch"
    assert first["error"] == "OperationalError"
