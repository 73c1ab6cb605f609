"""Phrases with a name each, found in tokens; a longer phrase keeps shorter ones within it out."""

from collections.abc import Iterable, Sequence

from crisis.watch.wording import tokens_of

Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""The phrases with their names by their first token, the longest in front."""


def phrases_of(pairs: Iterable[tuple[str, str]]) -> Phrases:
    """The phrases of pairs (phrase, name), ready to be found."""
    made: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, name in pairs:
        tokens = tuple(tokens_of(phrase))
        made.setdefault(tokens[0], []).append((tokens, name))
    return {
        first: tuple(sorted(ends, key=lambda end: -len(end[0]))) for first, ends in made.items()
    }


def found_in(tokens: Sequence[str], phrases: Phrases) -> list[str]:
    """The names of the phrases in the tokens, in their order."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        for phrase, name in phrases.get(tokens[at], ()):
            if tuple(tokens[at : at + len(phrase)]) == phrase:
                found.append(name)
                at += len(phrase)
                break
        else:
            at += 1
    return found
