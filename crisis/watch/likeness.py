"""How alike two items are: the same text, the same story, or neither."""

from dataclasses import dataclass

from crisis.watch.fingerprint import Fingerprint
from crisis.watch.window import Entry

_BESIDE_NAMES = 6
_NAMES_ALONE = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """Shares between 0 and 1: `text` for the wording, `story` for the event told."""

    text: float
    story: float


def likeness(ours: Fingerprint, told: dict[str, float], theirs: Entry) -> Likeness:
    """Compare an item, whose features tell as much as `told` says, with an entry of the window."""
    norm = sum(told.values())
    same = ours.features & theirs.mark.features
    shared = sum(map(told.__getitem__, same))
    if not shared or not norm or not theirs.norm:
        return Likeness(text=0.0, story=0.0)
    cosine = min(1.0, shared / (norm * theirs.norm) ** 0.5)
    within = min(1.0, shared / min(norm, theirs.norm))
    agree = _agreement(ours, theirs.mark)
    if _only_names(same, ours.names & theirs.mark.names):
        agree *= _NAMES_ALONE
    return Likeness(text=cosine * min(1.0, agree), story=(0.6 * cosine + 0.4 * within) * agree)


def _only_names(same: frozenset[str], names: frozenset[str]) -> bool:
    """Whether little more than names is shared: two events of one place are not one story."""
    told = {word for name in names for word in name.split()}
    return sum(not told.issuperset(feature.split()) for feature in same) < _BESIDE_NAMES


def _agreement(ours: Fingerprint, theirs: Fingerprint) -> float:
    """Above 1 when names and numbers agree, below when both have them and none agrees."""
    factor = _names_agree(ours.names, theirs.names)
    if ours.numbers and theirs.numbers:
        factor *= 1.1 if ours.numbers & theirs.numbers else 0.7
    if ours.dates and theirs.dates:
        factor *= 1.1 if ours.dates & theirs.dates else 0.7
    return factor


def _names_agree(ours: frozenset[str], theirs: frozenset[str]) -> float:
    if not ours or not theirs:
        return 0.9
    same = len(ours & theirs)
    if same:
        return 1.0 + min(0.4, 0.4 * same / min(len(ours), len(theirs)))
    return 0.4 if len(ours) > 1 and len(theirs) > 1 else 0.6
