"""What no module contains: loose ends, tricks with types, marks of this machine."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

LOOSE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# Alembic's migrations only go up, and zipfile says so of a compression it cannot read.
MAY_NAME_IT = {"desk/agency/upload.py"}
UNWANTED = ("type_checking", "notimplementederror", "unittest.mock")


def _names(tree: ast.Module) -> set[str]:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    modules = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    aliases = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    return {name.lower() for name in names | modules | aliases}


@pytest.mark.parametrize("unwanted", UNWANTED)
def test_no_module_uses_it(modules: list[Any], unwanted: str) -> None:
    users = {m.name for m in modules if unwanted in _names(m.tree)}
    migrations = {name for name in users if name.startswith("crisis/records/migrations/")}
    assert users - migrations - MAY_NAME_IT == set()


def test_nothing_is_left_for_later(modules: list[Any], written_tests: list[Any]) -> None:
    here = Path(__file__).name
    loose = [m.name for m in [*modules, *written_tests] if LOOSE.search(m.source)]
    assert [name for name in loose if not name.endswith(here)] == []


def test_imports_stand_at_the_top_and_are_absolute(modules: list[Any]) -> None:
    nodes = [(m.name, node) for m in modules for node in ast.walk(m.tree)]
    assert {
        name for name, node in nodes if isinstance(node, ast.ImportFrom) and node.level
    } == set()


def test_only_the_clock_reads_the_clock(modules: list[Any]) -> None:
    readers = {
        m.name
        for m in modules
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    }
    assert readers <= {"crisis/clock.py"}


def test_no_file_names_this_machine(modules: list[Any], written_tests: list[Any]) -> None:
    here = Path(__file__).name
    ours = [m for m in [*modules, *written_tests] if not m.name.endswith(here)]
    assert [m.name for m in ours if re.search(r"/(work|root|home)/\w", m.source)] == []


def test_every_public_module_says_what_it_is(modules: list[Any]) -> None:
    assert [m.name for m in modules if m.source.strip() and not ast.get_docstring(m.tree)] == []
