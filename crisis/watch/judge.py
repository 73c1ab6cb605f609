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
from crisis.watch.weighing import Share, weigh

_BODY_LINE = 1.15
_PLACE_LINE = 1.2
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
    """Sums of the shares."""

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
    own: str = ""

    def judge(self, title: str, lead: str = "") -> Judgement:
        """The judgement of one headline and lead."""
        reading = read_item(title, lead, lexicon=self.lexicon, gazetteer=self.gazetteer)
        shares = weigh(reading)
        points = _sum(shares)
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
            sentiment=_sentiment(points),
            score=_score(points, alert=alert, ours=ours),
            provinces=provinces,
            why=_reasons(reading, shares, alert=alert),
        )


def _sum(shares: Iterable[Share]) -> Points:
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
    return Points(body=body, place=place, bad=bad, good=good)


def _tone(share: Share) -> float:
    """How bad the cue sounds, whoever it is about."""
    cue = share.hit.cue
    if cue.tone is not None:
        return max(cue.tone, share.body)
    return cue.weight * _TONE.get(cue.kind, 1.0)


def _sentiment(points: Points) -> Sentiment:
    if points.bad >= 1.4 and points.bad > points.good:
        return "neg"
    return "pos" if points.good >= 0.7 and points.good > 1.5 * points.bad else "neu"


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
        lexicon=Lexicon(load_cues(folder)), gazetteer=load_gazetteer(folder, extra), own=own
    )
