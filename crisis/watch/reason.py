"""Why an item was judged so: cues and words with their sentence and their points."""

from collections.abc import Iterable

from crisis.model.words import Words, words
from crisis.watch.judgement import Reason
from crisis.watch.reading import Reading
from crisis.watch.weighing import Share
from crisis.watch.word_weight import Learned

_MOST = 6
_WORDS_SHOWN = 3
_TOO_LITTLE = 0.1
_WORDS_TOO_LITTLE = 0.15
_AT_LARGE = words("cách diễn đạt thường gặp trong tin loại này", "wording usual in such news")
_OFFICE = words("học từ nhãn của văn phòng", "learned from the office's labels")


def reasons(
    reading: Reading,
    shares: list[Share],
    told: frozenset[str],
    learned: tuple[Learned, Learned | None],
    *,
    alert: bool,
) -> tuple[Reason, ...]:
    """The weightiest first, or where nothing alerts those against it; there, shipped words are not
    named, for most items are such.
    """
    shipped, office = learned
    found = list(_cues(reading, shares))
    if alert:
        found += _words(reading, told, shipped, _AT_LARGE)
    if office is not None:
        found += _words(reading, told, office, _OFFICE)
    return tuple(sorted(found, key=lambda r: -r.points if alert else r.points))


def _cues(reading: Reading, shares: list[Share]) -> Iterable[Reason]:
    worth = sorted(shares, key=lambda s: -max(abs(s.body), abs(s.place)))[:_MOST]
    for share in worth:
        hit = share.hit
        points = share.body if abs(share.body) >= abs(share.place) else share.place
        if abs(points) < _TOO_LITTLE:
            continue
        said = reading.sentences[hit.sentence]
        yield Reason.model_construct(
            cue=" ".join(said.tokens[hit.start : hit.end]),
            meaning=hit.cue.words,
            sentence=said.text,
            points=round(points, 2),
        )


def _words(
    reading: Reading, told: frozenset[str], learned: Learned, meaning: Words
) -> Iterable[Reason]:
    for word, points in learned.heaviest(told, most=_WORDS_SHOWN):
        if abs(points) >= _WORDS_TOO_LITTLE:
            yield Reason.model_construct(
                cue=word,
                meaning=meaning,
                sentence=_sentence_of(reading, word),
                points=round(points, 2),
            )


def _sentence_of(reading: Reading, word: str) -> str:
    """The first sentence that holds the word; the title for what was masked."""
    for said in reading.sentences:
        if f" {word} " in f" {' '.join(said.tokens)} ":
            return said.text
    return reading.sentences[0].text
