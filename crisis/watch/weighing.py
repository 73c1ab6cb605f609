"""Points for and against: is the item about a local public body, is it about the place."""

from dataclasses import dataclass

from crisis.watch.casualty import many_hurt
from crisis.watch.lexicon import Hit
from crisis.watch.reading import Reading
from crisis.watch.target import weight_of_target

_TITLE = 1.2
_SAME_WORDS = 0.15
_SAME_KIND = 0.35
_ACCUSES = 1.0
_ONE_PERSON = 0.3
_CENTRE_ABOUT_PLACE = 0.3
_CENTRE_ALONE = 0.15
_DENIABLE = frozenset({"act", "wrong", "failing", "works", "drill"})

# Nearness of a local body to the cue → share of the cue's weight that counts against a body:
# body in the same sentence, body elsewhere, people of public services, a place only, police only,
# nothing.
_NEAR: dict[str, tuple[float, float, float, float, float, float]] = {
    "wrong": (1.0, 0.7, 0.8, 0.4, 0.3, 0.1),
    "probe": (1.0, 0.6, 0.7, 0.8, 0.2, 0.1),
    "complaint": (1.0, 0.7, 0.8, 0.5, 0.2, 0.2),
    "failing": (1.0, 0.7, 0.8, 0.7, 0.3, 0.3),
    "works": (1.0, 0.8, 0.8, 0.8, 0.8, 0.5),
    "harm": (0.6, 0.4, 0.4, 0.05, 0.05, 0.0),
    "hazard": (0.15, 0.05, 0.05, 0.0, 0.0, 0.0),
    "pollution": (0.6, 0.4, 0.4, 0.3, 0.1, 0.1),
    "disorder": (0.6, 0.4, 0.4, 0.2, 0.1, 0.0),
}
_PLACE = {"harm": 0.8, "hazard": 1.0, "pollution": 1.0, "disorder": 1.0, "works": 0.4}
# What speaks against: share of its weight taken from the body's points and from the place's.
_AGAINST = {
    "good": (1.0, 1.0),
    "calm": (1.0, 0.7),
    "solved": (1.0, 0.7),
    "explain": (1.0, 1.0),
    "drill": (0.7, 1.0),
    "private": (0.6, 0.3),
    "sport": (1.0, 1.0),
    "centre": (0.7, 0.3),
    "abroad": (1.0, 1.0),
    "nature": (0.7, 0.0),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one cue added (or took, when negative)."""

    hit: Hit
    body: float
    place: float


def weigh(reading: Reading) -> list[Share]:
    """The share of each cue, repeated cues of one kind counting little."""
    seen: set[str] = set()
    said: set[tuple[str, ...]] = set()
    shares = []
    for hit in reading.hits:
        phrase = tuple(reading.sentences[hit.sentence].tokens[hit.start : hit.end])
        factor = _SAME_WORDS if phrase in said else _SAME_KIND if hit.cue.id in seen else 1.0
        share = _share(reading, hit, factor)
        if share is not None:
            seen.add(hit.cue.id)
            said.add(phrase)
            shares.append(share)
    return _headline_decides(_less_if_central(reading, shares))


def _less_if_central(reading: Reading, shares: list[Share]) -> list[Share]:
    """Where only a central body is named, and no place, little of it is about a local one."""
    if reading.places or not reading.of("centre") or reading.of("body", "official"):
        return shares
    return [
        Share(hit=s.hit, body=s.body * _CENTRE_ALONE, place=s.place) if s.body > 0 else s
        for s in shares
    ]


def _headline_decides(shares: list[Share]) -> list[Share]:
    """What the lead says against an alarm counts half where the title itself accuses."""
    if not any(s.hit.sentence == 0 and max(s.body, s.place) >= _ACCUSES for s in shares):
        return shares
    return [
        Share(hit=s.hit, body=s.body / 3, place=s.place / 3)
        if s.hit.sentence and s.hit.cue.kind in _AGAINST and s.hit.cue.kind != "solved"
        else s
        for s in shares
    ]


def _share(reading: Reading, hit: Hit, factor: float) -> Share | None:
    weight = hit.cue.weight * factor * (_TITLE if hit.sentence == 0 else 1.0)
    kind = hit.cue.kind
    if kind in _DENIABLE and _denied(reading, hit):
        weight *= 0.2
    if kind in _AGAINST:
        return _share_against(reading, hit, weight)
    if kind == "act":
        return Share(hit=hit, body=weight * weight_of_target(reading, hit), place=0.0)
    if kind in _NEAR:
        body = weight * _NEAR[kind][_nearness(reading, hit.sentence)]
        return Share(hit=hit, body=body, place=weight * _placed(reading, hit))
    return None


def _share_against(reading: Reading, hit: Hit, weight: float) -> Share:
    body, place = _AGAINST[hit.cue.kind]
    if hit.cue.kind == "centre" and (reading.places or reading.of("body")):
        body = _CENTRE_ABOUT_PLACE
    return Share(hit=hit, body=-weight * body, place=-weight * place)


def _placed(reading: Reading, hit: Hit) -> float:
    """How much of a cue counts against the place; one person's accident is hardly its news."""
    share = _PLACE.get(hit.cue.kind, 0.0) * (1.0 if reading.places else 0.5)
    if hit.cue.id == "casualty" and not many_hurt(reading):
        share *= _ONE_PERSON
    return share


def _denied(reading: Reading, hit: Hit) -> bool:
    before = reading.sentences[hit.sentence].tokens[max(0, hit.start - 3) : hit.start]
    return "không" in before or "chẳng" in before


def _nearness(reading: Reading, number: int) -> int:
    bodies = reading.of("body", "official")
    if any(hit.sentence == number for hit in bodies):
        return 0
    if bodies:
        return 1
    if reading.of("people"):
        return 2
    if reading.places or reading.of("local"):
        return 3
    return 4 if reading.of("police") else 5
