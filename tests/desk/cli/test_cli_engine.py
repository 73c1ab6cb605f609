"""Commands that run the engine: going on without Prefect's server, and serving everything."""

import base64
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from desk.parts.installation import free_ports

EXAMPLES = Path(__file__).parents[3] / "examples"
PROGRAM = [sys.executable, "-c", "from desk.cli import main; main()"]

pytestmark = pytest.mark.timeout(600)


def test_an_incident_goes_on_while_prefect_is_down(
    shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHATNGON_SMTP_URL", "smtp://127.0.0.1:9")
    yard = str(EXAMPLES / "01-plo-school-yard.yaml")
    code = shell("report", yard, "--as", "dieuphoi@vanphong.example").out.strip()
    told = shell("advance", code, "--json").data
    assert (told["completed"], told["state"]) == (True, "Waiting for verification")
    found = shell("show", code, "--json").data
    actions = [entry["action"] for entry in found["timeline"]]
    assert actions.index("engine.bypassed") < actions.index("assignment.made")
    assert {task["agency"] for task in found["tasks"]} == {"qt-bqlda", "qt-sgddt"}
    assert found["runs"] == [told["run"]]
    assert {mail["state"] for mail in found["mails"]} == {"queued"}


def four_ports() -> int:
    """A port for the desk, free like the three beside it that `up` takes along.

    It lies below those from which the system gives to whoever asks: other tests get theirs there.
    """
    for port in random.sample(range(12000, 30000), 100):
        with contextlib.ExitStack() as doors, contextlib.suppress(OSError):
            for beside in (0, 1, 25, 26):
                doors.enter_context(socket.create_server(("127.0.0.1", port + beside)))
            return port
    pytest.fail("no four free ports")


@contextlib.contextmanager
def serving(port: int, var: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`phatngon up` on `port`, ready; whatever happens, it ends."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PHATNGON_", "PREFECT_"))}
    house = str(EXAMPLES.parent)
    with (var.parent / "up.log").open("ab") as log:
        process = subprocess.Popen(
            [*PROGRAM, "up", "--exercise", "--port", str(port)],
            env=clean | {"PHATNGON_VAR": str(var)},
            cwd=house,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/healthz", var.parent / "up.log")
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < 240:
        assert process.poll() is None, log.read_text(encoding="utf8")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address, trust_env=False).is_success:
                return
        time.sleep(0.1)
    pytest.fail(f"{address} does not answer: {log.read_text(encoding='utf8')}")


def _wait_until_left(port: int) -> None:
    """The parts of a killed `up` go home by themselves; until then they would answer."""
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False)
        except httpx.ConnectError:
            return
        time.sleep(0.1)
    pytest.fail("the parts of a killed `up` stayed")


def test_everything_served_survives_being_killed_and_stops_when_told(tmp_path: Path) -> None:
    port, var = four_ports(), tmp_path / "var"
    with serving(port, var) as first:
        first.kill()
        first.wait()
    _wait_until_left(port)
    with serving(port, var) as second:
        pages = [httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False) for path in PATHS]
        assert [page.status_code for page in pages] == [200, 200]
        health = f"http://127.0.0.1:{port + 1}/api/health"
        _wait_for(second, health, tmp_path / "up.log")
        _prefect_answers_only_who_knows(var / "exercise" / "prefect" / "auth", port + 1)
        second.send_signal(signal.SIGINT)
        assert second.wait(120) == 0
    told = (tmp_path / "up.log").read_text(encoding="utf8")
    assert told.count("dieuphoi@vanphong.example") == 1, "sign-ins are told once"
    assert not list(var.glob("records.db")), "an exercise keeps apart from the office"


def _prefect_answers_only_who_knows(password: Path, port: int) -> None:
    address = f"http://127.0.0.1:{port}/api/admin/version"
    coded = base64.b64encode(password.read_bytes()).decode()
    knows = {"Authorization": f"Basic {coded}"}
    asked = [httpx.get(address, headers=headers, trust_env=False) for headers in ({}, knows)]
    assert [answer.status_code for answer in asked] == [401, 200]
    assert password.stat().st_mode & 0o077 == 0, "only its owner reads it"


def test_a_desk_that_is_served_alone_leaves_no_process_behind(tmp_path: Path) -> None:
    port = free_ports().desk
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PHATNGON_", "PREFECT_"))}
    here = clean | {"PHATNGON_VAR": str(tmp_path / "var")}
    subprocess.run([*PROGRAM, "migrate"], env=here, check=True, capture_output=True)
    with (tmp_path / "serve.log").open("ab") as log:
        served = subprocess.Popen(
            [*PROGRAM, "serve", "--port", str(port)], env=here, stdout=log, stderr=log
        )
    _wait_for(served, f"http://127.0.0.1:{port}/healthz", tmp_path / "serve.log")
    served.send_signal(signal.SIGTERM)
    served.wait(60)
    _wait_until_left(port)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False)


PATHS = ("/vao", "/tin/")
