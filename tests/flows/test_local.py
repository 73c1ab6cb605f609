"""A run without any Prefect server: `python -m flows.local`."""

import json
import os
import subprocess
import sys
from pathlib import Path

PHATNGON = "from desk.cli import main; main()"
HOUSE = Path(__file__).parents[2]


def alone(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one flow alone on fresh records under `var`."""
    foreign = ("PREFECT_", "PHATNGON_")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    env = plain | {"PHATNGON_VAR": str(var), "PHATNGON_INSTALLATION": "exercise"}
    env["TMPDIR"] = str(var)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=HOUSE,
        env=env,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_a_run_goes_through_without_a_server_and_leaves_none_behind(tmp_path: Path) -> None:
    assert alone(tmp_path, "-c", PHATNGON, "migrate").returncode == 0
    done = alone(tmp_path, "-m", "flows.local", "reconcile")
    told = json.loads(done.stdout)
    assert (done.returncode, told["completed"], told["state"]) == (0, True, "Reconciled")
    assert told["run"]
    assert not list(tmp_path.glob("phatngon-*"))
    assert not _servers_of(tmp_path)


def test_a_run_that_fails_says_so(tmp_path: Path) -> None:
    assert alone(tmp_path, "-c", PHATNGON, "migrate").returncode == 0
    done = alone(tmp_path, "-m", "flows.local", "respond", "DT-2025-9999")
    told = json.loads(done.stdout)
    assert (done.returncode, told["state"]) == (1, "Failed")
    assert "There is no incident with code DT-2025-9999" in told["message"]


def test_an_unknown_flow_is_bad_usage(tmp_path: Path) -> None:
    done = alone(tmp_path, "-m", "flows.local", "escape")
    assert done.returncode == 2
    assert "invalid choice: 'escape'" in done.stderr


def _servers_of(home: Path) -> list[str]:
    """Processes whose environment names this test's folder."""
    seen = subprocess.run(["ps", "axeww"], capture_output=True, text=True, check=True)
    return [line for line in seen.stdout.splitlines() if str(home) in line]
