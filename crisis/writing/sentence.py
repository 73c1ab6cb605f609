"""A sentence of a statement and the claims it speaks about.

In a template `{% about claim.id %}…{% endabout %}` (or a list of ids) encloses a factual sentence.
The marks are private-use characters that never come from data (see `view.clean`) and are lifted
before anyone reads.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{OPEN}{CLOSE}]*){CLOSE}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One factual sentence, as it stands in the text, and the ids of the claims behind it."""

    text: str
    claims: tuple[str, ...]


class About(Extension):
    """The template tag `{% about ids %}…{% endabout %}`."""

    tags = frozenset({"about"})  # type: ignore[assignment]  # jinja types it as a mutable set

    def parse(self, parser: Parser) -> nodes.Node:
        """Turn the tag into a call block."""
        line = next(parser.stream).lineno
        ids = parser.parse_expression()
        body = parser.parse_statements(("name:endabout",), drop_needle=True)
        call = self.call_method("enclose", [ids], lineno=line)
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def enclose(self, ids: str | Sequence[str], caller: Callable[[], str]) -> str:
        """The body between marks that name the claims."""
        named = [ids] if isinstance(ids, str) else [str(one) for one in ids]
        return f"{OPEN}{','.join(named)}{MIDDLE}{caller()}{CLOSE}"


def lift(marked: str) -> tuple[str, tuple[Sentence, ...]]:
    """The text without marks, and the sentences that were marked, in order."""
    found = tuple(
        Sentence(text=" ".join(m[2].split()), claims=tuple(filter(None, m[1].split(","))))
        for m in _MARKED.finditer(marked)
    )
    return _MARKED.sub(r"\2", marked), found
