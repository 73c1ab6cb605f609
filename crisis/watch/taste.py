"""Where an office's taste differs from the shipped judge: a few words and cues that explain most of
the disagreement, so that a couple of hundred labels suffice.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from crisis.watch.learning import Example
from crisis.watch.telling import TITLE_MARK
from crisis.watch.word_weight import Learned

_STEEPNESS = 1.2
_LEAST_SEEN = 4
_FEWEST, _PER = 6, 15
_ROUNDS, _STEP, _CALMER = 60, 0.1, 0.1
_BIAS_STEP, _RIDGE = 0.3, 0.1


@dataclass(slots=True)
class _Trace:
    """How often a feature stood, how far the judge was off then, and how far chance explains."""

    seen: int = 0
    off: float = 0.0
    spread: float = 0.0

    @property
    def telling(self) -> float:
        return abs(self.off) / math.sqrt(self.spread + 1)


def learn_taste(examples: Sequence[Example]) -> Learned:
    """Weights for the single words and cues beside which the judge is most often wrong one way."""
    rows = [(_single(one.told), one) for one in examples]
    traces = _traces(rows)
    most = max(_FEWEST, len(rows) // _PER)
    chosen = sorted(
        (f for f, trace in traces.items() if trace.seen >= _LEAST_SEEN),
        key=lambda f: (-traces[f].telling, f),
    )[:most]
    return _fit(rows, {feature: traces[feature].seen for feature in chosen})


def _single(told: frozenset[str]) -> frozenset[str]:
    return frozenset(f for f in told if " " not in f and not f.startswith(TITLE_MARK))


def _traces(rows: Sequence[tuple[frozenset[str], Example]]) -> dict[str, _Trace]:
    traces: dict[str, _Trace] = defaultdict(_Trace)
    for told, one in rows:
        chance = _chance(_STEEPNESS * one.start)
        for feature in told:
            trace = traces[feature]
            trace.seen += 1
            trace.off += one.wanted - chance
            trace.spread += chance * (1 - chance)
    return traces


def _fit(rows: Sequence[tuple[frozenset[str], Example]], seen: dict[str, int]) -> Learned:
    weights = dict.fromkeys(sorted(seen), 0.0)
    mine = [(sorted(told & seen.keys()), _STEEPNESS * one.start, one.wanted) for told, one in rows]
    bias = 0.0
    for turn in range(_ROUNDS):
        step = _STEP / (1 + turn * _CALMER)
        for told, start, wanted in mine:
            wrong = _chance(start + bias + sum(weights[f] for f in told)) - wanted
            bias -= step * _BIAS_STEP * wrong
            for feature in told:
                weights[feature] -= step * (wrong + _RIDGE * weights[feature] / seen[feature])
    return Learned(
        bias=round(bias / _STEEPNESS, 3),
        weights={f: round(w / _STEEPNESS, 3) for f, w in weights.items()},
        plain=True,
    )


def _chance(raw: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, raw))))
