"""Where templates run: Jinja's sandbox with fewer doors, no silent holes, and a budget.

Data is plain values, so a template needs no methods: only macros, `range` and our own tags may be
called, and only listed filters exist. `safe`, string formatting and repetition are left out on
purpose.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, StrictUndefined, Undefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.loaders import BaseLoader
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from crisis.writing.budget import spend
from crisis.writing.sentence import About

KEPT_FILTERS = ("e", "escape", "first", "join", "last", "length", "lower", "upper")


CALL_COST = 50
"""Units of budget: macros that call macros grow by powers, and a call is slow."""


class Hole(Exception):
    """A printed expression has no value. Turned into BadContent by the shelf."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def _filled(value: Any, place: str) -> Any:
    if isinstance(value, Undefined) and value._undefined_exception is SecurityError:  # noqa: SLF001
        str(value)  # raises: a forbidden attribute is no hole
    if isinstance(value, Undefined) or value is None or not str(value).strip():
        raise Hole(place)
    spend(len(str(value)))
    return value


def _turns(values: Any, weight: int) -> Any:
    for value in values:
        spend(weight)
        yield value


def _counted(text: Any) -> Any:
    spend(len(str(text)))
    return text


class _Guard(NodeTransformer):
    """Wraps what a template prints, joins and loops over, before it is compiled."""

    def __init__(self, environment: Environment, place: str) -> None:
        self._environment = environment
        self._place = place

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802  # jinja's name
        self.generic_visit(node)
        node.nodes = [
            one if isinstance(one, nodes.TemplateData) else self._checked(one) for one in node.nodes
        ]
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        weight = 1 + sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        node.iter = self._wrap(node.iter, "_turns", weight)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return self._wrap(node, "_counted")

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        node.template = self._wrap(node.template, "_counted")
        return node

    def visit_ScopedEvalContextModifier(self, _: nodes.Node) -> nodes.Node:  # noqa: N802
        message = "autoescape cannot be switched in a template"
        raise SecurityError(message)

    def _checked(self, node: nodes.Node) -> nodes.Expr:
        if isinstance(node, nodes.Filter) and node.node is not None:
            node.node = self._checked(node.node)
        return self._wrap(node, "_filled", f"{self._place}:{node.lineno}: {_spelled(node)}")

    def _wrap(self, node: nodes.Node, name: str, *args: str | int) -> nodes.Filter:
        made = nodes.Filter(node, name, [nodes.Const(arg) for arg in args], [], None, None)
        made.set_environment(self._environment).set_lineno(node.lineno)
        return made


def _spelled(node: nodes.Node) -> str:
    """The expression as its field name: `due.at` for `{{ due.at|moment }}`."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_spelled(node.node)}.{node.attr}"
    inner = next(node.iter_child_nodes(), None)
    return _spelled(inner) if inner is not None else "?"


class _Guarded(CodeGenerator):
    """Jinja's code generator over the guarded tree."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        _Guard(self.environment, self.name or "?").visit(node)
        super().visit_Template(node, frame)


def _printed_as_is(function: Callable[..., Any]) -> Any:
    """A filter that the compiler may not evaluate beforehand: it acts on the running rendering."""

    @pass_context
    def run(_: Context, *args: Any) -> Any:
        return function(*args)

    return run


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of all letters and statements; HTML is escaped, text stays literal."""

    code_generator_class = _Guarded
    intercepted_binops = frozenset({"+", "*", "%", "**"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=lambda name: bool(name and name.endswith(".html")),
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[About],
            auto_reload=False,
        )
        own: dict[str, Callable[..., Any]] = {
            "_filled": _filled,
            "_turns": _turns,
            "_counted": _counted,
        }
        self.filters = {name: FILTERS[name] for name in KEPT_FILTERS}
        self.filters |= {name: _printed_as_is(function) for name, function in own.items()}
        self.globals = {"range": self.globals["range"]}

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, blocks, `range` and our own tags."""
        ours = isinstance(getattr(obj, "__self__", None), About)
        return ours or obj is self.globals["range"] or isinstance(obj, Macro | BlockReference)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call `obj` where that is safe; each call costs CALL_COST units."""
        spend(CALL_COST)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers only: `'a' * 10**9` would fill the memory."""
        if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            message = f"operator {operator} is for whole numbers only"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)
