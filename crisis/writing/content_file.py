"""Content files (YAML or JSON) read into values, with errors that name file, line and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from crisis.model.errors import BadContent
from crisis.model.fault import faults
from crisis.model.words import Words, words
from crisis.writing.content_tree import Tree, json_tree, yaml_tree

Model = TypeVar("Model", bound=BaseModel)

LARGEST = 2 * 2**20


class ContentErrors(BadContent):
    """Everything that is wrong with one file: `errors` in the order of its lines, at least one."""

    def __init__(self, errors: tuple[BadContent, ...]) -> None:
        super().__init__(_counted(errors), place=errors[0].place)
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def read_content(path: Path, model: type[Model], *, largest: int = LARGEST) -> Model:
    """The value in the file at `path`; `.json` is read as JSON, everything else as YAML.

    `largest` is the size limit in bytes. Raises `ContentErrors`.
    """
    return read_placed(path, model, largest=largest).value


def read_placed(path: Path, model: type[Model], *, largest: int = LARGEST) -> "Placed[Model]":
    """The same as `read_content`, with its places."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise ContentErrors((_unreadable(path, error),)) from error
    return parse_placed(content, model, name=str(path), largest=largest)


def parse_content(
    content: bytes | str, model: type[Model], *, name: str, largest: int = LARGEST
) -> Model:
    """The value in `content`, called `name` in errors; JSON where `name` ends so or it looks so.

    Raises `ContentErrors` with every fault found, not only the first.
    """
    return parse_placed(content, model, name=name, largest=largest).value


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed(Generic[Model]):
    """A value with the file that it was read from: `place_of` names the line of a path in it."""

    value: Model
    name: str
    tree: Tree

    def place_of(self, at: tuple[str | int, ...]) -> str:
        """File, line and field of the path `at`."""
        return _place(self.name, self.tree, at)

    def line_of(self, at: tuple[str | int, ...]) -> int:
        """The line of the path `at`."""
        return self.tree.line_of(at)


def parse_placed(
    content: bytes | str, model: type[Model], *, name: str, largest: int = LARGEST
) -> Placed[Model]:
    """The same as `parse_content`, with its places, for checks that need more than one file."""
    tree = _tree(content, name=name, largest=largest)
    try:
        return Placed(value=model.model_validate(tree.value), name=name, tree=tree)
    except ValidationError as error:
        found = [
            (tree.line_of(one.at), BadContent(one.sentence, place=_place(name, tree, one.at)))
            for one in faults(error)
        ]
        ordered = sorted(found, key=lambda pair: pair[0])
        raise ContentErrors(tuple(bad for _, bad in ordered)) from error


def opening_comment(text: str) -> str:
    """The comment with which a YAML file opens, the empty lines after it included."""
    kept = takewhile(lambda line: not line.strip() or line.startswith("#"), text.splitlines(True))
    head = "".join(kept)
    return head if head.strip() else ""


def yaml_text(value: Mapping[str, Any], old: str = "") -> str:
    """`value` as a YAML file, under the comment with which the `old` file opens."""
    dumped = yaml.safe_dump(dict(value), allow_unicode=True, sort_keys=False, width=110)
    return opening_comment(old) + dumped


def _tree(content: bytes | str, *, name: str, largest: int) -> Tree:
    raw = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    if len(raw) > largest:
        raise ContentErrors((_too_large(name, largest),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentErrors((BadContent(_NOT_UTF8, place=f"{name}:{line}"),)) from error
    read = json_tree if name.endswith(".json") or text.lstrip()[:1] == "{" else yaml_tree
    try:
        return read(text, name)
    except BadContent as error:
        raise ContentErrors((error,)) from error


def _place(name: str, tree: Tree, at: tuple[str | int, ...]) -> str:
    field = tree.field_at(at)
    line = f"{name}:{tree.line_of(at)}"
    return f"{line}: {field}" if field else line


def _counted(errors: tuple[BadContent, ...]) -> Words:
    if len(errors) == 1:
        return errors[0].sentence
    first = errors[0].sentence
    return words(
        f"Tệp có {len(errors)} lỗi; lỗi đầu tiên: {first.vi}",
        f"The file has {len(errors)} faults; the first: {first.en}",
    )


def _unreadable(path: Path, error: OSError) -> BadContent:
    why = error.strerror or type(error).__name__
    return BadContent(
        words(f"Không mở được tệp ({why}).", f"The file cannot be opened ({why})."),
        place=str(path),
    )


def _too_large(name: str, largest: int) -> BadContent:
    return BadContent(
        words(
            f"Tệp lớn hơn giới hạn {largest} byte.",
            f"The file is larger than the limit of {largest} bytes.",
        ),
        place=name,
    )


_NOT_UTF8 = words(
    "Tệp không phải dạng UTF-8; hãy lưu lại với bảng mã UTF-8.",
    "The file is not UTF-8; save it again with the encoding UTF-8.",
)
