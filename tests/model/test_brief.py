"""The press brief and the trends, in numbers that say of how many."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crisis.model.brief import (
    PART_WORDS,
    Kind,
    Part,
    ToneCount,
    counted,
    day_of,
    sections_of,
    span_of,
)
from crisis.model.trend import Span, Told, by_day, rows_of, worst_courses
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
    found = by_day([told(1, "neg"), told(3, "pos")], Span(first=date(2027, 2, 1), days=3))
    assert [(count.label.vi, count.neg, count.total) for count in found] == [
        ("01/02", 1, 1),
        ("02/02", 0, 0),
        ("03/02", 0, 1),
    ]


def test_a_change_is_told_only_where_both_periods_have_enough_items() -> None:
    now = [told(9, "neg", "so-y-te") for _ in range(5)] + [told(9, "neg", "so-xay-dung")]
    before = [told(1, "neg", "so-y-te")] + [told(1, "neu", "so-y-te") for _ in range(4)]
    names = {"so-y-te": words("Sở Y tế", "Department of Health")}
    found = rows_of(now, before, Kind.AGENCY, names)
    assert [(row.key, row.now.neg, row.change) for row in found] == [
        ("so-y-te", 5, 80),
        ("so-xay-dung", 1, None),
    ]
    assert found[0].now.label.vi == "Sở Y tế"
    assert found[1].now.label.vi == "so-xay-dung"
    assert found[1].before == ToneCount(label=words("so-xay-dung", "so-xay-dung"))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 2, 1, 23, 29, tzinfo=UTC), date(2027, 2, 2)),
        (datetime(2027, 2, 1, 23, 30, tzinfo=UTC), date(2027, 2, 3)),
    ],
)
def test_charts_count_an_item_on_the_day_whose_brief_tells_it(at: datetime, day: date) -> None:
    assert day_of(at) == day
    start, end = span_of(day)
    assert start <= at < end


def test_the_worst_of_each_kind_are_told_over_time_and_those_without_bad_news_are_not() -> None:
    items = [
        Told(day=date(2027, 2, 1), tone="neg", agencies=("so-y-te",), topics=("health",)),
        Told(day=date(2027, 2, 2), tone="pos", agencies=("so-y-te",), places=("xa-a",)),
        Told(day=date(2027, 2, 2), tone="neg", agencies=("so-xay-dung",)),
        Told(day=date(2027, 2, 2), tone="neg", agencies=("so-xay-dung",)),
    ]
    span = Span(first=date(2027, 2, 1), days=2)
    names = {"so-y-te": words("Sở Y tế", "Department of Health")}
    found = worst_courses(items, span, names, 2)
    assert [(one.key, one.all.neg, one.all.total) for one in found] == [
        ("so-xay-dung", 2, 2),
        ("so-y-te", 1, 2),
        ("health", 1, 1),
    ]
    assert found[1].all.label.vi == "Sở Y tế"
    assert [(day.neg, day.total) for day in found[1].days] == [(1, 1), (0, 1)]
    assert worst_courses(items, span, names, 1)[0].key == "so-xay-dung"
