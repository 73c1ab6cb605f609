"""The points of an item: what its cues and words say of a local body, the place, the tone."""

from collections.abc import Iterable
from dataclasses import dataclass

from crisis.watch.judgement import Sentiment
from crisis.watch.reading import Reading
from crisis.watch.weighing import Share
from crisis.watch.word_weight import Said

BODY_LINE = 1.2
PLACE_LINE = 1.2
# What the words at large may add to the cues' points or take from them, and when they alone suffice
# although nothing local is named.
_WORDS_COUNT = 1.2
_WORDS_ADD = 2.4
_WORDS_TAKE = -2.4
_WORDS_ALONE = 0.8
_CUES_ALONE = 1.15
_TONE_WORDS = 0.5
_TONE_MOST = 3.0
_BAD_LINE = 1.4
_GOOD_LINE = 1.0
_BAD = frozenset(
    {
        "act",
        "wrong",
        "probe",
        "complaint",
        "failing",
        "works",
        "harm",
        "hazard",
        "pollution",
        "disorder",
    }
)
_TONE = {"act": 0.7, "probe": 0.3}
_SOFTENS = {"explain": 0.7, "calm": 0.4, "drill": 0.5}


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """Sums of the shares, and what the words at large add."""

    said: float
    body: float
    place: float
    bad: float
    good: float


def sum_up(reading: Reading, shares: Iterable[Share], said: Said) -> Points:
    """The points of an item from its cues and from what its words say at large."""
    body = place = bad = good = 0.0
    for share in shares:
        body += share.body
        place += share.place
        cue = share.hit.cue
        if cue.kind in _BAD or cue.tone is not None:
            bad += _tone(share)
        elif cue.kind in {"good", "solved"}:
            good += cue.weight
        elif cue.kind in _SOFTENS:
            bad -= cue.weight * _SOFTENS[cue.kind]
    added = max(_WORDS_TAKE, min(_WORDS_ADD, _WORDS_COUNT * said.body))
    concerns = _concerns(reading, body, said.body)
    return Points(
        said=added,
        body=body + added if concerns else min(body, BODY_LINE - 0.01),
        place=place,
        bad=min(bad, _TONE_MOST) + _TONE_WORDS * said.bad,
        good=min(good, _TONE_MOST) + _TONE_WORDS * said.good,
    )


def _concerns(reading: Reading, cues: float, said: float) -> bool:
    """Whether the item can be about a local body: one is named or a place, or the cues or the words
    are strong.
    """
    if cues >= _CUES_ALONE or reading.places:
        return True
    if reading.of("body", "official", "local", "people"):
        return True
    return said > _WORDS_ALONE and not reading.of("abroad", "sport", "centre")


def _tone(share: Share) -> float:
    """How bad the cue sounds, whoever it is about."""
    cue = share.hit.cue
    if cue.tone is not None:
        return max(cue.tone, share.body)
    return cue.weight * _TONE.get(cue.kind, 1.0)


def sentiment(points: Points) -> Sentiment:
    """The tone of the item as news."""
    if points.bad >= _BAD_LINE and points.bad > points.good:
        return "neg"
    return "pos" if points.good >= _GOOD_LINE and points.good > points.bad else "neu"
