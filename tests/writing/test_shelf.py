"""The shelf refuses holes and names them; it is the same for the same bytes."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from crisis.model.errors import BadContent
from crisis.model.statement import StatementKind
from crisis.writing.shelf import Shelf

NAME = "letters/probe/vi/body.txt"


def rendered(source: str, **fields: object) -> str:
    return Shelf.from_bytes({NAME: source.encode()}).render(NAME, {"lang": "vi", **fields})


@pytest.mark.parametrize(
    ("source", "fields", "place"),
    [
        ("{{ due.at }}", {"due": SimpleNamespace()}, f"{NAME}:1: due.at"),
        ("a\nb {{ name }}", {}, f"{NAME}:2: name"),
        ("\n\n{{ name }}", {"name": None}, f"{NAME}:3: name"),
        ("{{ name }}", {"name": " \n"}, f"{NAME}:1: name"),
        ("{{ due.at|moment }}", {"due": SimpleNamespace(at=None)}, f"{NAME}:1: due.at"),
        ("{% if name %}x{% endif %}", {}, f"{NAME}:1"),
        ("{% for one in names %}x{% endfor %}", {"names": None}, f"{NAME}:1"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(name) }}", {}, f"{NAME}:1: x"),
    ],
)
def test_a_hole_refuses_to_render_and_is_named(
    source: str, fields: dict[str, object], place: str
) -> None:
    with pytest.raises(BadContent) as caught:
        rendered(source, **fields)
    assert caught.value.place == place


@pytest.mark.parametrize(
    "source", ["{{ name", "{% if %}", "{{ name|nosuchfilter }}", "{% include 'elsewhere' %}"]
)
def test_a_mistake_in_a_template_names_the_template(source: str) -> None:
    with pytest.raises(BadContent) as caught:
        rendered(source)
    assert caught.value.place.startswith(NAME)
    assert caught.value.said_in("vi") != caught.value.said_in("en")


def test_a_template_that_is_missing_is_named() -> None:
    with pytest.raises(BadContent) as caught:
        Shelf.from_bytes({}).render("letters/none/vi/body.txt", {"lang": "vi"})
    assert "letters/none/vi/body.txt" in caught.value.sentence.en


def test_a_template_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadContent) as caught:
        Shelf.from_bytes({NAME: b"\xff\xfe"})
    assert caught.value.place == NAME


def test_html_is_escaped_in_html_and_literal_in_text() -> None:
    field = "<script>alert('x')</script> & “ngoặc”"
    shelf = Shelf.from_bytes({"a.html": b"{{ v }}", "a.txt": b"{{ v }}"})
    html = shelf.render("a.html", {"lang": "vi", "v": field})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert shelf.render("a.txt", {"lang": "vi", "v": field}) == field


def test_pinned_bytes_render_like_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "letters" / "a" / "vi"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Chào {{ name }}", encoding="utf8")
    (folder / "notes.md").write_text("not a template", encoding="utf8")
    read = Shelf.from_folder(tmp_path)
    pinned = Shelf.from_bytes(read.files)
    assert list(read.files) == ["letters/a/vi/subject.txt"]
    assert pinned.has("letters/a/vi/subject.txt")
    assert pinned.render("letters/a/vi/subject.txt", {"lang": "vi", "name": "Hà"}) == "Chào Hà"
    assert pinned.digest == read.digest


def test_the_digest_follows_every_byte_and_name() -> None:
    first = Shelf.from_bytes({"a.txt": b"x", "b.txt": b"y"}).digest
    assert Shelf.from_bytes({"b.txt": b"y", "a.txt": b"x"}).digest == first
    assert Shelf.from_bytes({"a.txt": b"x", "b.txt": b"z"}).digest != first
    assert Shelf.from_bytes({"a.txt": b"xb", "b.txt": b"y"}).digest != first
    assert Shelf.from_bytes({"a.txt": b"x", "c.txt": b"y"}).digest != first


def test_every_letter_and_statement_is_complete_in_both_languages(shelf: Shelf) -> None:
    names = set(shelf.files)
    letters = {name.split("/")[1] for name in names if name.startswith("letters/")} - {"frame"}
    kinds = {name.split("/")[1] for name in names if name.startswith("statements/")} - {"frame"}
    wanted = {
        f"letters/{letter}/{lang}/{part}"
        for letter in letters
        for lang in ("vi", "en")
        for part in ("subject.txt", "body.txt", "body.html")
    } | {
        f"statements/{kind}/{lang}/{part}"
        for kind in kinds
        for lang in ("vi", "en")
        for part in ("title.txt", "body.txt", "short.txt")
    }
    assert {
        "assignment",
        "approval_request",
        "press_refusal",
        "press_alert",
        "press_brief",
    } <= letters
    assert kinds == {kind.value for kind in StatementKind}
    assert {name for name in names if "/frame/" not in name} == wanted


def test_no_mail_loads_anything_from_elsewhere(shelf: Shelf) -> None:
    html = b"".join(data for name, data in shelf.files.items() if name.endswith(".html"))
    for remote in (
        b"<img",
        b"src=",
        b"<link",
        b"url(",
        b"@import",
        b"<script",
        b"http:",
        b"https:",
    ):
        assert remote not in html
