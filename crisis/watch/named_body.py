"""Bodies that a text names in full, as the directory names them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crisis.watch.wording import one_spelling


@dataclass(frozen=True, slots=True)
class Bodies:
    """The ids of bodies by their names, and one pattern that finds the longest name at a place."""

    ids: dict[str, str]
    pattern: re.Pattern[str]

    def named(self, *texts: str) -> tuple[str, ...]:
        """The bodies that the texts name, in their order, each once."""
        said = (_plain(text) for text in texts)
        found = (match[0] for text in said for match in self.pattern.finditer(text))
        return tuple(dict.fromkeys(self.ids[name] for name in found))


def bodies(named: Iterable[tuple[str, str]]) -> Bodies:
    """What finds bodies by these names and ids."""
    ids = {_plain(name): key for name, key in named}
    longest_first = sorted(ids, key=len, reverse=True)
    told = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return Bodies(ids, re.compile(rf"(?<!\w)(?:{told})(?!\w)"))


def _plain(text: str) -> str:
    return one_spelling(text).casefold()
