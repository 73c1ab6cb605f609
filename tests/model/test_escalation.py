"""An escalation that begins on Monday 2/3/2026 at 09:00, with an hour for each rung."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from crisis.model.errors import BadInput
from crisis.model.escalation import (
    ActionKind,
    ChainState,
    ChainStatus,
    acknowledged,
    advance,
    begun,
    stopped,
    touched,
)
from crisis.model.ladder import Call, Ladder, ladder_of
from crisis.model.limit import parse_target
from crisis.model.playbook import Playbook
from crisis.model.role import Rung
from crisis.model.severity import Severity

FOCAL, LEADER, CHIEF = Rung.AGENCY_FOCAL_POINT, Rung.AGENCY_LEADER, Rung.CHIEF_OF_OFFICE
EVERYBODY = {FOCAL: ["an"], LEADER: ["binh"], CHIEF: ["chi", "dung"]}
TELL, EMPTY = ActionKind.TELL, ActionKind.SKIP_EMPTY
HOUR = timedelta(hours=1)


def a_ladder(*, wait="1h", repeat=0, stop_after="240h"):
    return Ladder(
        calls=tuple(Call(role=role, wait=parse_target(wait)) for role in (FOCAL, LEADER, CHIEF)),
        repeat=repeat,
        remind_after=parse_target("3h"),
        lapse_after=parse_target("1h"),
        stop_after=parse_target(stop_after),
    )


@pytest.fixture
def start(hanoi):
    return hanoi("Mon 2026-03-02 09:00")


@pytest.fixture
def walk(office):
    """Follow the stored instants to the end; returns (hours since the start, action) pairs."""

    def walked(ladder, state, resolve):
        seen = []
        while state.next_at is not None:
            now = state.next_at
            outcome = advance(ladder, state, now, resolve=resolve, calendar=office)
            seen += [((now - state.started_at) / HOUR, action) for action in outcome.actions]
            state = outcome.state
        return seen, state

    return walked


def told(seen):
    return [(at, action.role) for at, action in seen if action.kind is TELL]


def kinds(outcome):
    return [action.kind for action in outcome.actions]


def test_rungs_are_told_one_after_another_and_then_it_is_over(walk, start):
    seen, state = walk(a_ladder(), begun(start), EVERYBODY)
    assert told(seen) == [(0, FOCAL), (1, LEADER), (2, CHIEF)]
    assert (seen[-1][0], seen[-1][1].kind) == (3, ActionKind.EXHAUST)
    assert state.status is ChainStatus.EXHAUSTED


def test_the_ladder_repeats_as_often_as_it_says(walk, start):
    seen, _ = walk(a_ladder(repeat=2), begun(start), EVERYBODY)
    assert [at for at, role in told(seen) if role is FOCAL] == [0, 3, 6]
    assert {action.loop for _, action in seen} == {0, 1, 2}


def test_everybody_of_a_rung_is_told(walk, start):
    seen, _ = walk(a_ladder(), begun(start), EVERYBODY)
    assert [action.recipients for _, action in seen if action.role is CHIEF] == [("chi", "dung")]


def test_waits_in_working_hours_do_not_run_at_night(walk, hanoi, office):
    begin = hanoi("Fri 2026-03-06 15:30")
    outcome = advance(a_ladder(wait="4wh"), begun(begin), begin, resolve=EVERYBODY, calendar=office)
    assert outcome.state.next_at == hanoi("Mon 2026-03-09 09:30")


def test_nothing_happens_before_the_stored_instant(start, office):
    state = begun(start)
    early = advance(a_ladder(), state, start - HOUR, resolve=EVERYBODY, calendar=office)
    assert early.actions == ()
    assert early.state == state


def test_a_watchman_who_was_away_tells_one_rung_and_waits(start, office):
    late = start + 9 * HOUR
    outcome = advance(a_ladder(), begun(start), late, resolve=EVERYBODY, calendar=office)
    assert kinds(outcome) == [TELL]
    assert outcome.state.next_at == late + HOUR


def test_an_empty_rung_is_skipped_at_once_and_recorded(walk, start):
    seen, _ = walk(a_ladder(), begun(start), EVERYBODY | {LEADER: []})
    assert told(seen) == [(0, FOCAL), (1, CHIEF)]
    assert [(at, a.role) for at, a in seen if a.kind is EMPTY] == [(1, LEADER)]


def test_an_empty_last_rung_never_spins_the_ladder(walk, start):
    seen, _ = walk(a_ladder(repeat=1), begun(start), {FOCAL: ["an"], LEADER: ["binh"]})
    assert told(seen) == [(0, FOCAL), (1, LEADER), (3, FOCAL), (4, LEADER)]
    assert [at for at, action in seen if action.kind is EMPTY] == [2, 5]


def test_a_ladder_that_reaches_nobody_says_so_each_time_and_ends(walk, start):
    seen, state = walk(a_ladder(repeat=1), begun(start), {})
    alarms = [at for at, action in seen if action.kind is ActionKind.NOBODY_REACHED]
    assert alarms == [0, 1]
    assert told(seen) == []
    assert state.status is ChainStatus.EXHAUSTED


def test_whoever_is_there_in_the_second_round_is_told(start, office):
    ladder = a_ladder(repeat=1)
    first = advance(ladder, begun(start), start, resolve={}, calendar=office).state
    second = advance(ladder, first, start + HOUR, resolve=EVERYBODY, calendar=office)
    assert [action.role for action in second.actions] == [FOCAL]


def test_an_acknowledgement_stops_the_ladder_but_lapses_without_progress(start, office, walk):
    ladder = a_ladder()
    state = advance(ladder, begun(start), start, resolve=EVERYBODY, calendar=office).state
    taken = acknowledged(ladder, state, start + HOUR, calendar=office)
    assert taken.status is ChainStatus.ACKNOWLEDGED
    seen, _ = walk(ladder, taken, EVERYBODY)
    assert [(at, a.kind) for at, a in seen[:2]] == [
        (4, ActionKind.REMIND_ACKNOWLEDGER),  # T1, three hours after the acknowledgement
        (5, ActionKind.LAPSE),  # T2, one hour after the reminder
    ]
    delay = ladder.restart_delay / HOUR
    assert told(seen) == [(5 + delay, FOCAL), (6 + delay, LEADER), (7 + delay, CHIEF)]


def test_a_lapse_is_counted_and_keeps_the_beginning_of_the_chain(start, office):
    ladder = a_ladder()
    reminded = replace(
        acknowledged(ladder, begun(start), start, calendar=office), reminded_at=start
    )
    lapsed = advance(ladder, reminded, start + 4 * HOUR, resolve=EVERYBODY, calendar=office).state
    assert (lapsed.lapses, lapsed.started_at, lapsed.status) == (1, start, ChainStatus.RUNNING)
    assert lapsed.acknowledged_at is None


def test_real_activity_begins_the_wait_anew(start, office):
    ladder = a_ladder()
    running = advance(ladder, begun(start), start, resolve=EVERYBODY, calendar=office).state
    at = start + HOUR / 2
    assert touched(ladder, running, at, calendar=office).next_at == at + HOUR
    assert touched(ladder, begun(start), at, calendar=office).next_at == at + HOUR
    taken = acknowledged(ladder, running, start, calendar=office)
    reminded = advance(ladder, taken, start + 3 * HOUR, resolve=EVERYBODY, calendar=office).state
    active = touched(ladder, reminded, start + 3.5 * HOUR, calendar=office)
    assert active.next_at == start + 6.5 * HOUR
    again = advance(ladder, active, active.next_at, resolve=EVERYBODY, calendar=office)
    assert kinds(again) == [ActionKind.REMIND_ACKNOWLEDGER]


def test_what_is_settled_stays_settled(start, office):
    ladder, state = a_ladder(), stopped(begun(start))
    assert touched(ladder, state, start, calendar=office) == state
    assert acknowledged(ladder, state, start, calendar=office) == state
    assert advance(ladder, state, start, resolve=EVERYBODY, calendar=office).actions == ()


def test_a_settled_chain_with_a_forgotten_instant_does_nothing(start, office):
    state = replace(stopped(begun(start)), next_at=start)
    assert advance(a_ladder(), state, start, resolve=EVERYBODY, calendar=office).actions == ()


def test_nothing_is_sent_after_the_hard_limit(start, office, walk):
    seen, state = walk(a_ladder(repeat=5, stop_after="4h"), begun(start), EVERYBODY)
    assert [at for at, _ in told(seen)] == [0, 1, 2, 3, 4]
    assert (seen[-1][0], seen[-1][1].kind) == (5, ActionKind.HARD_STOP)
    assert state.status is ChainStatus.EXHAUSTED


@pytest.mark.parametrize("repeat", [-1, 6])
def test_a_ladder_repeats_at_most_five_times(repeat):
    with pytest.raises(BadInput):
        a_ladder(repeat=repeat)


def test_a_ladder_has_at_least_one_rung():
    with pytest.raises(BadInput):
        replace(a_ladder(), calls=())


def test_the_ladder_of_the_playbook_of_the_house():
    file = Path(__file__).parents[2] / "playbooks" / "press-report.yaml"
    playbook = Playbook.model_validate(yaml.safe_load(file.read_text(encoding="utf8")))
    ladder = ladder_of(playbook, Severity.S2)
    assert [call.role for call in ladder.calls] == list(Rung)
    assert {str(call.wait) for call in ladder.calls} == {"4wh"}
    assert (str(ladder.remind_after), str(ladder.lapse_after)) == ("8wh", "4wh")


def test_a_chain_and_its_ladder_are_stored_as_json_and_come_back_equal(start):
    for kind, value in ((Ladder, a_ladder()), (ChainState, begun(start))):
        stored = TypeAdapter(kind).dump_python(value, mode="json")
        assert TypeAdapter(kind).validate_python(stored) == value
