"""What of an item is learned from: its words and word pairs, with every name masked.

Names of persons never become features; places and numbers become one word each, so that what is
learned is how something is told and never whom it is told of.
"""

import re

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


def masked(said: Sentence, places: set[int], known: set[int]) -> list[str]:
    """The tokens of a sentence with names, places and numbers replaced; '' parts what a mark parts.

    `places` and `known` are the numbers of tokens that belong to places and to phrases of the
    lists; a capitalised run of two or more others is a name, and so is one after a title or that
    begins with a surname.
    """
    out: list[str] = []
    at = 0
    while at < len(said.tokens):
        token = said.tokens[at]
        end = at + 1
        if at in places:
            while end < len(said.tokens) and end in places:
                end += 1
            token = PLACE
        elif not _WORD.match(token):
            token = ""
        elif _DIGIT.search(token):
            token = NUMBER
        elif said.capital[at] and at not in known:
            end = _end_of_run(said, at, places | known)
            token = NAME if _is_name(said, at, end) else token
            end = end if token == NAME else at + 1
        out.append(token)
        at = end
    return out


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
    return {
        at for p in reading.places if p.sentence == number for at in range(p.start, p.end)
    }


def _known(reading: Reading, number: int) -> set[int]:
    return {
        at for h in reading.hits if h.sentence == number for at in range(h.start, h.end)
    }


def _words_and_pairs(words: list[str]) -> set[str]:
    found = {word for word in words if word}
    found |= {
        f"{one} {two}" for one, two in zip(words, words[1:], strict=False) if one and two
    }
    return found
