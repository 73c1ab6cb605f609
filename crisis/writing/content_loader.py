"""The narrow YAML reader behind content files: safe, no aliases, and hardly anything but text."""

import re

import yaml

from crisis.model.words import Words, words

DEEPEST = 40


class Refused(yaml.MarkedYAMLError):
    """Legal YAML that the house does not take; `sentence` says why."""

    def __init__(self, sentence: Words, event: yaml.Event) -> None:
        super().__init__(problem=sentence.en, problem_mark=event.start_mark)  # type: ignore[arg-type]
        self.sentence = sentence


class ContentLoader(yaml.SafeLoader):
    """Composes nodes only; refuses aliases (they can grow without bound) and deep nesting."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; raises `Refused` where it is an alias or nested too deep."""
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise Refused(_ALIAS, event)
        if isinstance(event, yaml.ScalarEvent) and _HALF.search(event.value):
            raise Refused(_HALF_CHARACTER, event)
        if self.depth >= DEEPEST:
            raise Refused(_DEEP, event)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


_HALF = re.compile("[\ud800-\udfff]")
_HALF_CHARACTER = words(
    "Có ký tự không hợp lệ (nửa cặp mã thay thế).",
    "The text contains half a character (a lone surrogate).",
)
_ALIAS = words(
    "Không dùng bí danh YAML (*tên): hãy viết đầy đủ giá trị.",
    "YAML aliases (*name) are not taken: write the value out.",
)
_DEEP = words(
    f"Nội dung lồng nhau sâu quá {DEEPEST} cấp.",
    f"The content is nested deeper than {DEEPEST} levels.",
)

ContentLoader.yaml_implicit_resolvers = {}
# Only what YAML 1.2's core schema and every reader agree on; 08, 1_000, yes and dates stay text.
for _kind, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", list("-0123456789")),
):
    ContentLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(_pattern), _first)
