"""Why an item was judged so: cues and words with their sentence and their points."""

from collections.abc import Iterable
from itertools import islice

from crisis.model.words import Words, words
from crisis.watch.judgement import Reason
from crisis.watch.reading import Reading
from crisis.watch.weighing import Share
from crisis.watch.word_weight import Learned

_MOST = 6
_BEFORE, _AFTER = 6, 4
_WORDS_SHOWN = 3
_TOO_LITTLE = 0.1
_WORDS_TOO_LITTLE = 0.15
_EMPTY_TEXT = """
và của là có được các cho với những một này trong khi đã sẽ đang ở tại từ đến về vào ra trên dưới
theo để do vì bởi nên mà thì cũng như hay hoặc còn lại đó đây nào gì ai sau trước ngày tháng năm
giờ qua lên xuống thêm mới rất hơn nhất khoảng gần cùng
"""
_EMPTY = frozenset(_EMPTY_TEXT.split())
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

    Only words that a reader understands alone are named: pairs of syllables without a particle.
    Where no cue and no pair decided an alert, its headline is named as a whole.
    """
    shipped, office = learned
    found = list(_cues(reading, shares))
    if alert:
        found += _words(reading, told, shipped, _AT_LARGE)
    if office is not None:
        found += _words(reading, told, office, _OFFICE)
    if alert and not any(reason.points > 0 for reason in found):
        found.append(_whole(reading, shipped.points(told)))
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
    telling = (one for one in learned.heaviest(told) if _is_telling(one[0]))
    for word, points in islice(telling, _WORDS_SHOWN):
        if abs(points) >= _WORDS_TOO_LITTLE:
            yield Reason.model_construct(
                cue=word,
                meaning=meaning,
                sentence=_sentence_of(reading, word),
                points=round(points, 2),
            )


def _is_telling(word: str) -> bool:
    syllables = word.split()
    return len(syllables) > 1 and "⟨" not in word and _EMPTY.isdisjoint(syllables)


def _whole(reading: Reading, points: float) -> Reason:
    said = next(one.text for one in reading.sentences if one.text or one is reading.sentences[-1])
    return Reason.model_construct(
        cue=said, meaning=_AT_LARGE, sentence=said, points=round(max(points, 0.01), 2)
    )


def _sentence_of(reading: Reading, word: str) -> str:
    """The first sentence that holds the word; the title for what was masked."""
    for said in reading.sentences:
        if f" {word} " in f" {' '.join(said.tokens)} ":
            return said.text
    return reading.sentences[0].text


def in_context(cue: str, sentence: str) -> str:
    """The cue with the words around it, so that a reader sees what is late or broken; the cue
    alone where the sentence writes it otherwise.
    """
    at = sentence.casefold().find(cue.casefold())
    if at < 0:
        return cue
    before, after = sentence[:at].split(), sentence[at + len(cue) :].split()
    told = " ".join([*before[-_BEFORE:], sentence[at : at + len(cue)], *after[:_AFTER]])
    return f"{'… ' if before[_BEFORE:] else ''}{told}{' …' if after[_AFTER:] else ''}"
