"""A wrong call is told in the reader's language, one clear line each."""

from typing import Any

import pytest
import typer

from desk.cli.entry import app
from desk.cli.usage_word import usage_words

CALLS = [
    ((), "law due", "Thiếu RULE.", "RULE is missing."),
    (("x",), "law due", "Thiếu --from.", "--from is missing."),
    ((), "law dew", "Không có lệnh “dew”. Có thể là: 'due'.", "There is no command “dew”."),
    (("x", "--form", "y"), "law due", "Không có tùy chọn --form. Có thể là: --from.", "--form."),
    (("x", "--from"), "law due", "--from cần có giá trị.", "--from needs a value."),
    (("x", "y", "--from", "z"), "law due", "Không hiểu phần thừa: y.", "This is too much: y."),
    (("--on", "hôm qua"), "playbook check", "--on: “hôm qua” không phải là ngày", "is not a day"),
    (("no.xlsx",), "directory import", "FILE: không có “no.xlsx”.", "FILE: no “no.xlsx” is there."),
    (("/",), "directory import", "FILE: “/” là thư mục.", "FILE: “/” is a folder."),
    (("abc",), "report-year", "YEAR: cần một số nguyên.", "YEAR: a whole number is needed."),
    (("--incidents", "0"), "bench law", "--incidents: phải từ 1 trở lên.", "to be 1 or more."),
    (
        ("--severity", "S9", "--received", "2026-11-05T08:00"),
        "playbook simulate",
        "--severity: “S9” không nằm trong các giá trị được phép: 'S1', 'S2', 'S3', 'S4'.",
        "--severity: “S9” is not one of: 'S1', 'S2', 'S3', 'S4'.",
    ),
]


def refused(command: str, words: tuple[str, ...]) -> str:
    """What the parser itself says of a call, in one line."""
    with pytest.raises(typer.TyperException) as told:
        app([*command.split(), *words], prog_name="phatngon", standalone_mode=False)
    return " ".join(told.value.format_message().split())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("words", "command", "vi", "en"), CALLS)
def test_a_wrong_call_is_told_in_both_languages(
    words: tuple[str, ...], command: str, vi: str, en: str
) -> None:
    raw = refused(command, words)
    assert usage_words(raw, "vi").startswith(vi)
    assert en in usage_words(raw, "en")


def test_the_door_of_the_command_line_says_it_so(bare: Any) -> None:
    assert bare("law", "due", code=2).err == "phatngon: RULE is missing.\n"


def test_what_an_option_of_ours_says_and_what_is_not_known_stay_as_they_are() -> None:
    ours = "--from: “mai” không phải thời điểm; ví dụ 2025-10-19T08:15."
    assert usage_words(f"Invalid value: {ours}", "vi") == ours
    assert usage_words("Something else went wrong.", "vi") == "Something else went wrong."


@pytest.mark.parametrize("day", ["2026-11-05", "05/11/2026"])
def test_a_day_is_taken_as_files_and_as_people_write_it(bare: Any, day: str) -> None:
    found = bare("directory", "find", "--topic", "roads", "--on", day, "--json").data
    assert found["lead"] == "qt-sxd"
