"""Whether a punishment or charge falls on an office holder, or is only spoken of by one."""

from crisis.watch.lexicon import Hit
from crisis.watch.reading import Reading
from crisis.watch.wording import Sentence

_FAR = 16
_PASSIVE = frozenset({"bị", "vì", "do", "hầu", "lĩnh", "lãnh", "đồng"})
_SPEAKS_TEXT = """
biết hay tin nhận định nói nhấn phát chủ chia đề yêu chỉ kêu giao ký ban tặng trao thăm
dự tiếp
"""
_SPEAKS = frozenset(_SPEAKS_TEXT.split())


def weight_of_target(reading: Reading, act: Hit) -> float:
    """How surely the act falls on an office holder or a body: 0 to 1."""
    best = 0.0
    for hit in reading.of("official", "people"):
        best = max(best, _one(reading, act, hit))
    if best < 0.6 and any(hit.sentence == act.sentence for hit in reading.of("body")):
        best = 0.6
    if best > 0.3 and _hits_private(reading, act):
        best *= 0.4
    return best


def _one(reading: Reading, act: Hit, office: Hit) -> float:
    worth = 1.0 if office.cue.kind == "official" else 0.8
    if office.sentence != act.sentence:
        return 0.5 * worth
    said = reading.sentences[act.sentence]
    if office.start >= act.end:
        return worth if office.start - act.end <= _FAR else 0.5 * worth
    return worth * _before_the_act(said, office, act)


def _before_the_act(said: Sentence, office: Hit, act: Hit) -> float:
    between = said.tokens[office.end : act.end]
    if _PASSIVE.intersection(between):
        return 1.0
    if said.tokens[office.end : office.end + 1] == [":"]:
        return 0.3
    return 0.25 if _SPEAKS.intersection(between[:-1]) else 0.7


def _hits_private(reading: Reading, act: Hit) -> bool:
    """Whether the first one named after the act is a private person or firm."""
    for hit in reading.of("private", "official", "people", "body"):
        if hit.sentence == act.sentence and 0 <= hit.start - act.end <= 6:
            return hit.cue.kind == "private"
    return False
