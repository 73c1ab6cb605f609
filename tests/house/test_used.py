"""Nothing is kept that the house does not use itself: what only tests call is not needed."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

BY_ALEMBIC = "crisis/records/migrations/versions/"
"""Its names are read by the migration tool."""

LOOKED_UP = {"main", "app", "router", "__all__"}
"""Names that others find by convention: the console script, uvicorn, Typer's lazy group."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@pytest.fixture(scope="module")
def imported(modules: list[Any]) -> set[tuple[str, str]]:
    """`(module, name)` of all that one module of the house takes from another."""
    return {pair for module in modules for pair in _taken(module.tree)}


def test_every_name_is_used_by_the_house(
    modules: list[Any], imported: set[tuple[str, str]], exceptions: Any
) -> None:
    unused = {
        f"{module.name}:{name}"
        for module in modules
        if not module.name.startswith(BY_ALEMBIC)
        for name in _idle(module.tree)
        if (_dotted(module.name), name) not in imported
    }
    allowed = set(exceptions["unused"])
    assert unused - allowed == set()
    assert allowed - unused == set(), "used by now, or gone: take them off the list"


def test_a_name_that_nobody_uses_is_found() -> None:
    tree = ast.parse("A = 1\nB = A\ndef f(): return f()\n@on\ndef g(): return B\nclass C: ...\n")
    assert set(_idle(tree)) == {"f", "C"}
    taken = set(_taken(ast.parse("from a import b\nfrom x import y\nb.c(y)\n")))
    assert taken == {("a", "b"), ("x", "y"), ("a.b", "c")}


def _dotted(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _taken(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module imports by name, and what it takes from the modules that it imports."""
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [(node.module or "", alias) for node in froms for alias in node.names]
    known = {one.asname or one.name: f"{module}.{one.name}" for module, one in names}
    yield from ((module, one.name) for module, one in names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield known.get(node.value.id, ""), node.attr


def _idle(tree: ast.Module) -> Iterator[str]:
    """Names of a module that it reads nowhere itself, but within what they name; none decorated."""
    read, own = _read(tree), defaultdict(int)
    names = []
    for node in tree.body:
        if isinstance(node, Definition) and not _registered(node):
            names.append(node.name)
            own[node.name] = _read(node)[node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
    yield from (name for name in names if name not in LOOKED_UP and read[name] <= own[name])


def _registered(node: Definition) -> bool:
    """Whether a decorator of a library hands it on: a route, a command, a task, a listener."""
    return not isinstance(node, ast.ClassDef) and bool(node.decorator_list)


def _read(tree: ast.AST) -> Counter[str]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return Counter(node.id for node in nodes if isinstance(node.ctx, ast.Load))
