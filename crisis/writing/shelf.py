"""The shelf of templates: read from a folder, or from the bytes that an incident pinned."""

import traceback
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from jinja2 import Environment, FunctionLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from crisis.model.errors import BadContent
from crisis.model.words import Words, words
from crisis.writing.budget import TooMuch, budget_for
from crisis.writing.sandbox import Hole, Sandbox
from crisis.writing.wording import FILTERS, is_web_address

ROOMS = ("letters", "statements")
SUFFIXES = frozenset({".txt", ".html"})
OUTPUT_LIMIT = 400_000
"""Characters of one rendered text; the longest real letter has some 20,000."""


class Shelf:
    """Templates by name (`letters/assignment/vi/body.txt`); rendering refuses holes and escapes."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = MappingProxyType(dict(files))
        self._sandbox = _sandbox({name: _text(name, data) for name, data in files.items()})

    @classmethod
    def from_folder(cls, path: Path) -> "Shelf":
        """The letters and statements under the templates folder `path`."""
        found = (file for room in ROOMS for file in (path / room).rglob("*"))
        kept = (file for file in found if file.is_file() and file.suffix in SUFFIXES)
        return cls({file.relative_to(path).as_posix(): file.read_bytes() for file in kept})

    @classmethod
    def from_bytes(cls, files: Mapping[str, bytes]) -> "Shelf":
        """The templates that an incident pinned: name to bytes."""
        return cls(files)

    @property
    def files(self) -> Mapping[str, bytes]:
        """Name to bytes, to pin; read-only."""
        return self._files

    @property
    def digest(self) -> str:
        """Lowercase hex SHA-256 over all names and bytes, in the order of names."""
        whole = sha256()
        for name in sorted(self._files):
            data = self._files[name]
            whole.update(f"{name}\0{len(data)}\0".encode())
            whole.update(data)
        return whole.hexdigest()

    def has(self, name: str) -> bool:
        """Whether there is such a template."""
        return name in self._files

    def render(self, name: str, fields: Mapping[str, Any]) -> str:
        """The text of template `name` with `fields`, which include `lang`.

        Raises BadContent, which names template, line and field, on a hole, a forbidden reach, a
        mistake in the template, or one that never ends.
        """
        try:
            with budget_for(name):
                text = self._sandbox.get_template(name).render(fields)
        except BadContent:
            raise
        except Exception as error:  # a template can raise anything
            _refuse(name, error, self._files)
        if len(text) > OUTPUT_LIMIT:
            raise TooMuch(name)
        return text


def _sandbox(sources: Mapping[str, str]) -> Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        return (sources[name], name, None) if name in sources else None

    sandbox = Sandbox(FunctionLoader(load))
    sandbox.filters |= FILTERS
    sandbox.tests["web_address"] = is_web_address
    return sandbox


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadContent(
            words("Mẫu văn bản không phải UTF-8.", "The template is not UTF-8."), place=name
        ) from error


def _refuse(name: str, error: Exception, files: Mapping[str, bytes]) -> NoReturn:
    place, sentence = _diagnosis(name, error, files)
    raise BadContent(sentence, place=place) from error


def _diagnosis(name: str, error: Exception, files: Mapping[str, bytes]) -> tuple[str, Words]:
    if isinstance(error, Hole):
        return error.place, words(
            f"Mẫu văn bản thiếu dữ liệu ở {error.place} nên không được phát hành.",
            f"The template lacks a value at {error.place}, so it is not sent.",
        )
    said = str(error).rstrip(".")
    if isinstance(error, SecurityError):
        return _place(name, error, files), words(
            f"Mẫu văn bản dùng điều không được phép: {said}.",
            f"The template uses something forbidden: {said}.",
        )
    if isinstance(error, TemplateNotFound):
        return name, words(
            f"Không có mẫu văn bản {error.name}.", f"There is no template {error.name}."
        )
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or name}:{error.lineno}", words(
            f"Mẫu văn bản viết sai: {said}.", f"The template is wrong: {said}."
        )
    return _place(name, error, files), words(
        f"Mẫu văn bản không dựng được: {said}.", f"The template cannot be rendered: {said}."
    )


def _place(name: str, error: Exception, files: Mapping[str, bytes]) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename in files]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else name
