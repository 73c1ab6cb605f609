"""The judge of two layers: the shipped scorer, and what the office taught."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crisis.watch.correction import correction
from crisis.watch.gravity import gravity
from crisis.watch.judgement import Judgement
from crisis.watch.points import BODY_LINE, PLACE_LINE, Points, sentiment, sum_up
from crisis.watch.reader import Reader, load_reader
from crisis.watch.reading import Reading
from crisis.watch.reason import reasons
from crisis.watch.telling import features, with_cues
from crisis.watch.weighing import Share, weigh
from crisis.watch.word_weight import Learned, Shipped, load_shipped

_STEEPNESS = 1.1
_SURE_OF_PLACE = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """Judges items; with `own` set, only items that name this province (its places, old and new)
    count. `office` is what the office's own labels add.
    """

    reader: Reader
    shipped: Shipped
    office: Learned | None = None
    own: str = ""

    def judge(self, title: str, lead: str = "") -> Judgement:
        """The judgement of one headline and lead; a paper's correction accuses nobody."""
        seen = self._see(title, lead)
        corrected = correction(seen.reading)
        if corrected is not None:
            return Judgement(
                gov=False,
                place=False,
                alert=False,
                severity=0,
                sentiment="neu",
                score=0.0,
                provinces=seen.provinces,
                why=(corrected,),
            )
        margin = _margin(seen)
        if self.office is not None and seen.ours:
            margin += self.office.points(with_cues(seen.told, seen.reading))
        alert = seen.ours and margin >= 0
        gov = alert and (seen.body or not seen.alert)
        return Judgement(
            gov=gov,
            place=gov or seen.place,
            alert=alert,
            severity=_severity(seen, alert=alert),
            sentiment="neg" if alert else sentiment(seen.points),
            score=_score(margin, alert=alert) if seen.ours else 0.0,
            provinces=seen.provinces,
            why=reasons(
                seen.reading, seen.shares, seen.told, (self.shipped.body, self.office), alert=alert
            ),
        )

    def example(self, title: str, lead: str = "") -> tuple[frozenset[str], float]:
        """What the office's layer learns from: an item's features and its shipped margin."""
        seen = self._see(title, lead)
        return with_cues(seen.told, seen.reading), _margin(seen)

    def _see(self, title: str, lead: str) -> "_Seen":
        reading = self.reader.read(title, lead)
        shares = weigh(reading)
        told = features(reading)
        points = sum_up(reading, shares, self.shipped.points(told))
        provinces = tuple(dict.fromkeys(p.province for p in reading.places if p.province))
        ours = not self.own or self.own in provinces
        body = ours and points.body >= BODY_LINE
        place = ours and (body or points.place >= PLACE_LINE)
        severity = gravity(reading, shares, about_body=body) if place else 0
        return _Seen(
            reading=reading,
            shares=shares,
            told=told,
            points=points,
            provinces=provinces,
            ours=ours,
            body=body,
            place=place,
            severity=severity,
            alert=body or (place and severity >= 2),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """What the shipped layer finds."""

    reading: Reading
    shares: list[Share]
    told: frozenset[str]
    points: Points
    provinces: tuple[str, ...]
    ours: bool
    body: bool
    place: bool
    severity: int
    alert: bool


def _margin(seen: _Seen) -> float:
    """How far the item lies on the alarm's side (0 and above) or the other."""
    margin = seen.points.body - BODY_LINE
    if seen.alert:
        return max(margin, 0.0 if seen.body else _SURE_OF_PLACE)
    return min(margin, -0.01)


def _severity(seen: _Seen, *, alert: bool) -> int:
    """What the office does not want to hear of is a complaint at most; what it does is at least
    one.
    """
    return max(1, seen.severity) if alert else min(1, seen.severity)


def _score(margin: float, *, alert: bool) -> float:
    """0 to 1; on the alert side of 0.5 exactly when the item alerts."""
    raw = 1 / (1 + math.exp(-_STEEPNESS * max(-30.0, min(30.0, margin))))
    return round(max(raw, 0.5), 3) if alert else round(min(raw, 0.499), 3)


def load_judge(folder: Path, *, own: str = "", communes: Iterable[str] = ()) -> Judge:
    """The judge of the lists in `folder` (`playbooks/watch`); `communes` are places of `own`."""
    return Judge(
        reader=load_reader(folder, own=own, communes=communes),
        shipped=load_shipped(folder / "words"),
        own=own,
    )
