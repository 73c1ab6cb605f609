"""The report form: from what a browser sent to a report, every fault beside its field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from crisis.model.agency import Agency
from crisis.model.directory import Directory
from crisis.model.errors import BadInput
from crisis.model.fault import Fault, faults
from crisis.model.report import ReportIn
from crisis.model.spelling import same_name
from crisis.model.words import Words, words
from desk.door.form import Form, whole

ROWS = 3
MOST_ROWS = 50
MEANT = 3
"""So many names are offered where one was not written whole."""
LINES = ("kind", "title", "outlet", "link", "published_at", "received_at", "occurred_at")
TEXTS = ("quotation", "note", "severity")
PAIRS = ("subject", "summary")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """Faults of a form: which field, which sentence."""

    faults: tuple[tuple[str, Words], ...]

    def of(self, name: str) -> Words | None:
        """What is wrong with a field."""
        return next((sentence for field, sentence in self.faults if field == name), None)


NOTHING_WRONG = Wrong(faults=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The form as it is shown: what was typed, how many rows of claims, what is wrong."""

    typed: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()
    rows: int = ROWS
    wrong: Wrong = NOTHING_WRONG


def sheet_of(form: Form, *, wrong: Wrong = NOTHING_WRONG, more: bool = False) -> Sheet:
    """What was typed, as it is shown again; with `more`, one more row for a claim."""
    rows = rows_of(form) + (1 if more else 0)
    return Sheet(
        typed=form,
        topics=form.texts("topics"),
        floors=form.texts("floors"),
        rows=min(rows, MOST_ROWS),
        wrong=wrong,
    )


def rows_of(form: Form) -> int:
    """How many rows for claims the form had."""
    return min(max(whole(form.text("rows"), ROWS), ROWS), MOST_ROWS)


def report_of(form: Form, directory: Directory, day: date) -> ReportIn | Wrong:
    """The report that the form tells, or what is wrong with it."""
    numbers = [n for n in range(rows_of(form)) if form.text(f"claim-{n}-vi")]
    try:
        claims = [_claim(form, n, directory, day) for n in numbers]
        return ReportIn.model_validate(dict(_told(form)) | {"claims": claims})
    except BadInput as error:
        return Wrong(faults=((error.field, error.sentence),))
    except ValidationError as error:
        return Wrong(faults=tuple((_field(one, numbers), one.sentence) for one in faults(error)))


def _told(form: Form) -> Iterator[tuple[str, Any]]:
    for name in (*LINES, *TEXTS):
        if form.text(name):
            yield name, form.text(name)
    for name in PAIRS:
        if form.text(f"{name}-vi"):
            yield name, _pair(form, name)
    yield "places", [place.strip() for place in form.text("places").split("\n") if place.strip()]
    # The main topic comes first: it decides who leads.
    topics = [form.text("topic"), *form.texts("topics")]
    yield "topics", list(dict.fromkeys(topic for topic in topics if topic))
    yield "floors", list(form.texts("floors"))
    yield "asks_for_answer", form.checked("asks_for_answer")


def _pair(form: Form, name: str) -> str | dict[str, str]:
    """Both languages, or the Vietnamese text that stands for both until it is translated."""
    vi, en = form.text(f"{name}-vi"), form.text(f"{name}-en")
    return {"vi": vi, "en": en} if en else vi


def _claim(form: Form, n: int, directory: Directory, day: date) -> dict[str, Any]:
    agency = form.text(f"claim-{n}-about")
    return {
        "text": _pair(form, f"claim-{n}"),
        "kind": form.text(f"claim-{n}-kind") or "fact",
        "about_agency": body_of(directory, agency, day, f"claim-{n}-about") if agency else None,
        "conduct": form.checked(f"claim-{n}-conduct"),
    }


def agency_of(directory: Directory, written: str, day: date, name: str) -> str:
    """The id of the agency that somebody chose from the list or wrote by its name.

    Raises BadInput where it is none or not only one.
    """
    key = written.partition(" – ")[0].strip()
    if directory.agency(key, day) is not None:
        return key
    near = directory.search(written, day)
    exact = _named(near, written)
    if len(exact) == 1:
        return exact[0]
    meant = near[:MEANT]
    vi, en = "; ".join(a.name.vi for a in meant), "; ".join(a.name.en for a in meant)
    raise BadInput(
        words(
            f"Không rõ “{written[:80]}” là cơ quan nào; xin chọn trong danh sách gợi ý"
            + (f", ví dụ: {vi}." if meant else "."),
            f"It is not clear which agency “{written[:80]}” is; please choose one of the list"
            + (f", such as: {en}." if meant else "."),
        ),
        field=name,
    )


def body_of(directory: Directory, written: str, day: date, name: str) -> str:
    """As `agency_of`, of a body that may have ended: whom a claim is about, who issued a document.

    Raises BadInput where it is none or not only one.
    """
    try:
        return agency_of(directory, written, day, name)
    except BadInput:
        key = written.partition(" – ")[0].strip()
        former = [key] if directory.knows(key) else _named(directory.bodies, written)
        if len(former) != 1:
            raise
        return former[0]


def _named(agencies: Sequence[Agency], written: str) -> list[str]:
    """The ids of those that are called so; part of a name is not enough: a letter follows."""
    return list(
        dict.fromkeys(
            a.id for a in agencies if same_name(written, a.name.vi) or same_name(written, a.name.en)
        )
    )


def _field(fault: Fault, numbers: list[int]) -> str:
    """The field of the form in which a fault of the report stands."""
    at = fault.at
    if at and at[0] == "claims" and len(at) > 1 and isinstance(at[1], int):
        part = {"about_agency": "about", "kind": "kind", "conduct": "conduct"}
        last = str(at[2]) if len(at) > 2 else ""
        return f"claim-{numbers[at[1]]}-{part.get(last, 'en' if 'en' in at else 'vi')}"
    if at and at[0] in PAIRS:
        return f"{at[0]}-{'en' if 'en' in at else 'vi'}"
    return str(at[0]) if at else "title"
