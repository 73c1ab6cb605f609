"""The press brief and the trends, in numbers that say of how many."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crisis.model.brief import PART_WORDS, Part, ToneCount, counted, sections_of, span_of
from crisis.model.trend import Told, by_day, rows_of
from crisis.model.words import words
from tests.writing.brief_sample import brief, line

AT = datetime(2027, 2, 2, 1, 0, tzinfo=UTC)


def test_a_briefs_day_begins_and_ends_at_half_past_six_in_viet_nam() -> None:
    start, end = span_of(date(2027, 2, 2))
    assert end.astimezone(UTC) == datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
    assert end - start == timedelta(days=1)


def test_alerts_come_first_whatever_their_tone_and_empty_sections_are_left_out() -> None:
    lines = [line("tốt", "pos", AT), line("xấu", "neg", AT), line("gấp", "neg", AT, alert=True)]
    found = sections_of(lines)
    assert [section.title for section in found] == [
        PART_WORDS[part] for part in (Part.ACT, Part.BAD, Part.GOOD)
    ]
    assert found[0].lines[0].title == "gấp"
    assert sections_of([]) == ()
    assert brief(AT).stories == 4


@pytest.mark.parametrize(
    ("tones", "total", "percent"),
    [([], 0, 0), (["neg"], 1, 100), (["neg", "pos", "neu"], 3, 33)],
)
def test_a_share_is_one_of_all_items(tones: list[str], total: int, percent: int) -> None:
    found = counted(words("a", "a"), tones)
    assert (found.total, found.negative_percent) == (total, percent)


def told(day: int, tone: str, *agencies: str) -> Told:
    return Told(day=date(2027, 2, day), tone=tone, agencies=agencies)


def test_days_without_items_are_counted_as_none() -> None:
    found = by_day([told(1, "neg"), told(3, "pos")], date(2027, 2, 1), 3)
    assert [(day.day, count.neg, count.total) for day, count in found] == [
        (1, 1, 1),
        (2, 0, 0),
        (3, 0, 1),
    ]


def test_a_change_is_told_only_where_both_periods_have_enough_items() -> None:
    now = [told(9, "neg", "so-y-te") for _ in range(5)] + [told(9, "neg", "so-xay-dung")]
    before = [told(1, "neg", "so-y-te")] + [told(1, "neu", "so-y-te") for _ in range(4)]
    names = {"so-y-te": words("Sở Y tế", "Department of Health")}
    found = rows_of(now, before, lambda one: one.agencies, names)
    assert [(row.key, row.now.neg, row.change) for row in found] == [
        ("so-y-te", 5, 80),
        ("so-xay-dung", 1, None),
    ]
    assert found[0].now.label.vi == "Sở Y tế"
    assert found[1].now.label.vi == "so-xay-dung"
    assert found[1].before == ToneCount(label=words("so-xay-dung", "so-xay-dung"))
