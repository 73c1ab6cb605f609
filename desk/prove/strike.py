"""Strikes: which part is killed where, and where every incident stood at that moment."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crisis.model.incident import Stage
from desk.prove.kill_point import Point

ALL = "all"
STAGES = (
    *(Stage.CANDIDATE, Stage.OPEN, Stage.VERIFYING, Stage.DRAFTING),
    *(Stage.APPROVING, Stage.PUBLISHING, Stage.PUBLISHED, Stage.CLOSED),
)

FLEETING = frozenset({Stage.CANDIDATE, Stage.OPEN, Stage.DRAFTING, Stage.PUBLISHED})
"""Stages that an incident leaves within seconds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """A part and the point at which it is to die."""

    part: str
    point: Point

    def __str__(self) -> str:
        return f"{self.part} {self.point.value}"


AIMS = (
    *(
        Aim(part="worker", point=point)
        for point in Point
        if point.value.split(".")[0] in {"commit", "lease", "smtp", "outlet"}
    ),
    *(Aim(part="desk", point=point) for point in (Point.BEFORE_COMMIT, Point.AFTER_COMMIT)),
    *(Aim(part="dispatcher", point=point) for point in (Point.BEFORE_COMMIT, Point.AFTER_COMMIT)),
    *(Aim(part="dispatcher", point=point) for point in (Point.BEFORE_RUN, Point.AFTER_RUN)),
    *(Aim(part="mailbox", point=point) for point in (Point.BEFORE_KEEPING, Point.AFTER_KEEPING)),
    *(
        Aim(part=part, point=Point.ANY_TIME)
        for part in ("worker", "desk", "dispatcher", "mailbox", "prefect", ALL)
    ),
)
"""Every way to die: the rows of the table."""

ENOUGH = 4 * len(AIMS)
"""Kills from which every cell of the table has to be filled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Struck:
    """A kill that happened: `own` is the incident being acted on, `stages` where all stood."""

    aim: Aim
    own: str
    stages: Mapping[str, str]
    everything: bool


HANDS = (
    tuple(aim for aim in AIMS if aim.part == "worker"),
    tuple(aim for aim in AIMS if aim.part != "worker"),
)
"""Two hands strike side by side: one waits at a rare point of the worker, one hits the others."""


def aims(chance: random.Random, hand: Sequence[Aim]) -> Iterator[Aim]:
    """Every aim of a hand once in a drawn order, again and again."""
    while True:
        deck = list(hand)
        chance.shuffle(deck)
        yield from deck


class Table:
    """Stages × kill points: how many incidents stood where when a part died where."""

    def __init__(self, strikes: list[Struck]) -> None:
        self.strikes = strikes

    def cell(self, aim: Aim, stage: Stage) -> int:
        """How many incidents stood at `stage` in all kills of `aim`."""
        of_aim = (one for one in self.strikes if one.aim == aim)
        return sum(sum(at == stage.value for at in one.stages.values()) for one in of_aim)

    def missing(self, aim: Aim) -> frozenset[Stage]:
        """The stages at which no incident stood in any kill of `aim`."""
        return frozenset(stage for stage in STAGES if self.cell(aim, stage) == 0)

    def kills(self, aim: Aim) -> int:
        """How often it struck."""
        return sum(one.aim == aim for one in self.strikes)

    def own(self, aim: Aim) -> int:
        """In how many of them an incident was being acted on at that very point."""
        return sum(one.aim == aim and bool(one.own) for one in self.strikes)

    def empty(self) -> list[str]:
        """The cells that no kill has filled."""
        return [f"{aim} × {stage.value}" for aim in AIMS for stage in sorted(self.missing(aim))]

    def rows(self) -> list[list[str]]:
        """Every row with its name, kills, kills in the act, and the stages."""
        return [
            [
                str(aim),
                str(self.kills(aim)),
                str(self.own(aim)),
                *(str(self.cell(aim, stage)) for stage in STAGES),
            ]
            for aim in AIMS
        ]
