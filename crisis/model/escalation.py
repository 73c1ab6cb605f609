"""An escalation that is running: what to do at an instant, and when to look again.

running       ─ wait over ─▶ the next rung is told; an empty rung is skipped at once and recorded
running       ─ acknowledged ─▶ acknowledged ─ T1 ─▶ reminded ─ T2 ─▶ lapsed: running from the start
any activity  begins the present wait anew
exhausted     every rung was told as often as the ladder says, or its hard limit has passed
stopped       the matter is settled
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from crisis.model.calendar import Calendar
from crisis.model.deadline import due_at
from crisis.model.ladder import Ladder
from crisis.model.role import Rung


class ChainStatus(StrEnum):
    """Where an escalation stands."""

    RUNNING = "running"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    STOPPED = "stopped"


class ActionKind(StrEnum):
    """What an escalation does, or records that it did not do."""

    TELL = "tell"
    SKIP_EMPTY = "skip_empty"
    NOBODY_REACHED = "nobody_reached"
    REMIND_ACKNOWLEDGER = "remind_acknowledger"
    LAPSE = "lapse"
    EXHAUST = "exhaust"
    HARD_STOP = "hard_stop"


OVER = frozenset({ChainStatus.EXHAUSTED, ChainStatus.STOPPED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing done or deliberately not done; `recipients` is empty unless somebody is told."""

    kind: ActionKind
    step: int
    loop: int
    role: Rung | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainState:
    """A running escalation. `step` is the rung to tell next, `loop` how often the ladder restarted.

    `next_at` is the stored instant at which `advance` has something to do; none once it is over.
    `told` says whether anybody was reached in this loop; `lapses` counts expired acknowledgements.
    """

    started_at: datetime
    next_at: datetime | None
    step: int = 0
    loop: int = 0
    lapses: int = 0
    told: bool = False
    last_at: datetime | None = None
    acknowledged_at: datetime | None = None
    reminded_at: datetime | None = None
    status: ChainStatus = ChainStatus.RUNNING


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What to do now, in order, and the state to store in the same transaction."""

    actions: tuple[Action, ...]
    state: ChainState


def begun(at: datetime) -> ChainState:
    """An escalation that starts at `at`: its first rung is told then."""
    return ChainState(started_at=at, next_at=at)


def acknowledged(
    ladder: Ladder, state: ChainState, at: datetime, *, calendar: Calendar
) -> ChainState:
    """The chain after somebody took the matter on at `at`: nobody else is told until it lapses."""
    if state.status is ChainStatus.STOPPED:
        return state
    return replace(
        state,
        status=ChainStatus.ACKNOWLEDGED,
        acknowledged_at=at,
        reminded_at=None,
        next_at=due_at(ladder.remind_after, at, calendar),
    )


def touched(ladder: Ladder, state: ChainState, at: datetime, *, calendar: Calendar) -> ChainState:
    """The chain after real activity at `at`: the present wait begins anew."""
    if state.status is ChainStatus.ACKNOWLEDGED:
        return replace(state, reminded_at=None, next_at=due_at(ladder.remind_after, at, calendar))
    if state.status is ChainStatus.RUNNING:
        last_told = ladder.calls[max(state.step - 1, 0)]
        return replace(state, next_at=due_at(last_told.wait, at, calendar))
    return state


def stopped(state: ChainState) -> ChainState:
    """The chain once the matter is settled."""
    return replace(state, status=ChainStatus.STOPPED, next_at=None)


def advance(
    ladder: Ladder,
    state: ChainState,
    now: datetime,
    *,
    resolve: Mapping[Rung, Sequence[str]],
    calendar: Calendar,
) -> Outcome:
    """Everything that is due at `now`; nothing where `next_at` is still ahead or the chain is over.

    Waits count from `now`, so a watchman who was away for long tells one rung, not all of them.
    `resolve` gives the recipients of each rung at this moment.
    """
    if state.next_at is None or now < state.next_at or state.status in OVER:
        return Outcome(actions=(), state=state)
    if now > due_at(ladder.stop_after, state.started_at, calendar):
        return _over(ActionKind.HARD_STOP, state)
    if state.status is ChainStatus.ACKNOWLEDGED:
        return _unconfirmed(ladder, state, now, calendar)
    return _climbed(ladder, state, now, resolve=resolve, calendar=calendar)


def _unconfirmed(ladder: Ladder, state: ChainState, now: datetime, calendar: Calendar) -> Outcome:
    if state.reminded_at is None:
        after = replace(state, reminded_at=now, next_at=due_at(ladder.lapse_after, now, calendar))
        return Outcome(actions=(_act(ActionKind.REMIND_ACKNOWLEDGER, state),), state=after)
    after = replace(
        begun(state.started_at),
        next_at=now + ladder.restart_delay,
        last_at=state.last_at,
        lapses=state.lapses + 1,
    )
    return Outcome(actions=(_act(ActionKind.LAPSE, state),), state=after)


def _climbed(
    ladder: Ladder,
    state: ChainState,
    now: datetime,
    *,
    resolve: Mapping[Rung, Sequence[str]],
    calendar: Calendar,
) -> Outcome:
    """Tell the next rung that has somebody; the end of the ladder always costs the last wait."""
    if state.step >= len(ladder.calls):  # a changed playbook may have fewer rungs
        if state.loop >= ladder.repeat:
            return _over(ActionKind.EXHAUST, state)
        state = replace(state, step=0, loop=state.loop + 1, told=False)
    actions = tuple(_calls(ladder, state, resolve))
    told = actions[-1].kind is ActionKind.TELL
    if not told and not state.told:
        actions += (_act(ActionKind.NOBODY_REACHED, replace(state, step=len(ladder.calls))),)
    last = max(action.step for action in actions if action.role is not None)
    after = replace(
        state,
        step=last + 1,
        told=told or state.told,
        last_at=now if told else state.last_at,
        next_at=due_at(ladder.calls[last].wait, now, calendar),
    )
    return Outcome(actions=actions, state=after)


def _calls(
    ladder: Ladder, state: ChainState, resolve: Mapping[Rung, Sequence[str]]
) -> Iterator[Action]:
    for step in range(state.step, len(ladder.calls)):
        role = ladder.calls[step].role
        recipients = tuple(resolve.get(role, ()))
        kind = ActionKind.TELL if recipients else ActionKind.SKIP_EMPTY
        yield Action(kind=kind, step=step, loop=state.loop, role=role, recipients=recipients)
        if recipients:
            return


def _over(kind: ActionKind, state: ChainState) -> Outcome:
    after = replace(state, status=ChainStatus.EXHAUSTED, next_at=None)
    return Outcome(actions=(_act(kind, state),), state=after)


def _act(kind: ActionKind, state: ChainState) -> Action:
    return Action(kind=kind, step=state.step, loop=state.loop)
