"""How alike two items are: the same text, the same story, or neither.

That two items tell one story is a sum of what speaks for it and against it; the weights are round
numbers near those of a regression over the invented stories, each left out in turn.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crisis.watch.fingerprint import Figures, Fingerprint, KeptFigures, Sense
from crisis.watch.happening import Happenings
from crisis.watch.where import KeptNames, Names
from crisis.watch.window import Entry

COPY_LINE = 0.6
_START = -2.6
_WORDING = 1.5
_USUAL_WORDING, _USUAL_TITLE = 0.2, 0.3
_BESIDE_NAMES, _NAMES_ALONE = 6, -1.0
_LOCAL, _OTHER_NAMES = 2.5, -1.2
_COMMUNE, _OTHER_COMMUNE = 0.8, -1.5
_OTHER_SITE = -2.5
_PROVINCE_ALONE, _OTHER_PROVINCE = 0.5, -1.5
_NUMBER, _MOST_NUMBERS, _OTHER_NUMBERS = 4 / 3, 3.0, -0.4
_DATE, _OTHER_DATE = 0.5, -0.8
_KINDS, _OTHER_KINDS, _OPPOSED = 0.8, -0.8, -8.0
_TOPIC, _OTHER_TOPIC = 0.8, -1.2
_OTHER_TONE, _OPPOSED_TONE = -1.0, -2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """Between 0 and 1: `text` the share of common wording, `story` the chance that both tell one
    event; `copy`: the same text but for some words, and none of its facts changed.
    """

    text: float
    story: float
    copy: bool = False


UNLIKE = Likeness(text=0.0, story=0.0)


def likeness(
    ours: Fingerprint, told: Mapping[int, float], theirs: Entry, happenings: Happenings
) -> Likeness:
    """Compare an item, whose features tell as much as `told` says, with an entry of the window."""
    norm = sum(told.values())
    same = [feature for feature in theirs.mark.features if feature in told]
    shared = sum([told[feature] for feature in same])
    if not shared or not norm or not theirs.norm:
        return UNLIKE
    mark = theirs.mark
    cosine = min(1.0, shared / (norm * theirs.norm) ** 0.5)
    within = min(1.0, shared / min(norm, theirs.norm))
    opposed = happenings.opposed(ours.kinds, mark.kinds)
    story = (
        _wording(0.6 * cosine + 0.4 * within, _title_told(ours, told, theirs, set(same)))
        + (_NAMES_ALONE if _only_names(ours, same) else 0.0)
        + _names_agree(ours.names, told, theirs)
        + _figures_agree(ours.figures, mark.figures)
        + _kinds_agree(ours.kinds, mark.kinds)
        + _senses_agree(ours.sense, mark.sense)
        + opposed * _OPPOSED
    )
    changed = opposed or ours.denies != mark.denies or _changed(ours, theirs)
    return Likeness(
        text=cosine,
        story=1 / (1 + math.exp(-story)),
        copy=cosine >= COPY_LINE and not changed,
    )


def _wording(text: float, title: float) -> float:
    """What the words say; the title tells the event, so that much of it should be told again."""
    return _START + _WORDING * (
        math.log(max(text, 0.02) / _USUAL_WORDING) + math.log((title + 0.1) / _USUAL_TITLE)
    )


def _title_told(
    ours: Fingerprint, told: Mapping[int, float], theirs: Entry, same: set[int]
) -> float:
    """The share of one's title that stands in the other, of either the larger."""
    mine, all_mine = 0.0, 0.0
    for feature in ours.title:
        all_mine += told[feature]
        mine += told[feature] if feature in same else 0.0
    yours = sum([told[feature] for feature in theirs.mark.title if feature in told])
    return max(
        mine / all_mine if all_mine else 0.0,
        min(1.0, yours / theirs.title_norm) if theirs.title_norm else 0.0,
    )


def _only_names(ours: Fingerprint, same: Iterable[int]) -> bool:
    """Whether little more than names is shared: two events of one place are not one story."""
    more = 0
    for feature in same:
        more += not ours.names.syllables.issuperset(ours.features[feature].split())
        if more == _BESIDE_NAMES:
            return False
    return True


