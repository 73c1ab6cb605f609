"""The text of a content file as plain values, every one of which remembers its line.

YAML is read with the safe loader, and narrower than YAML allows: no aliases, no merge keys, no
tags, no repeated keys, and only null, true/false and plain decimal numbers are not text
(YAML 1.1 would read `no`, `07:30` or `2026-07-01` as something else than was written).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from crisis.model.errors import BadContent
from crisis.model.spelling import nfc
from crisis.model.words import Words, words
from crisis.writing.content_loader import ContentLoader, Refused

Path = tuple[str | int, ...]
_PLAIN = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """A parsed file: `value` in plain types, `lines` from path to line (from 1)."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, at: Path) -> int:
        """The line of the last part of the path `at` that stands in the file."""
        return self.lines.get(self._standing(at), 1)

    def field_at(self, at: Path) -> str:
        """The path `at` as people read it, positions from 1, without what pydantic adds to it."""
        standing = self._standing(at)
        absent = at[-1:] if standing[-1:] != at[-1:] else ()
        shown = (f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in (*standing, *absent))
        return "".join(shown).removeprefix(".")

    def _standing(self, at: Path) -> Path:
        """The parts of `at` that stand in the file; names of union members do not."""
        found: Path = ()
        for part in at:
            if (*found, part) in self.lines:
                found = (*found, part)
        return found


def yaml_tree(text: str, name: str) -> Tree:
    """The single YAML document in `text`; raises `BadContent` at the line of the fault."""
    root = _composed(text, name)
    if root is None:
        _refuse(name, 1, _EMPTY)
    lines: dict[Path, int] = {}
    return Tree(value=_built(root, (), lines, name), lines=lines)


def json_tree(text: str, name: str) -> Tree:
    """The JSON value in `text`; raises `BadContent` at the line of the fault."""
    try:
        value = json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except json.JSONDecodeError as error:
        _refuse(name, error.lineno, _syntax("JSON", error.msg))
    except _RefusedKey as error:
        _refuse(name, text[: text.rfind(error.key)].count("\n") + 1, error.sentence)
    except (RecursionError, ValueError):
        _refuse(name, 1, _UNREADABLE)
    return Tree(value=_normal(value), lines=_json_lines(text, name))


def _composed(text: str, name: str) -> yaml.Node | None:
    try:
        loader = ContentLoader(text)
        return loader.get_single_node()
    except Refused as error:
        _refuse(name, _line(error.problem_mark), error.sentence)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse(name, _line(mark), _syntax("YAML", error.problem or "?"))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        _refuse(name, line, _syntax("YAML", error.reason))


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark else 1


def _built(node: yaml.Node, at: Path, lines: dict[Path, int], name: str) -> Any:
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.CollectionNode) and node.tag not in _PLAIN:
        _refuse(name, _line(node.start_mark), _TAG)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, lines, name)
    if isinstance(node, yaml.SequenceNode):
        return [_built(item, (*at, n), lines, name) for n, item in enumerate(node.value)]
    return _scalar(node, name)


def _mapping(node: yaml.MappingNode, at: Path, lines: dict[Path, int], name: str) -> Any:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            _refuse(name, line, _KEY)
        key = nfc(key_node.value)
        if key in built:
            _refuse(name, line, _repeated(key))
        lines[(*at, key)] = line
        built[key] = _built(value_node, (*at, key), lines, name)
    return built


_READERS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": lambda written: written == "true",
    "int": int,
    "float": float,
    "str": nfc,
}


def _scalar(node: yaml.Node, name: str) -> Any:
    space, _, kind = node.tag.rpartition(":")
    reader = _READERS.get(kind) if space == "tag:yaml.org,2002" else None
    if reader is None:
        _refuse(name, _line(node.start_mark), _TAG)
    try:
        return reader(node.value)
    except ValueError:
        _refuse(name, _line(node.start_mark), _TAG)


class _RefusedKey(Exception):
    def __init__(self, key: str, sentence: Words) -> None:
        super().__init__(key)
        self.key = key
        self.sentence = sentence


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key, value in pairs:
        if key in built:
            raise _RefusedKey(key, _repeated(key))
        built[key] = value
    return built


def _no_constant(written: str) -> NoReturn:
    raise _RefusedKey(written, _syntax("JSON", written))


def _normal(value: Any) -> Any:
    """`value` with every text in NFC."""
    if isinstance(value, dict):
        return {nfc(key): _normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return nfc(value) if isinstance(value, str) else value


def _json_lines(text: str, name: str) -> dict[Path, int]:
    # JSON allows tabs between its parts where YAML does not; inside its strings it does not either.
    try:
        return yaml_tree(text.replace("\t", " "), name).lines
    except BadContent:
        return {}


def _refuse(name: str, line: int, sentence: Words) -> NoReturn:
    raise BadContent(sentence, place=f"{name}:{line}")


def _syntax(language: str, problem: str) -> Words:
    return words(
        f"Không đọc được {language} ở dòng này (thường do thụt lề, dấu hai chấm hoặc dấu nháy): "
        f"{problem}.",
        f"The {language} cannot be read here (often indentation, a colon or a quotation mark): "
        f"{problem}.",
    )


def _repeated(key: str) -> Words:
    return words(f"Mục '{key}' được viết hai lần.", f"The field '{key}' is written twice.")


_EMPTY = words("Tệp không có nội dung.", "The file is empty.")
_KEY = words("Tên mục phải là chữ.", "The name of a field must be plain text.")
_TAG = words("Không dùng thẻ YAML (!…) ở đây.", "YAML tags (!…) are not taken.")
_UNREADABLE = words(
    "Không đọc được JSON (lồng quá sâu, số quá dài, hoặc ký tự không hợp lệ).",
    "The JSON cannot be read (nested too deep, a number too long, or half a character).",
)
