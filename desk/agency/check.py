"""What an agency typed, checked field by field when it is sent."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from crisis.model.contact import Email
from crisis.model.errors import RuleBroken
from crisis.model.fault import faults
from crisis.model.rule import inv8_no_state_secret
from crisis.model.text import Line, Paragraph
from crisis.model.verdict import Verdict
from crisis.model.words import Words, words
from crisis.records.answer import NewFinding, Signed
from desk.agency.form import TEXTS, Draft

LINE_LIMIT = 200
"""Letters that a row of the records holds in a name or title."""

Faults = dict[str, Words]
"""What is wrong, by field."""

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_LINE: TypeAdapter[str] = TypeAdapter(Line)
_PARAGRAPH: TypeAdapter[str] = TypeAdapter(Paragraph)


def findings_of(
    draft: Draft, known: Iterable[str], required: Collection[str]
) -> tuple[Signed, list[NewFinding], Faults]:
    """The answer that the form holds, and what is wrong with it by field; `known`: evidence ids.

    A claim that is not `required` may be left empty, but not every claim.
    """
    found: Faults = {}
    evidence = set(known)
    signed = Signed(
        name=line(draft["name"], "name", found, needed=_NAME),
        title=line(draft["title"], "title", found, needed=_TITLE),
        note=paragraph(draft["note"], "note", found),
    )
    told = {c: one for c, one in draft["claims"].items() if c in required or _is_told(one)}
    findings = [
        _finding(claim, one, evidence, found) for claim, one in (told or draft["claims"]).items()
    ]
    return signed, [finding for finding in findings if finding is not None], found


def _is_told(one: dict[str, Any]) -> bool:
    return any(one[name] for name in TEXTS) or bool(one["evidence"])


def _finding(claim: str, one: dict[str, Any], known: set[str], found: Faults) -> NewFinding | None:
    chosen = one["verdict"]
    if chosen not in set(Verdict):
        found[f"verdict-{claim}"] = _CHOOSE
    fact = paragraph(one["fact_vi"], f"fact_vi-{claim}", found, needed=_FACT)
    english = paragraph(one["fact_en"], f"fact_en-{claim}", found)
    remedy = _remedy(claim, one, found)
    if chosen not in set(Verdict):
        return None
    return NewFinding(
        claim=claim,
        verdict=Verdict(chosen),
        fact_vi=fact,
        fact_en=english,
        remedy=remedy,
        evidence=tuple(key for key in one["evidence"] if key in known),
    )


def _remedy(claim: str, one: dict[str, Any], found: Faults) -> dict[str, str] | None:
    told = {
        "what_vi": paragraph(one["what_vi"], f"what_vi-{claim}", found),
        "what_en": paragraph(one["what_en"], f"what_en-{claim}", found),
        "who_vi": line(one["who_vi"], f"who_vi-{claim}", found),
        "by": day(one["by"], f"by-{claim}", found),
    }
    if not any(told.values()):
        return None
    if not told["what_vi"]:
        found.setdefault(f"what_vi-{claim}", _WHAT)
    return {name: value for name, value in told.items() if value}


def day(written: str, field: str, found: Faults) -> str:
    """A day as `2025-11-15`; empty where nothing is written. What is no day is a fault."""
    if not written:
        return ""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        found[field] = _DAY
        return ""


def line(text: str, field: str, found: Faults, *, needed: Words | None = None) -> str:
    """One clean line of at most 200 characters; a fault of `field` where it is none."""
    if len(text) > LINE_LIMIT:
        found[field] = _LONG
        return ""
    return _checked(_LINE, text, field, found, needed)


def address(text: str, field: str, found: Faults) -> str:
    """One e-mail address; a fault of `field` where it is none."""
    try:
        return _EMAIL.validate_python(text)
    except ValidationError:
        found[field] = _ADDRESS
        return ""


def paragraph(text: str, field: str, found: Faults, *, needed: Words | None = None) -> str:
    """Clean running text; a fault of `field` where it is none."""
    return _checked(_PARAGRAPH, text, field, found, needed)


def _checked(
    kind: TypeAdapter[str], text: str, field: str, found: Faults, needed: Words | None
) -> str:
    if not text:
        if needed is not None:
            found[field] = needed
        return ""
    try:
        clean = kind.validate_python(text)
        inv8_no_state_secret(clean)
    except ValidationError as error:
        found[field] = faults(error)[0].sentence
        return ""
    except RuleBroken as error:
        found[field] = error.sentence
        return ""
    return clean


_LONG = words(
    f"Đoạn chữ dài quá {LINE_LIMIT} ký tự.", f"The text is longer than {LINE_LIMIT} characters."
)
_NAME = words("Xin ghi họ tên người trả lời.", "Please give the name of who answers.")
_TITLE = words("Xin ghi chức vụ người trả lời.", "Please give the title of who answers.")
_CHOOSE = words("Xin chọn một kết luận.", "Please choose a conclusion.")
_FACT = words("Xin ghi rõ kết quả xác minh.", "Please say what you found.")
_WHAT = words("Xin ghi việc khắc phục là gì.", "Please say what is put right.")
_DAY = words("Xin ghi ngày dạng 2025-11-15.", "Please write the day like 2025-11-15.")
_ADDRESS = words("Địa chỉ thư không đúng.", "This is no e-mail address.")
