"""A fault in something a person wrote: where it stands and one sentence in both languages.

Validators raise `Unfit`; `faults` turns pydantic's errors, ours included, into sentences.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from crisis.model.errors import PhatngonError
from crisis.model.unwelcome_field import why_unwelcome
from crisis.model.words import Words, words

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One fault; `at` is the path of keys and list positions (from 0) to it."""

    at: Path
    sentence: Words

    @property
    def field(self) -> str:
        """The path as people read it: `targets.S3.draft`, `claims[2].text` (positions from 1)."""
        return field_of(self.at)


def field_of(at: Path) -> str:
    """A path as people read it, positions from 1."""
    shown = ""
    for part in at:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return shown.removeprefix(".") or "."


class Unfit(ValueError):
    """Raised by validators: the value is refused for one or more faults at or below it."""

    def __init__(self, *found: Fault) -> None:
        super().__init__("; ".join(fault.sentence.en for fault in found))
        self.found = found


def fault(vi: str, en: str, *at: str | int) -> Fault:
    """A fault `at` a path below the value that is being validated."""
    return Fault(at=at, sentence=words(vi, en))


def refuse(found: list[Fault]) -> None:
    """Raise `Unfit` with all of `found`, if there are any."""
    if found:
        raise Unfit(*found)


def faults(error: ValidationError) -> tuple[Fault, ...]:
    """Every fault of a pydantic error, in the order of the file, one sentence each."""
    found = [one for detail in error.errors() for one in _of(detail)]
    # A key that may be of several types is refused once per type: one sentence is enough.
    return tuple(one for n, one in enumerate(found) if one.at not in _keys(found[:n]))


def _keys(found: list[Fault]) -> set[Path]:
    return {one.at for one in found}


def _of(detail: ErrorDetails) -> Iterator[Fault]:
    loc, ctx = tuple(detail["loc"]), detail.get("ctx", {})
    at = loc[: loc.index("[key]")] if "[key]" in loc else loc
    ours = ctx.get("error")
    if isinstance(ours, Unfit):
        for found in ours.found:
            yield Fault(at=(*at, *found.at), sentence=found.sentence)
        return
    yield Fault(at=at, sentence=_said_by_cause(ours) or _sentence(detail, ctx))


def _said_by_cause(ours: object) -> Words | None:
    """The sentence of the house's own error from which a validator raised its `ValueError`."""
    cause = getattr(ours, "__cause__", None)
    return cause.sentence if isinstance(cause, PhatngonError) else None


def _sentence(detail: ErrorDetails, ctx: Mapping[str, Any]) -> Words:
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        return why_unwelcome(name)
    vi, en = _SENTENCES.get(detail["type"], _UNKNOWN)
    facts = {key: _ENUM.sub(r"\1", str(value)) for key, value in ctx.items()}
    facts |= {"name": name, "message": detail["msg"], "input": _short(detail["input"])}
    facts_vi = facts | {"expected": facts.get("expected", "").replace(" or ", " hoặc ")}
    return words(_filled(vi, facts_vi), _filled(en, facts))


_ENUM = re.compile(r"<[\w.]+: ('[^']*')>")
"""How pydantic shows a member of an enum among the values that are allowed."""


def _filled(pattern: str, facts: Mapping[str, str]) -> str:
    for key, value in facts.items():
        pattern = pattern.replace("{" + key + "}", value)
    return pattern


def _short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


_UNKNOWN = (
    "Giá trị '{input}' không hợp lệ ({message}).",
    "The value '{input}' is not valid ({message}).",
)
_CHOICE = (
    "'{input}' không nằm trong các giá trị được phép: {expected}.",
    "'{input}' is not one of the allowed values: {expected}.",
)
_TEXT = (
    "Ở đây cần một đoạn chữ; nếu là số hoặc mã, hãy đặt trong dấu nháy.",
    "A text is needed here; if it is a number or a code, put it in quotation marks.",
)
_LIST = (
    "Ở đây cần một danh sách (mỗi dòng bắt đầu bằng '- ').",
    "A list is needed here (each line begins with '- ').",
)
_GROUP = (
    "Ở đây cần một nhóm mục dạng 'tên: giá trị'.",
    "A group of 'name: value' entries is needed here.",
)
_DATE = (
    "'{input}' không phải là ngày; hãy viết dạng 2026-07-01.",
    "'{input}' is not a date; write it as 2026-07-01.",
)
_WHOLE = (
    "Ở đây cần một số nguyên, không phải '{input}'.",
    "A whole number is needed, not '{input}'.",
)
_EMPTY = ("Chỗ này không được để trống.", "This must not be empty.")

_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Thiếu mục bắt buộc '{name}'.", "The required field '{name}' is missing."),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": (
        "'{tag}' không nằm trong các giá trị được phép: {expected_tags}.",
        "'{tag}' is not one of the allowed values: {expected_tags}.",
    ),
    "string_type": _TEXT,
    "string_too_short": _EMPTY,
    "too_short": (
        "Danh sách cần ít nhất {min_length} mục; ở đây có {actual_length}.",
        "The list needs at least {min_length}; it has {actual_length}.",
    ),
    "string_too_long": (
        "Đoạn chữ dài quá {max_length} ký tự.",
        "The text is longer than {max_length} characters.",
    ),
    "string_pattern_mismatch": (
        "'{input}' không đúng dạng quy định ({pattern}).",
        "'{input}' does not have the required form ({pattern}).",
    ),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "bool_type": ("Ở đây cần true hoặc false.", "Write true or false here."),
    "bool_parsing": ("Ở đây cần true hoặc false.", "Write true or false here."),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "greater_than": ("Số phải lớn hơn {gt}.", "The number must be greater than {gt}."),
    "greater_than_equal": ("Số phải từ {ge} trở lên.", "The number must be {ge} or more."),
    "less_than_equal": ("Số không được quá {le}.", "The number must be {le} or less."),
}
