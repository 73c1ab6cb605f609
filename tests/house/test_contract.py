"""The import contracts: the architecture document, held by a machine."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOMS = {"flows", "tasks", "desk", "crisis"}


def test_imports_go_one_way(root: Path) -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run(
        [linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


def test_the_contracts_cover_every_room(root: Path) -> None:
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))
    assert set(told["tool"]["importlinter"]["root_packages"]) == ROOMS
    assert set(told["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == ROOMS


def test_no_module_of_the_model_knows_a_neighbour(modules: list[Any]) -> None:
    strangers = {
        (m.name, line)
        for m in modules
        if m.name.startswith("crisis/model/")
        for line in m.source.splitlines()
        if line.startswith(("from crisis.", "import crisis.")) and "crisis.model" not in line
    }
    assert strangers == set()
