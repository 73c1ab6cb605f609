"""The shipped scorer: needs no training data, and every point it gives can be read."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crisis.watch.gravity import gravity
from crisis.watch.judgement import Judgement, Reason, Sentiment
from crisis.watch.lexicon import Lexicon, load_cues
from crisis.watch.place import Gazetteer, load_gazetteer
from crisis.watch.reading import Reading, read_item
from crisis.watch.telling import features
from crisis.watch.weighing import Share, weigh
from crisis.watch.word_weight import Said, Shipped, load_shipped

_BODY_LINE = 0.8
_PLACE_LINE = 1.2
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
_STEEPNESS = 1.1
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """Judges items; with `own` set, only items that name this province (its places, old and new)
    count.
    """

    lexicon: Lexicon
    gazetteer: Gazetteer
    shipped: Shipped = Shipped()
    own: str = ""

    def judge(self, title: str, lead: str = "") -> Judgement:
        """The judgement of one headline and lead."""
        reading = read_item(title, lead, lexicon=self.lexicon, gazetteer=self.gazetteer)
        shares = weigh(reading)
        told = features(reading)
        points = _sum(reading, shares, self.shipped.points(told))
        provinces = tuple(dict.fromkeys(p.province for p in reading.places if p.province))
        ours = not self.own or self.own in provinces
        body = ours and points.body >= _BODY_LINE
        place = ours and (body or points.place >= _PLACE_LINE)
        severity = gravity(reading, shares, about_body=body) if place else 0
        alert = body or (place and severity >= 2)
        return Judgement(
            gov=body,
            place=place,
            alert=alert,
            severity=severity,
            sentiment="neg" if alert else _sentiment(points),
            score=_score(points, alert=alert, ours=ours),
            provinces=provinces,
            why=_reasons(reading, shares, alert=alert),
        )


def _sum(reading: Reading, shares: Iterable[Share], said: Said) -> Points:
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
        body=body + added if concerns else min(body, _BODY_LINE - 0.01),
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


def _sentiment(points: Points) -> Sentiment:
    if points.bad >= _BAD_LINE and points.bad > points.good:
        return "neg"
    return "pos" if points.good >= _GOOD_LINE and points.good > points.bad else "neu"


def _score(points: Points, *, alert: bool, ours: bool) -> float:
    """0 to 1; on the alert side of 0.5 exactly when the item alerts."""
    margin = max(points.body - _BODY_LINE, min(points.place - _PLACE_LINE, 0.0) - 1.0)
    raw = 1 / (1 + math.exp(-_STEEPNESS * max(-30.0, min(30.0, margin))))
    if not ours:
        return 0.0
    return round(max(raw, 0.5), 3) if alert else round(min(raw, 0.499), 3)


def _reasons(reading: Reading, shares: list[Share], *, alert: bool) -> tuple[Reason, ...]:
    """The weightiest cues first; against an alarm only those that speak against it come last."""
    worth = sorted(shares, key=lambda s: -max(abs(s.body), abs(s.place)))[:6]
    reasons = []
    for share in worth:
        hit = share.hit
        points = share.body if abs(share.body) >= abs(share.place) else share.place
        if abs(points) < 0.1:
            continue
        said = reading.sentences[hit.sentence]
        reasons.append(
            Reason.model_construct(
                cue=" ".join(said.tokens[hit.start : hit.end]),
                meaning=hit.cue.words,
                sentence=said.text,
                points=round(points, 2),
            )
        )
    return tuple(sorted(reasons, key=lambda r: -r.points if alert else r.points))


def load_judge(folder: Path, *, own: str = "", communes: Iterable[str] = ()) -> Judge:
    """The judge of the lists in `folder` (`playbooks/watch`); `communes` are places of `own`."""
    extra = {own: tuple(communes)} if own else None
    return Judge(
        lexicon=Lexicon(load_cues(folder)),
        gazetteer=load_gazetteer(folder, extra),
        shipped=load_shipped(folder / "words"),
        own=own,
    )