def _names_agree(ours: Names, told: Mapping[int, float], theirs: Entry) -> float:
    names = theirs.mark.names
    shared = [name for name in names.local if name in ours.local]
    mine = sum([told.get(hash(name), 0.0) for name in ours.local])
    least = min(mine, theirs.names_norm)
    agree = 0.0
    if shared and least:
        agree += _LOCAL * min(1.0, sum([told.get(hash(name), 0.0) for name in shared]) / least)
    elif least:
        agree += _OTHER_NAMES
    agree += _OTHER_SITE if _other_site(ours, names) else 0.0
    return agree + _communes_agree(ours, names) + _provinces_agree(ours, names, bool(shared))


def _other_site(ours: Names, theirs: KeptNames) -> bool:
    """Whether both tell of a market, a bridge, a school …, but of differently named ones."""
    if not ours.sites.isdisjoint(theirs.sites):
        return False
    nouns = {site.partition(" ")[0] for site in ours.sites}
    return any(
        noun in nouns and name not in ours.local
        for noun, _, name in (site.partition(" ") for site in theirs.sites)
    )


def _communes_agree(ours: Names, theirs: KeptNames) -> float:
    if not (ours.communes.isdisjoint(theirs.local) and ours.local.isdisjoint(theirs.communes)):
        return _COMMUNE
    return _OTHER_COMMUNE if ours.communes and theirs.communes else 0.0


def _provinces_agree(ours: Names, theirs: KeptNames, known: bool) -> float:
    if not ours.provinces or not theirs.provinces:
        return 0.0
    if ours.provinces.isdisjoint(theirs.provinces):
        return _OTHER_PROVINCE
    return 0.0 if known else _PROVINCE_ALONE


def _figures_agree(ours: Figures, theirs: KeptFigures) -> float:
    """Small numbers tell half of what large ones tell."""
    same = [number for number in theirs.numbers if number in ours.numbers]
    agree = _NUMBER * min(_MOST_NUMBERS, sum([0.5 if len(one) == 1 else 1.0 for one in same]))
    if not same and ours.numbers and theirs.numbers:
        agree += _OTHER_NUMBERS
    if ours.dates and theirs.dates:
        agree += _OTHER_DATE if ours.dates.isdisjoint(theirs.dates) else _DATE
    return agree


def _kinds_agree(ours: frozenset[str], theirs: tuple[str, ...]) -> float:
    if not ours or not theirs:
        return 0.0
    same = len(ours.intersection(theirs))
    return _KINDS * same / math.sqrt(len(ours) * len(theirs)) if same else _OTHER_KINDS


def _senses_agree(ours: Sense, theirs: Sense) -> float:
    """Good news and bad news of one body or place are two stories; so are two topics."""
    agree = 0.0
    if ours.topics and theirs.topics:
        agree += _OTHER_TOPIC if set(ours.topics).isdisjoint(theirs.topics) else _TOPIC
    if ours.tone and theirs.tone and ours.tone != theirs.tone:
        agree += _OTHER_TONE if "neu" in (ours.tone, theirs.tone) else _OPPOSED_TONE
    return agree


def _changed(ours: Fingerprint, theirs: Entry) -> bool:
    """Whether each has a figure, a date, a commune or a province that the other has not."""
    figures, names = theirs.mark.figures, theirs.mark.names
    return (
        _apart(ours.figures.numbers, figures.numbers, ours.figures.spelled, figures.spelled)
        or _apart(ours.figures.dates, figures.dates)
        or _apart(ours.names.communes, names.communes, ours.names.local, names.local)
        or _apart(ours.names.provinces, names.provinces)
    )


def _apart(
    ours: frozenset[str],
    theirs: tuple[str, ...],
    also_ours: Iterable[str] = (),
    also_theirs: Iterable[str] = (),
) -> bool:
    """Whether each has something that the other has not, not even among what it also tells."""
    only_theirs = set(theirs).difference(ours, also_ours)
    return bool(only_theirs) and bool(ours.difference(theirs, also_theirs))
