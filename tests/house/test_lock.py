"""The lock: everything pinned by hash, nothing by address."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def _pins(root: Path, lock: str) -> dict[str, str]:
    text = (root / lock).read_text(encoding="utf8")
    return {canonicalize_name(name): version for name, version in PIN.findall(text)}


@pytest.fixture(scope="session")
def project(root: Path) -> Any:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))["project"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf8")
    assert not re.search(r"://|--index|--find-links| @ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_pin_has_its_hashes(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) == len(_pins(root, lock)) > 0
    assert [line for line in lines if "--hash=sha256:" not in line] == []


def test_all_that_the_project_asks_for_is_locked_as_asked(root: Path, project: Any) -> None:
    for lock, asked in (
        (LOCKS[0], project["dependencies"]),
        (LOCKS[1], project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        pins, wanted = _pins(root, lock), [Requirement(line) for line in asked]
        unmet = [str(w) for w in wanted if pins.get(canonicalize_name(w.name)) not in w.specifier]
        assert unmet == [], lock


def test_both_locks_pin_the_same_versions(root: Path) -> None:
    runtime, development = (_pins(root, lock) for lock in LOCKS)
    assert {name: development.get(name) for name in runtime} == runtime


def test_the_build_needs_nothing_but_the_lock(root: Path, project: Any) -> None:
    build = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))["build-system"]
    pins = _pins(root, LOCKS[1])
    assert set(build["requires"]) | {"editables"} <= set(pins)
    assert project["requires-python"] == ">=3.11"
