"""A value as a template sees it: texts of one language, numbers and times, nothing with methods."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from types import SimpleNamespace
from typing import Any

from crisis.model.statement import Variant, frozen_bytes
from crisis.model.words import Language, Words

_KEPT_CONTROLS = frozenset("\n\t")
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Control, formatting (bidi overrides, zero-width), private use, surrogates, odd line ends."""


def clean(text: str) -> str:
    """`text` in NFC with LF line ends, without characters that no reader sees."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in _KEPT_CONTROLS or unicodedata.category(c) not in _DROPPED)
    return unicodedata.normalize("NFC", "".join(kept))


def paragraphs(text: str) -> str:
    """`text` with one space between words and one empty line between paragraphs."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in parts if part)


class View:
    """Turns frozen values into what templates see, in one language.

    `edit` is applied to every text after cleaning. With `strict`, a text that exists only in the
    other language is a hole (None); without, Vietnamese stands in for it.
    """

    def __init__(
        self,
        language: Language,
        *,
        strict: bool = False,
        edit: Callable[[str], str] = lambda text: text,
    ) -> None:
        self._language = language
        self._strict = strict
        self._edit = edit

    def of(self, value: Any) -> Any:
        """`value` for a template; raises TypeError for a kind of value that letters do not have."""
        if isinstance(value, Words):
            return self._words(value)
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, str):
            return self._edit(clean(value))
        if value is None or isinstance(value, bool | int | date | timedelta):
            return value
        return self._whole(value)

    def _whole(self, value: Any) -> Any:
        if isinstance(value, Variant):  # approved words stand as they were approved
            body = frozen_bytes(value.body).decode().rstrip("\n")
            return SimpleNamespace(
                outlet=value.outlet, language=value.language, title=value.title, body=body
            )
        if isinstance(value, tuple | frozenset):
            return tuple(self.of(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return SimpleNamespace(**self.fields(value))
        message = f"a template cannot see a {type(value).__name__}"
        raise TypeError(message)

    def fields(self, value: Any) -> Mapping[str, Any]:
        """The fields of the dataclass `value`, each as a template sees it."""
        return {field.name: self.of(getattr(value, field.name)) for field in fields(value)}

    def _words(self, value: Words) -> str | None:
        said = value.in_(self._language)
        if not said.strip():
            if self._strict:
                return None
            said = value.vi
        return self._edit(clean(said))
