"""How grave a negative item is: 0 nothing to 3 the gravest."""

from crisis.watch.casualty import MASS, hurt, many_hurt
from crisis.watch.reading import Reading
from crisis.watch.weighing import Share

_TOLD_OFTEN = 3.0
_DEAD = ("tử vong", "thiệt mạng", "chết", "tử nạn", "vùi lấp", "mất mạng")


def gravity(reading: Reading, shares: list[Share], *, about_body: bool) -> int:
    """The severity of an item that is negative about a body or the place."""
    counted = [s for s in shares if (s.body if about_body else max(s.place, s.body)) >= 0.8]
    worst = max((share.hit.cue.severity for share in counted), default=1)
    if about_body and (_deaths(reading, shares) or _leaders(reading, shares)):
        return 3
    if hurt(reading) >= MASS or _unrest(shares):
        return 3
    if _prosecuted_or_grave(reading, shares) or (not about_body and _told_often(shares)):
        return max(2, worst)
    return max(1, worst)


def _told_often(shares: list[Share]) -> bool:
    """Whether bad news for the place fills title and lead."""
    return sum(share.place for share in shares) >= _TOLD_OFTEN


def _prosecuted_or_grave(reading: Reading, shares: list[Share]) -> bool:
    """Pollution or disaster that is prosecuted, damages many, or comes in more than one form."""
    ills = {s.hit.cue.id for s in shares if s.hit.cue.kind in {"hazard", "pollution", "harm"}}
    if not many_hurt(reading):
        ills.discard("casualty")
    charged = any(s.hit.cue.id == "prosecution" for s in shares)
    return bool(ills) and (charged or len(ills) >= 2)


def _said(reading: Reading, share: Share) -> str:
    hit = share.hit
    return " ".join(reading.sentences[hit.sentence].tokens[hit.start : hit.end])


def _deaths(reading: Reading, shares: list[Share]) -> bool:
    return any(
        share.hit.cue.id == "casualty" and any(word in _said(reading, share) for word in _DEAD)
        for share in shares
    )


def _leaders(reading: Reading, shares: list[Share]) -> bool:
    """Whether a leader of the province is the target of an act."""
    acted = {
        share.hit.sentence for share in shares if share.hit.cue.kind == "act" and share.body >= 2
    }
    return any(hit.cue.rank >= 3 and hit.sentence in acted for hit in reading.of("official"))


def _unrest(shares: list[Share]) -> bool:
    return any(s.hit.cue.kind == "disorder" and s.body >= 1.4 for s in shares)
