"""When a story is raised: its gravity, who carries it, and how many there are at once."""

from datetime import datetime, timedelta

import pytest
from pydantic import ValidationError

from crisis.model.press_watch import (
    GRAVITY_WORDS,
    LINES,
    RULE_WORDS,
    PressWatch,
    Rule,
    Sensitivity,
    Telling,
    Volume,
    digest_time,
    incident_severity,
    story_raises,
    volume_raises,
)
from crisis.model.quotation import QUOTATION, quoted
from crisis.model.severity import Severity

CALM, BALANCED, KEEN = Sensitivity.CALM, Sensitivity.BALANCED, Sensitivity.KEEN


@pytest.mark.parametrize(
    ("severity", "sources", "heavy", "raised_by"),
    [
        (0, 1, False, set()),
        (0, 2, False, {KEEN}),
        (1, 1, False, {KEEN}),
        (1, 2, False, {KEEN, BALANCED}),
        (1, 1, True, {KEEN, BALANCED}),
        (2, 1, False, {KEEN}),
        (2, 2, False, {KEEN, BALANCED, CALM}),
        (2, 1, True, {KEEN, BALANCED, CALM}),
        (3, 1, False, {KEEN, BALANCED, CALM}),
        (3, 0, False, set()),
    ],
)
def test_a_story_is_raised_by_two_sources_or_one_of_weight_or_its_gravity(
    severity: int, sources: int, heavy: bool, raised_by: set[Sensitivity]
) -> None:
    told = Telling(alert=True, severity=severity, sources=sources, heavy=heavy)
    assert {one for one in Sensitivity if story_raises(told, one)} == raised_by


def test_a_story_that_does_not_alert_is_never_raised() -> None:
    told = Telling(alert=False, severity=3, sources=9, heavy=True)
    assert not any(story_raises(told, one) for one in Sensitivity)


@pytest.mark.parametrize(
    ("now", "before", "days", "raised_by"),
    [
        (3, 0, 14, set()),
        (4, 0, 14, {KEEN}),
        (6, 28, 14, {KEEN, BALANCED}),
        (6, 42, 14, {KEEN}),
        (10, 28, 14, {KEEN, BALANCED, CALM}),
        (10, 140, 14, set()),
        (10, 0, 0, {KEEN, BALANCED, CALM}),
    ],
)
def test_many_at_once_is_measured_against_the_days_before(
    now: int, before: int, days: int, raised_by: set[Sensitivity]
) -> None:
    volume = Volume(now=now, before=before, days=days)
    assert {one for one in Sensitivity if volume_raises(volume, one)} == raised_by


def test_a_keener_watch_raises_everything_that_a_calmer_one_does() -> None:
    calm, balanced, keen = LINES[CALM], LINES[BALANCED], LINES[KEEN]
    assert calm.alone >= balanced.alone >= keen.alone
    assert calm.together >= balanced.together >= keen.together
    assert calm.volume >= balanced.volume >= keen.volume
    assert calm.ratio >= balanced.ratio >= keen.ratio


@pytest.mark.parametrize(
    ("gravity", "severity"),
    [(-1, Severity.S1), (0, Severity.S1), (1, Severity.S1), (2, Severity.S2), (9, Severity.S3)],
)
def test_the_watch_never_sets_the_highest_severity(gravity: int, severity: Severity) -> None:
    assert incident_severity(gravity) is severity


@pytest.mark.parametrize(
    "wrong", [{"digest_at": []}, {"digest_at": [24]}, {"keep_text_days": 31}, {"sensitivity": "x"}]
)
def test_a_playbook_cannot_ask_for_the_impossible(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PressWatch.model_validate(wrong)


def test_without_the_section_nothing_opens_by_itself() -> None:
    assert PressWatch().open_candidate_from is None
    assert set(RULE_WORDS) == set(Rule)


def test_a_quotation_is_short_and_ends_at_a_word() -> None:
    assert quoted(" Một  câu\nngắn ") == "Một câu ngắn"
    long = quoted("chữ " * 200)
    assert len(long) <= QUOTATION
    assert long.endswith("chữ…")


AT = datetime.fromisoformat("2025-10-20T00:00+07:00")


@pytest.mark.parametrize(("hour", "expected"), [(6, -8), (7, 7), (10, 7), (11, 11), (23, 16)])
def test_the_digest_tells_what_was_raised_until_its_hour(hour: int, expected: int) -> None:
    found = digest_time(AT + timedelta(hours=hour), (7, 11, 16))
    assert found == AT + timedelta(hours=expected)
    assert len(GRAVITY_WORDS) == 4
