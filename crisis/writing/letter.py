"""A letter in words: subject, text and HTML, rendered from its folder of templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crisis.model.errors import BadContent
from crisis.model.letter import Letter
from crisis.model.letter_part import EXERCISE
from crisis.model.words import words
from crisis.writing.shelf import Shelf
from crisis.writing.view import View

SUBJECT_LIMIT = 180
"""Characters; what stands behind is not shown by any mail reader."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenLetter:
    """A letter ready to send. The subject is one line; text and HTML say the same."""

    subject: str
    text: str
    html: str


def write_letter(shelf: Shelf, letter: Letter) -> WrittenLetter:
    """Render `letter` in its language; raises BadContent where a template has a hole.

    An exercise is marked in the subject, and at the top and the bottom of both bodies.
    """
    heading = letter.heading
    folder = f"letters/{letter.name}/{heading.language}"
    fields: Mapping[str, Any] = {
        **View(heading.language).fields(letter),
        "lang": heading.language.value,
    }
    subject = _one_line(shelf.render(f"{folder}/subject.txt", fields))
    if heading.exercise:
        subject = f"[{EXERCISE.in_(heading.language)}] {subject}"
    fields = {**fields, "headline": subject}
    text = shelf.render(f"{folder}/body.txt", fields).strip("\n") + "\n"
    html = shelf.render(f"{folder}/body.html", fields).strip("\n") + "\n"
    if heading.exercise:
        _check_marks(folder, text, EXERCISE.in_(heading.language))
    return WrittenLetter(subject=subject[:SUBJECT_LIMIT], text=text, html=html)


def _one_line(text: str) -> str:
    """White space folded: a line end in a title never becomes a header of its own."""
    return " ".join(text.split())


def _check_marks(folder: str, text: str, mark: str) -> None:
    lines = text.strip().split("\n")
    if mark not in lines[0] or mark not in lines[-1]:
        raise BadContent(
            words(
                "Thư diễn tập phải có dấu DIỄN TẬP ở dòng đầu và dòng cuối.",
                "A letter of an exercise bears the mark on its first and last line.",
            ),
            place=f"{folder}/body.txt",
        )
