"""Logistic regression over masked words, small enough to need no library: the same labels give the
same weights.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crisis.watch.word_weight import Learned

_ROUNDS = 15
_STEP = 1.0
_CALMER = 0.1
_BIAS_STEP = 0.1
_LEAST = 0.0005


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One labelled item: its features, whether it should alert, and the score it has without what
    is learned.
    """

    told: frozenset[str]
    wanted: bool
    start: float = 0.0


def learn(
    examples: Sequence[Example], *, seen_in: int = 2, ridge: float = 3.0, rounds: int = _ROUNDS
) -> Learned:
    """Weights for the features that stand in `seen_in` examples or more; both sides weigh the
    same; `ridge` holds the weights small.
    """
    counted = Counter(feature for one in examples for feature in one.told)
    known = {feature for feature, count in counted.items() if count >= seen_in}
    rows = [_Row(one, known) for one in examples]
    sides = Counter(row.wanted for row in rows)
    if len(sides) < 2:
        return Learned()
    worth = {side: len(rows) / (2 * count) for side, count in sides.items()}
    weights: dict[str, float] = dict.fromkeys(sorted(known), 0.0)
    bias = 0.0
    pull = ridge / len(rows)
    for turn in range(rounds):
        step = _STEP / (1 + turn * _CALMER)
        for row in rows if turn % 2 else reversed(rows):
            wrong = worth[row.wanted] * (row.chance(weights, bias) - row.wanted)
            bias -= step * wrong * _BIAS_STEP
            push = wrong * row.unit
            for feature in row.told:
                weights[feature] -= step * (push + pull * weights[feature])
    kept = {f: round(w, 3) for f, w in weights.items() if abs(w) > _LEAST}
    return Learned(bias=round(bias, 3), weights=kept)


class _Row:
    __slots__ = ("start", "told", "unit", "wanted")

    def __init__(self, one: Example, known: set[str]) -> None:
        self.told = sorted(one.told & known)
        self.unit = 1 / math.sqrt(len(self.told)) if self.told else 0.0
        self.wanted, self.start = one.wanted, one.start

    def chance(self, weights: dict[str, float], bias: float) -> float:
        raw = self.start + bias + self.unit * sum(weights[f] for f in self.told)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, raw))))
