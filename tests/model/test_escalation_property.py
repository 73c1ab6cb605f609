"""Whatever the ladder, the people and the interruptions: an escalation ends."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crisis.model.calendar import Calendar
from crisis.model.escalation import OVER, ActionKind, acknowledged, advance, begun, touched
from crisis.model.ladder import MOST_REPEATS, Call, Ladder
from crisis.model.limit import Limit, Unit
from crisis.model.role import Rung

OFFICE = Calendar(first_year=2026, last_year=2030)
START = datetime(2026, 3, 2, 2, tzinfo=UTC)

waits = st.builds(
    Limit,
    value=st.integers(min_value=0, max_value=40).map(lambda n: n / 4),
    unit=st.sampled_from([Unit.HOUR, Unit.WORKING_HOUR]),
)
ladders = st.builds(
    Ladder,
    calls=st.lists(
        st.builds(Call, role=st.sampled_from(Rung), wait=waits), min_size=1, max_size=5
    ).map(tuple),
    repeat=st.integers(min_value=0, max_value=MOST_REPEATS),
    remind_after=waits,
    lapse_after=waits,
    stop_after=st.builds(
        Limit, value=st.integers(min_value=0, max_value=400), unit=st.just(Unit.HOUR)
    ),
)
people = st.dictionaries(
    st.sampled_from(Rung), st.lists(st.sampled_from(["an", "binh"]), max_size=2, unique=True)
)
delays = st.lists(st.integers(min_value=0, max_value=600), max_size=60)
interruptions = st.lists(st.sampled_from([None, None, acknowledged, touched]), max_size=6)


@given(ladders, people, delays, interruptions)
def test_an_escalation_always_ends(ladder, resolve, delays, interruptions):
    state, waiting, told = begun(START), list(delays), 0
    bound = (len(ladder.calls) + 3) * (MOST_REPEATS + 2) * (len(interruptions) + 1)
    for turn in range(bound):
        if state.next_at is None:
            break
        now = state.next_at + timedelta(minutes=waiting.pop() if waiting else 0)
        outcome = advance(ladder, state, now, resolve=resolve, calendar=OFFICE)
        assert outcome.actions, "an instant that was stored has something to do"
        state = outcome.state
        told += sum(action.kind is ActionKind.TELL for action in outcome.actions)
        change = interruptions[turn] if turn < len(interruptions) else None
        if change is not None and state.status not in OVER:
            state = change(ladder, state, now, calendar=OFFICE)
    assert state.status in OVER
    assert state.next_at is None
    assert told <= len(ladder.calls) * (ladder.repeat + 1) * (len(interruptions) + 1)


@given(ladders, people)
def test_only_people_who_are_there_are_told_and_every_empty_rung_is_recorded(ladder, resolve):
    state = begun(START)
    while state.next_at is not None:
        outcome = advance(ladder, state, state.next_at, resolve=resolve, calendar=OFFICE)
        for action in outcome.actions:
            assert bool(action.recipients) == (action.kind is ActionKind.TELL)
            if action.kind is ActionKind.SKIP_EMPTY:
                assert not resolve.get(action.role)
        state = outcome.state
