"""Every test asserts something that can fail."""

import ast
from typing import Any

SAYS = {"raises", "warns", "fail", "deprecated_call"}


def _asserts(node: ast.AST, checkers: set[str]) -> bool:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assert):
            return True
        if isinstance(inner, ast.Call) and _called(inner) in SAYS | checkers:
            return True
    return False


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def test_no_test_is_without_an_assertion(written_tests: list[Any]) -> None:
    shared = [m for m in written_tests if m.stem == "conftest"]
    silent = []
    for module in written_tests:
        functions = [f for m in [module, *shared] for f in m.functions]
        # A function that asserts may be called for it; so may one that calls such a function.
        checkers: set[str] = set()
        for _ in range(3):
            checkers |= {f.name for f in functions if _asserts(f, checkers)}
        tests = [f for f in module.functions if f.name.startswith("test_")]
        silent += [f"{module.name}:{f.name}" for f in tests if not _asserts(f, checkers)]
    assert silent == []


def test_tests_are_sentences(written_tests: list[Any]) -> None:
    tests = [f for m in written_tests for f in m.functions if f.name.startswith("test_")]
    short = {f.name for f in tests if f.name.count("_") < 3}
    fixtures = {f.name for f in tests if f.decorator_list and "fixture" in ast.dump(f)}
    assert tests
    assert short - fixtures == set()


def test_nothing_of_ours_is_mocked_and_nobody_sleeps(written_tests: list[Any]) -> None:
    mocked = {m.name for m in written_tests if "unittest.mock import" in m.source}
    napping = {
        m.name
        for m in written_tests
        for call in ast.walk(m.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "time.sleep"
    }
    assert (mocked, napping) == ({m for m in mocked if m.endswith("test_assertion.py")}, set())
