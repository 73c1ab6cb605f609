"""How alike two items are: the same text, the same story, or neither."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crisis.watch.fingerprint import Fingerprint, Kept, Sense
from crisis.watch.window import Entry

_BESIDE_NAMES = 6
_NAMES_ALONE = 0.5
_TOLD_ALIKE = 1.1
_OTHER_TONE = 0.65
_OTHER_TOPIC = 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """Shares between 0 and 1: `text` for the wording, `story` for the event told."""

    text: float
    story: float


def likeness(ours: Fingerprint, told: Mapping[int, float], theirs: Entry) -> Likeness:
    """Compare an item, whose features tell as much as `told` says, with an entry of the window."""
    norm = sum(told.values())
    same = [feature for feature in theirs.mark.features if feature in told]
    shared = sum([told[feature] for feature in same])
    if not shared or not norm or not theirs.norm:
        return Likeness(text=0.0, story=0.0)
    cosine = min(1.0, shared / (norm * theirs.norm) ** 0.5)
    within = min(1.0, shared / min(norm, theirs.norm))
    names = [name for name in theirs.mark.names if name in ours.names]
    agree = _agreement(ours, theirs.mark, len(names))
    if _only_names(ours, same, names):
        agree *= _NAMES_ALONE
    return Likeness(text=cosine * min(1.0, agree), story=(0.6 * cosine + 0.4 * within) * agree)


def _only_names(ours: Fingerprint, same: Iterable[int], names: Iterable[int]) -> bool:
    """Whether little more than names is shared: two events of one place are not one story."""
    told = {word for name in names for word in ours.names[name].split()}
    more = 0
    for feature in same:
        more += not told.issuperset(ours.features[feature].split())
        if more == _BESIDE_NAMES:
            return False
    return True


def _agreement(ours: Fingerprint, theirs: Kept, names: int) -> float:
    """Above 1 when names and numbers agree, below when both have them and none agrees."""
    factor = _names_agree(len(ours.names), len(theirs.names), names)
    if ours.numbers and theirs.numbers:
        factor *= 1.1 if ours.numbers & theirs.numbers else 0.7
    if ours.dates and theirs.dates:
        factor *= 1.1 if ours.dates & theirs.dates else 0.7
    return factor * _senses_agree(ours.sense, theirs.sense)


def _senses_agree(ours: Sense, theirs: Sense) -> float:
    """Good news and bad news of one body or place are two stories; so are two topics."""
    factor = _TOLD_ALIKE if _told_alike(ours, theirs) else 1.0
    if ours.tone and theirs.tone and ours.tone != theirs.tone:
        factor *= _OTHER_TONE
    if ours.topics and theirs.topics and not set(ours.topics) & set(theirs.topics):
        factor *= _OTHER_TOPIC
    return factor


def _told_alike(ours: Sense, theirs: Sense) -> bool:
    """Whether both are bad news, or both good, of one topic."""
    told = ours.tone == theirs.tone != "neu"
    return bool(ours.tone) and told and bool(set(ours.topics) & set(theirs.topics))


def _names_agree(ours: int, theirs: int, same: int) -> float:
    if not ours or not theirs:
        return 0.9
    if same:
        return 1.0 + min(0.4, 0.4 * same / min(ours, theirs))
    return 0.4 if ours > 1 and theirs > 1 else 0.6
