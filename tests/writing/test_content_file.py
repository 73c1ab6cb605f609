"""Content files are read safely, and every error names file, line and field."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from crisis.model.errors import BadContent
from crisis.model.words import Words
from crisis.writing.content_file import ContentErrors, parse_content, read_content


class Note(BaseModel):
    """A small content model."""

    model_config = ConfigDict(extra="forbid")

    title: Words
    count: int = 0
    code: str = ""
    items: tuple[str, ...] = ()
    flag: bool | None = None
    share: float = 0.0


GOOD = "title:\n  vi: Tiêu đề\n  en: Title\n"


def errors(text: bytes | str, *, name: str = "note.yaml", **options: Any) -> list[str]:
    with pytest.raises(ContentErrors) as error:
        parse_content(text, Note, name=name, **options)
    assert all(one.sentence.vi and one.place.startswith(name) for one in error.value.errors)
    return str(error.value).split("\n")


def test_a_good_file_becomes_a_value(tmp_path: Path) -> None:
    path = tmp_path / "note.yaml"
    path.write_text(GOOD + "items: [một, hai]\n", encoding="utf-8-sig")
    assert read_content(path, Note).items == ("một", "hai")


@pytest.mark.parametrize("written", ["no", "yes", "08", "07:30", "1_000", "2026-07-01", "0x1f"])
def test_what_looks_like_something_else_stays_the_text_that_was_written(written: str) -> None:
    assert parse_content(GOOD + f"code: {written}\n", Note, name="n.yaml").code == written


@pytest.mark.parametrize(
    ("written", "field", "value"),
    [
        ("count: 12", "count", 12),
        ("count: -3", "count", -3),
        ("share: 0.5", "share", 0.5),
        ("flag: true", "flag", True),
        ("flag: false", "flag", False),
        ("flag: null", "flag", None),
        ("flag:", "flag", None),
        ("count: !!int 7", "count", 7),
    ],
)
def test_numbers_truth_and_nothing_are_read_as_such(written: str, field: str, value: Any) -> None:
    assert getattr(parse_content(GOOD + written, Note, name="n.yaml"), field) == value


def test_every_fault_is_named_with_file_line_and_field() -> None:
    text = "title:\n  vi: Tiêu đề\ncount: many\nitems:\n  - ok\n  - [x]\nauthor: me\n"
    assert [line.split(" ", 2)[:2] for line in errors(text)] == [
        ["note.yaml:1:", "title.en:"],
        ["note.yaml:3:", "count:"],
        ["note.yaml:6:", "items[2]:"],
        ["note.yaml:7:", "author:"],
    ]


def test_the_first_fault_stands_for_the_file_and_its_sentence_counts_them() -> None:
    with pytest.raises(BadContent) as error:
        parse_content("title: 1\ncount: x\n", Note, name="n.yaml")
    assert error.value.place == "n.yaml:1: title"
    assert error.value.sentence.en.startswith("The file has 2 faults; the first: ")
    assert error.value.sentence.vi.startswith("Tệp có 2 lỗi; lỗi đầu tiên: ")


def test_a_single_fault_speaks_for_itself() -> None:
    with pytest.raises(ContentErrors) as error:
        parse_content(GOOD + "count: x\n", Note, name="n.yaml")
    assert error.value.sentence == error.value.errors[0].sentence


BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (GOOD + "count: 1\ncount: 2\n", 5, "written twice"),
        (GOOD + "title: {vi: a, en: b}\n", 4, "written twice"),
        (BOMB, 2, "aliases"),
        ("title: !!python/object/apply:os.system [id]\n", 1, "tags"),
        ("title: !!python/name:os.system x\n", 1, "tags"),
        ("title: !secret x\n", 1, "tags"),
        ("count: !!int many\n", 1, "tags"),
        ("title: !!set {x}\n", 1, "tags"),
        ("<<: {title: 1}\n", 1, "no field named '<<'"),
        ("title: 'x\n", 2, "cannot be read"),
        ("title:\n\t- x\n", 2, "cannot be read"),
        ("a: 1\n---\nb: 2\n", 2, "cannot be read"),
        ("a: \x07\n", 1, "cannot be read"),
        ("? [a]\n: 1\n", 1, "plain text"),
        ('code: "\\ud800"\n', 1, "half a character"),
        ('"\\ud800": 1\n', 1, "half a character"),
        ("code: \ud800\n", 1, "not UTF-8"),
        ("# only a comment\n", 1, "empty"),
        ("", 1, "empty"),
        ("- a\n", 1, "group"),
        ("[" * 5000, 1, "nested deeper"),
    ],
)
def test_yaml_that_is_broken_or_dangerous_is_refused_at_its_line(
    text: str, line: int, says: str
) -> None:
    found = [one for one in errors(text) if one.startswith(f"note.yaml:{line}:")]
    assert any(says in one for one in found)


def test_a_file_that_is_too_large_not_utf8_or_not_there_is_refused(tmp_path: Path) -> None:
    assert "larger than the limit of 100 bytes" in errors("x" * 101, largest=100)[0]
    assert errors(b"title: ok\ncode: \xff\n")[0].startswith("note.yaml:2: The file is not UTF-8")
    with pytest.raises(ContentErrors) as error:
        read_content(tmp_path / "none.yaml", Note)
    assert "cannot be opened" in error.value.sentence.en
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * 300)
    with pytest.raises(ContentErrors, match="larger"):
        read_content(big, Note, largest=100)


def test_json_is_read_with_its_lines_too() -> None:
    text = '{\n\t"title": {"vi": "Tiêu đề", "en": "Title"},\n\t"count": "many"\n}'
    assert errors(text)[0].startswith("note.yaml:3: count: ")
    good = parse_content(json.dumps({"title": {"vi": "😀", "en": "e"}}), Note, name="-")
    assert good.title.vi == "😀"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('{"count": 1,\n"count": 2}', 2, "written twice"),
        ('{"count": 1,\n}', 2, "cannot be read"),
        ('{"share": NaN}', 1, "cannot be read"),
        ('{"code": "\\ud800"}', 1, "half a character"),
        ('{"a":' * 100_000, 1, "cannot be read"),
        ('{"count": ' + "9" * 5000 + "}", 1, "cannot be read"),
        ("[1]", 1, "group"),
    ],
)
def test_broken_json_is_refused_at_its_line(text: str, line: int, says: str) -> None:
    (found,) = errors(text, name="note.json")
    assert found.startswith(f"note.json:{line}:")
    assert says in found


def test_a_key_that_yaml_cannot_read_costs_the_json_only_its_line() -> None:
    text = json.dumps({"k" * 2000: 1})
    (long_key, missing) = sorted(errors(text, name="note.json"))
    assert "There is no field named" in long_key
    assert "title" in missing


def test_texts_and_keys_are_composed() -> None:
    decomposed = "title:\n  vi: Tie\u0302\u0301ng\n  en: x\nitems: [e\u0301]\n"
    value = parse_content(decomposed, Note, name="n.yaml")
    assert (value.title.vi, value.items) == ("Tiếng", ("é",))
    listed = json.dumps({"title": {"vi": "e\u0301", "en": "x"}, "items": ["e\u0301"], "count": 1})
    assert parse_content(listed, Note, name="n.json").items == ("é",)
