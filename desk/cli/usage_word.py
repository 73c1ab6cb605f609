"""What is wrong with a call, in the reader's language: the parser itself knows English only."""

import re
from collections.abc import Sequence

from desk.cli.tongue import LANGUAGE

_SAID: Sequence[tuple[str, str, str]] = (
    (r"Missing argument '([^']*)'\..*", r"Thiếu \1.", r"\1 is missing."),
    (r"Missing option '([^']*)'\..*", r"Thiếu \1.", r"\1 is missing."),
    (r"Missing command\.", "Thiếu tên lệnh.", "The name of a command is missing."),
    (
        r"No such command '([^']*)'\.(?: Did you mean (.*)\?)?",
        r"Không có lệnh “\1”. Có thể là: \2.",
        r"There is no command “\1”. It may be: \2.",
    ),
    (
        r"No such option: (\S+)(?: \(Possible options: (.*)\))?",
        r"Không có tùy chọn \1. Có thể là: \2.",
        r"There is no option \1. It may be: \2.",
    ),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)",
        r"Không hiểu phần thừa: \1.",
        r"This is too much: \1.",
    ),
    (r"Option '([^']*)' requires .*", r"\1 cần có giá trị.", r"\1 needs a value."),
    (
        r"Option '([^']*)' does not take a value\.",
        r"\1 không nhận giá trị.",
        r"\1 takes no value.",
    ),
    (
        r"'([^']*)' is not one of (.*)\.",
        r"“\1” không nằm trong các giá trị được phép: \2.",
        r"“\1” is not one of: \2.",
    ),
    (
        r"'([^']*)' does not match the formats .*",
        r"“\1” không phải là ngày; xin ghi dạng 2026-11-05 hoặc 05/11/2026.",
        r"“\1” is not a day; write it like 2026-11-05.",
    ),
    (
        r"(?:file|path|directory) '([^']*)' does not exist\.",
        r"không có “\1”.",
        "no “\\1” is there.",
    ),
    (r"file '([^']*)' is a directory\.", r"“\1” là thư mục.", r"“\1” is a folder."),
    (r"file '([^']*)' is not readable\.", r"không đọc được “\1”.", r"“\1” cannot be read."),
    (r"Input should be a valid integer.*", "cần một số nguyên.", "a whole number is needed."),
    (r"Input should be a valid number.*", "cần một số.", "a number is needed."),
    (
        r"Input should be greater than or equal to (\S+)",
        r"phải từ \1 trở lên.",
        r"it has to be \1 or more.",
    ),
    (
        r"Input should be less than or equal to (\S+)",
        r"không được quá \1.",
        r"it has to be \1 or less.",
    ),
)
"""The parser's sentences and ours; what may be left out of one is cut off where it is empty."""

_MAYBE = re.compile(r" (?:Có thể là|It may be): \.")
_VALUE = re.compile(r"Invalid value(?: for '(?P<name>[^']*)')?: (?:Value error, )?(?P<why>.*)")


def usage_words(told: str, language: str = LANGUAGE) -> str:
    """The parser's sentence `told` in `language`; one that is not known stays as it is.

    What one of our own options says of its value is in the reader's language already.
    """
    value = _VALUE.fullmatch(told)
    if value is None:
        return _said(told, language)
    why = _said(value["why"], language)
    return f"{value['name']}: {why}" if value["name"] else why


def _said(told: str, language: str) -> str:
    for known, vi, en in _SAID:
        found = re.fullmatch(known, told)
        if found:
            return _MAYBE.sub("", found.expand(vi if language == "vi" else en))
    return told
