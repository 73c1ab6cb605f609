"""Every test asserts something that can fail."""

import ast
from dataclasses import dataclass
from typing import Any

SAYS = {"raises", "warns", "fail", "deprecated_call"}


@dataclass(frozen=True)
class Body:
    """A function: whether it asserts by itself, and whom it calls."""

    name: str
    asserts: bool
    calls: frozenset[str]

    @classmethod
    def of(cls, function: ast.AST, name: str) -> "Body":
        nodes = list(ast.walk(function))
        calls = frozenset(_called(node) for node in nodes if isinstance(node, ast.Call))
        bare = any(isinstance(node, ast.Assert) for node in nodes)
        return cls(name=name, asserts=bare or bool(calls & SAYS), calls=calls)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def _silent(bodies: list[Body], shared: list[Body]) -> set[str]:
    """The tests among `bodies` that neither assert nor call, at any remove, one that does."""
    checkers = {body.name for body in [*bodies, *shared] if body.asserts}
    while more := {b.name for b in [*bodies, *shared] if b.calls & checkers} - checkers:
        checkers |= more
    return {body.name for body in bodies if body.name.startswith("test_")} - checkers


def test_no_test_is_without_an_assertion(written_tests: list[Any]) -> None:
    bodies = {m.name: [Body.of(f, f.name) for f in m.functions] for m in written_tests}
    shared = [
        body for name, all_ in bodies.items() if name.endswith("conftest.py") for body in all_
    ]
    silent = {f"{name}:{test}" for name, all_ in bodies.items() for test in _silent(all_, shared)}
    assert silent == set()


def test_tests_are_sentences(written_tests: list[Any]) -> None:
    tests = [f for m in written_tests for f in m.functions if f.name.startswith("test_")]
    short = {f.name for f in tests if f.name.count("_") < 3}
    fixtures = {f.name for f in tests if f.decorator_list and "fixture" in ast.dump(f)}
    assert tests
    assert short - fixtures == set()


def _naps(node: ast.AST) -> int:
    calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
    return sum(ast.unparse(call.func) in {"time.sleep", "sleep"} for call in calls)


def _loops(tree: ast.AST) -> list[ast.AST]:
    """The outermost loops: a pause between two looks at a condition is no nap."""
    loops: list[ast.AST] = []
    for child in ast.iter_child_nodes(tree):
        loops += [child] if isinstance(child, ast.While | ast.For) else _loops(child)
    return loops


def test_nothing_of_ours_is_mocked_and_nobody_sleeps(written_tests: list[Any]) -> None:
    others = [m for m in written_tests if not m.name.endswith("test_assertion.py")]
    napping = {m.name for m in others if _naps(m.tree) > sum(map(_naps, _loops(m.tree)))}
    assert {m.name for m in others if "unittest.mock import" in m.source} == set()
    assert napping == set()
