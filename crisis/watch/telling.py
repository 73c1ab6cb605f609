"""What of an item is learned from: its words and word pairs, with every name masked.

Names of persons never become features; places and numbers become one word each, so that what is
learned is how something is told and never whom it is told of.
"""

import re
from itertools import pairwise

from crisis.watch.place import SURNAMES
from crisis.watch.reading import Reading
from crisis.watch.wording import Sentence

NAME = "⟨tên⟩"
PLACE = "⟨nơi⟩"
NUMBER = "⟨số⟩"
_TITLES = frozenset({"ông", "bà", "anh", "chị", "em", "cụ", "bé", "cháu", "cô", "thầy", "bị"})
_WORD = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
TITLE_MARK = "^"


def features(reading: Reading) -> frozenset[str]:
    """Words and pairs of neighbours; those of the title once more with a mark."""
    found: set[str] = set()
    for number, said in enumerate(reading.sentences):
        words = masked(said, _placed(reading, number), _known(reading, number))
        told = _words_and_pairs(words)
        found |= told
        if not number:
            found |= {TITLE_MARK + word for word in told}
    return frozenset(found)


def with_cues(told: frozenset[str], reading: Reading) -> frozenset[str]:
    """The features with the cues of the lists: an office's taste is often one of topics."""
    return told | {f"#{hit.cue.id}" for hit in reading.hits}


def masked(said: Sentence, places: set[int], known: set[int]) -> list[str]:
    """The tokens of a sentence with names, places and numbers replaced; '' where a mark stands.

    `places` and `known` are the numbers of tokens that belong to places and to phrases of the
    lists; a capitalised run of two or more others is a name, and so is one after a title or that
    begins with a surname.
    """
    out: list[str] = []
    at = 0
    while at < len(said.tokens):
        word, at = _mask(said, at, places, known)
        out.append(word)
    return out


def _mask(said: Sentence, at: int, places: set[int], known: set[int]) -> tuple[str, int]:
    """What stands for the token at `at`, and where the next one begins."""
    token = said.tokens[at]
    if at in places:
        return PLACE, next(end for end in range(at + 1, len(said.tokens) + 1) if end not in places)
    if not _WORD.match(token):
        return "", at + 1
    if _DIGIT.search(token):
        return NUMBER, at + 1
    if said.capital[at] and at not in known:
        end = _end_of_run(said, at, places | known)
        if _is_name(said, at, end):
            return NAME, end
    return token, at + 1


def _end_of_run(said: Sentence, start: int, taken: set[int]) -> int:
    end = start + 1
    while end < len(said.tokens) and said.capital[end] and end not in taken:
        end += 1
    return end


def _is_name(said: Sentence, start: int, end: int) -> bool:
    before = said.tokens[start - 1] if start else ""
    if said.tokens[start] in SURNAMES and (end - start > 1 or before in _TITLES):
        return True
    return end - start > 1 or (before in _TITLES) or (start > 0 and bool(_WORD.match(before)))


def _placed(reading: Reading, number: int) -> set[int]:
    return {at for p in reading.places if p.sentence == number for at in range(p.start, p.end)}


def _known(reading: Reading, number: int) -> set[int]:
    return {at for h in reading.hits if h.sentence == number for at in range(h.start, h.end)}


def _words_and_pairs(words: list[str]) -> set[str]:
    found = {word for word in words if word}
    found |= {f"{one} {two}" for one, two in pairwise(words) if one and two}
    return found
