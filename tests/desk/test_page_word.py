"""Words of the pages: spans and times, translations of every text, changes between texts."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.ext import extract_from_ast

from crisis.model.statement import KIND_WORDS, LIFECYCLE_WORDS
from crisis.model.verdict import VERDICT_WORDS
from crisis.model.words import Language
from desk.case import timeline
from desk.case import words as incident_words
from desk.door.language import speeches
from desk.door.page import environment
from desk.door.page_time import (
    day_words,
    due_words,
    field_value,
    left_words,
    moment_words,
    span_words,
)
from desk.door.word_diff import Change, changed, difference

TEMPLATES = Path(__file__).parents[2] / "templates"
VI, EN = Language.VI, Language.EN
AT = datetime(2025, 10, 19, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "vi", "en"),
    [
        (timedelta(hours=3, minutes=20), "3 giờ 20 phút", "3 h 20 min"),
        (timedelta(hours=1), "1 giờ", "1 h"),
        (timedelta(days=2, hours=5, minutes=59), "2 ngày 5 giờ", "2 d 5 h"),
        (timedelta(days=1, minutes=3), "1 ngày 3 phút", "1 d 3 min"),
        (timedelta(seconds=59), "dưới 1 phút", "less than 1 min"),
        (timedelta(minutes=59, seconds=59), "59 phút", "59 min"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(span: timedelta, vi: str, en: str) -> None:
    assert span_words(span, VI) == vi
    assert span_words(span, EN) == en
    assert left_words(AT + span, AT, VI) == f"còn {vi}"
    assert left_words(AT, AT + span, VI) == f"quá hạn {vi}"
    assert left_words(AT + span, AT, EN) == f"{en} left"
    assert left_words(AT, AT + span, EN) == f"{en} overdue"


def test_times_are_told_in_vietnamese_local_time() -> None:
    assert moment_words(AT, VI) == "10:05 ngày 19/10/2025"
    assert moment_words(AT, EN) == "19 Oct 2025, 10:05"
    assert day_words(date(2026, 1, 2), VI) == "02/01/2026"
    assert field_value(AT) == "2025-10-19T10:05"
    assert field_value(None) == ""


@pytest.mark.parametrize(
    ("at", "vi", "en"),
    [
        ("2026-09-03T17:00+00:00", "24:00 ngày 03/09/2026", "3 Sep 2026, 24:00"),
        ("2026-09-03T16:59+00:00", "23:59 ngày 03/09/2026", "3 Sep 2026, 23:59"),
        ("2026-12-31T17:00:30+00:00", "00:00 ngày 01/01/2027", "1 Jan 2027, 00:00"),
    ],
)
def test_a_limit_that_ends_with_a_day_is_told_by_that_day(at: str, vi: str, en: str) -> None:
    due = datetime.fromisoformat(at)
    assert due_words(due, VI) == vi
    assert due_words(due, EN) == en


def messages() -> set[str]:
    """Every text of every template of the desk that is translated."""
    env = environment(TEMPLATES / "desk")
    found: set[str] = set()
    for file in sorted((TEMPLATES / "desk").glob("*.html")):
        tree = env.parse(file.read_text(encoding="utf8"))
        for _, _, message in extract_from_ast(tree, gettext_functions=("_",)):
            found.add(message if isinstance(message, str) else str(message[0]))
    return found


def test_every_text_of_every_template_has_an_english_translation() -> None:
    english = speeches(TEMPLATES / "locale")[EN].catalogue
    assert len(messages()) > 150
    assert sorted(messages() - english.keys()) == []


def test_a_translation_keeps_the_places_for_values() -> None:
    for message, told in speeches(TEMPLATES / "locale")[EN].catalogue.items():
        assert message.count("%(") == told.count("%("), message


def test_codes_of_the_records_have_words_in_both_languages() -> None:
    tables = [value for name, value in vars(incident_words).items() if name.endswith("_WORDS")]
    tables += [VERDICT_WORDS, LIFECYCLE_WORDS, KIND_WORDS]
    assert len(tables) >= 8
    for table in tables:
        assert all(told.vi and told.en for told in table.values())
    for title, _ in timeline.GROUPS.values():
        assert title.vi
        assert title.en


def test_a_difference_marks_words_that_went_and_came() -> None:
    spans = difference("Sân bị ngập nhẹ.", "Sân trường bị ngập.")
    told = "".join(f"[{s.change.value[0]}{s.text}]" for s in spans if s.change is not Change.SAME)
    assert told.replace(" ", "") == "[ntrường][gnhẹ]"
    assert changed(spans)
    assert not changed(difference("như cũ", "như cũ"))


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_both_texts_can_be_read_from_their_difference(before: str, after: str) -> None:
    spans = difference(before, after)
    assert "".join(s.text for s in spans if s.change is not Change.NEW) == before
    assert "".join(s.text for s in spans if s.change is not Change.GONE) == after
