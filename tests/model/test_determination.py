"""When a yes or no to the two questions stands, and when it needs a reason; the shadow clock."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.model.determination import (
    QUESTION_WORDS,
    STARTS,
    Determined,
    Timing,
    check_determined,
    in_time_until,
    is_late,
    unanswered,
)
from crisis.model.errors import BadInput
from crisis.model.limit import parse_target
from crisis.model.severity import Floor
from crisis.model.shadow import shadow

RECEIVED = datetime(2026, 11, 16, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMING = Timing(received_at=RECEIVED, in_time_until=RECEIVED + HOUR, now=RECEIVED + 5 * HOUR)
MAJOR, DIVIDED = Floor.MAJOR_EVENT, Floor.DIVIDED_OPINION


def said(hours: float, *, answer: bool = True, reason: str = "", question: Floor = MAJOR):
    made_at = RECEIVED + timedelta(hours=hours)
    return Determined(question=question, answer=answer, made_at=made_at, reason=reason)


def test_each_question_has_its_words_and_starts_its_own_fact():
    assert set(QUESTION_WORDS) == set(STARTS) == {MAJOR, DIVIDED}
    assert len(set(STARTS.values())) == 2


@pytest.mark.parametrize(
    ("now_said", "before", "why_refused"),
    [
        (said(0.5), None, None),
        (said(1), None, None),  # at the last moment of triage
        (said(2), None, "determination"),  # late, and no reason
        (said(2, reason="Chờ báo cáo của sở"), None, None),
        (said(2, reason="  "), None, "determination"),
        (said(2, answer=False), None, None),  # a no starts nothing
        (said(0.5, answer=False), said(0.5), "determination"),  # another answer, no reason
        (said(0.5, answer=False, reason="Ghi nhầm"), said(0.5), None),
        (said(0.9), said(0.5), "determination"),  # the same answer from another time
        (said(0.5), said(0.5), None),  # said twice
    ],
)
def test_a_later_start_and_a_change_need_a_reason(now_said, before, why_refused, refused):
    assert refused(check_determined, now_said, before, TIMING) == why_refused


@pytest.mark.parametrize("hours", [-0.1, 5.1])
def test_a_determination_lies_between_receipt_and_now(hours):
    with pytest.raises(BadInput) as wrong:
        check_determined(said(hours, reason="Có lý do"), None, TIMING)
    assert wrong.value.field == "made_at"


def test_what_is_unanswered_or_late_without_a_reason_is_asked_for():
    assert unanswered({}, TIMING) == (MAJOR, DIVIDED)
    assert unanswered({MAJOR: said(0.5)}, TIMING) == (DIVIDED,)
    late = said(3, question=DIVIDED)
    assert is_late(late.made_at, TIMING)
    assert unanswered({MAJOR: said(0.5), DIVIDED: late}, TIMING) == (DIVIDED,)
    told = said(3, question=DIVIDED, reason="Dư luận mới lan rộng")
    no = said(3, question=MAJOR, answer=False)
    assert unanswered({MAJOR: no, DIVIDED: told}, TIMING) == ()


def test_triage_is_measured_from_the_receipt():
    assert in_time_until(RECEIVED, parse_target("0.5h")) == RECEIVED + HOUR / 2
    assert in_time_until(RECEIVED, None) == RECEIVED


def test_the_shadow_runs_from_the_earliest_receipt_whatever_is_recorded_later():
    limit = parse_target("24h")
    one = shadow([RECEIVED + 3 * HOUR, RECEIVED, RECEIVED + HOUR], limit, None)
    assert (one.starts_at, one.due_at) == (RECEIVED, RECEIVED + 24 * HOUR)
    assert not one.late(RECEIVED + 24 * HOUR)
    assert one.late(RECEIVED + 25 * HOUR)
    assert not shadow([RECEIVED], limit, RECEIVED + 2 * HOUR).late(RECEIVED + 90 * HOUR)
    assert shadow([RECEIVED], limit, RECEIVED + 25 * HOUR).late(RECEIVED + 90 * HOUR)
