"""What the office's own labels teach, and when that may count: measured on labels held back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from crisis.watch.learning import Example
from crisis.watch.taste import learn_taste
from crisis.watch.word_weight import Learned

LEAST_LABELS = 60
LEAST_OF_A_SIDE = 6
"""So many labels are needed, and so many of either side among those held back."""

RECALL_MARGIN = 0.05
_HELD_OF_TEN = 3


class Said(StrEnum):
    """What a person of the office says of an item's judgement."""

    YES = "yes"
    NOT_US = "not_us"
    WRONG_TONE = "wrong_tone"


class Outcome(StrEnum):
    """What became of a lesson."""

    ON = "on"
    TOO_FEW = "too_few"
    WORSE = "worse"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """A labelled item: its features, its margin with the shipped judge, and what was said."""

    id: str
    told: frozenset[str]
    margin: float
    said: Said

    @property
    def wanted(self) -> bool:
        """Whether the office wants to hear of it."""
        return self.said is Said.YES

    @property
    def held(self) -> bool:
        """Whether it is held back: three of ten, the same whenever and wherever it is asked."""
        return sha256(self.id.encode()).digest()[0] % 10 < _HELD_OF_TEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """How a judge fares on held-back labels."""

    labels: int
    wanted: int
    alerts: int
    right: int

    @property
    def recall(self) -> float:
        """The share of the wanted that was raised."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """The share of the raised that was wanted."""
        return self.right / self.alerts if self.alerts else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.wanted + self.alerts) if self.wanted + self.alerts else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Studied:
    """A lesson's result: the model, how both fare on what was held back, and the outcome."""

    model: Learned
    trained_on: int
    shipped: Figures
    learned: Figures
    outcome: Outcome


def study(lessons: Iterable[Lesson]) -> Studied:
    """Learn from what is not held back, measure on what is, and decide.

    A model is switched on with `LEAST_LABELS` labels and `LEAST_OF_A_SIDE` of either side held
    back, when its F1 there is at least the shipped judge's and its recall at most `RECALL_MARGIN`
    lower.
    """
    every = list(lessons)
    held = [one for one in every if one.held]
    rest = [one for one in every if not one.held]
    examples = [Example(told=one.told, wanted=one.wanted, start=one.margin) for one in rest]
    model = learn_taste(examples)
    shipped = figures(held, Learned())
    learned = figures(held, model)
    return Studied(
        model=model,
        trained_on=len(rest),
        shipped=shipped,
        learned=learned,
        outcome=_outcome(len(every), shipped, learned),
    )


def figures(held: Sequence[Lesson], model: Learned) -> Figures:
    """How the shipped judge with `model` on top fares on these labels."""
    raised = [one.wanted for one in held if one.margin + model.points(one.told) >= 0]
    return Figures(
        labels=len(held),
        wanted=sum(one.wanted for one in held),
        alerts=len(raised),
        right=sum(raised),
    )


class Decider(StrEnum):
    """Which figure decided what becomes of a lesson."""

    LABELS = "labels"
    WANTED_HELD = "wanted_held"
    OTHERS_HELD = "others_held"
    F1 = "f1"
    RECALL = "recall"
    NONE = "none"


def decider(labels: int, shipped: Figures, learned: Figures) -> Decider:
    """The first figure that keeps a model from being switched on; NONE where nothing does."""
    stops = {
        Decider.LABELS: labels < LEAST_LABELS,
        Decider.WANTED_HELD: shipped.wanted < LEAST_OF_A_SIDE,
        Decider.OTHERS_HELD: shipped.labels - shipped.wanted < LEAST_OF_A_SIDE,
        Decider.RECALL: learned.recall < shipped.recall - RECALL_MARGIN,
        Decider.F1: learned.f1 < shipped.f1,
    }
    return next((one for one, stopped in stops.items() if stopped), Decider.NONE)


def _outcome(labels: int, shipped: Figures, learned: Figures) -> Outcome:
    found = decider(labels, shipped, learned)
    if found is Decider.NONE:
        return Outcome.ON
    return Outcome.WORSE if found in {Decider.F1, Decider.RECALL} else Outcome.TOO_FEW
