"""The rungs of an escalation: who is told one after another, and how long each has."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.model.errors import BadInput
from crisis.model.limit import Limit, Target, Unit
from crisis.model.playbook import Playbook
from crisis.model.role import Rung
from crisis.model.severity import Severity
from crisis.model.words import words

MOST_REPEATS = 5

TEN_DAYS = Limit(value=240, unit=Unit.HOUR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One rung: who is told, and how long before the next one is."""

    role: Rung
    wait: Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """Rungs from the lowest to the highest, walked `repeat` more times while nobody reacts.

    An acknowledgement without progress is reminded of after `remind_after` (T1) and lapses
    `lapse_after` (T2) later; the ladder then starts from the top of the list again after
    `restart_delay`. Nothing is sent once `stop_after` has passed since the beginning.
    """

    calls: tuple[Call, ...]
    repeat: int
    remind_after: Target
    lapse_after: Target
    stop_after: Target = TEN_DAYS
    restart_delay: timedelta = timedelta(seconds=10)

    def __post_init__(self) -> None:
        if not self.calls or not 0 <= self.repeat <= MOST_REPEATS:
            raise BadInput(
                words(
                    f"Thang báo cáo cần ít nhất một bậc và lặp lại từ 0 đến {MOST_REPEATS} lần.",
                    f"A ladder needs at least one rung and 0 to {MOST_REPEATS} repeats.",
                ),
                field="escalation",
            )


def ladder_of(playbook: Playbook, severity: Severity) -> Ladder:
    """The ladder of `playbook` for an incident of `severity`."""
    remind_after, lapse_after = playbook.progress_limits(severity)
    return Ladder(
        calls=tuple(
            Call(role=step.role, wait=playbook.ladder_wait(severity, place))
            for place, step in enumerate(playbook.ladder())
        ),
        repeat=playbook.escalation.repeat,
        remind_after=remind_after,
        lapse_after=lapse_after,
    )
