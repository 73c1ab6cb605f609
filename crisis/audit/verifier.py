"""The pack's `verify.py`: the parts of the proof, one after the other, in one file."""

import ast
import inspect
from types import ModuleType

from crisis.audit import verify
from crisis.audit.proof import (
    canonical,
    chain,
    ed25519,
    finding,
    material,
    register,
    seal,
    story,
)

PARTS: tuple[ModuleType, ...] = (
    ed25519,
    canonical,
    finding,
    material,
    chain,
    seal,
    story,
    register,
    verify,
)


def verifier_source() -> bytes:
    """The standalone program; it needs nothing but Python's standard library."""
    head = f'"""{verify.__doc__}"""\n\nfrom __future__ import annotations\n'
    return "\n\n".join([head.rstrip("\n"), *(_part(module) for module in PARTS)]).encode() + b"\n"


def _part(module: ModuleType) -> str:
    """The source of `module` without its imports from the house, which stand above it already."""
    source = inspect.getsource(module)
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if _is_foreign(node) or (module is verify and _is_docstring(node)):
            lines[node.lineno - 1 : node.end_lineno] = [""] * _height(node)
    return "\n".join(lines).strip("\n")


def _is_foreign(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and str(node.module).startswith(
        ("crisis.", "__future__")
    )


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and node.lineno == 1


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
