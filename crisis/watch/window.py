"""The items of the last hours, found again by their rarest features at a cost that does not grow
with their number.
"""

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from crisis.watch.fingerprint import Fingerprint

_PROBES = 14
_KEPT = 40
_LOOKED_AT = 12
_PRIOR = 300
_USUAL = 25
_LONE = 0.5


class Entry:
    """An item in the window: how much all of it tells by `told`, its title and its names; `keys`
    are what else makes an item the same as this one.
    """

    __slots__ = ("at", "id", "keys", "mark", "names_norm", "norm", "story", "title_norm")

    def __init__(
        self, id_: str | int, mark: Fingerprint, told: Mapping[int, float], at: datetime | None
    ) -> None:
        self.id, self.mark, self.at, self.norm = id_, mark.kept(), at, sum(told.values())
        self.title_norm = sum(told[feature] for feature in mark.title)
        self.names_norm = sum(told.get(hash(name), 0.0) for name in mark.names.local)
        self.story = id_
        self.keys: tuple[int, ...] = ()


class _Spread:
    """A feature that more than one item has: how many, and the last of them."""

    __slots__ = ("count", "entries")

    def __init__(self, count: int, *entries: Entry) -> None:
        self.count, self.entries = count, list(entries)

    def add(self, entry: Entry, more: int) -> None:
        """One more item has it."""
        self.count += more
        self.entries.append(entry)
        if len(self.entries) > _KEPT:
            del self.entries[0]

    def drop(self, entry: Entry) -> None:
        """An item that had it is gone."""
        self.count -= 1
        if self.entries and self.entries[0] is entry:
            del self.entries[0]


class Window:
    """Entries of the last `hours`, and how rare each feature is among them; `usual` features are
    common from the start.

    Most features stand in one item only: for these the table holds the item itself.
    """

    def __init__(self, *, hours: int = 72, most: int = 60_000, usual: Iterable[int] = ()) -> None:
        self._span = timedelta(hours=hours)
        self._most = most
        self._entries: deque[Entry] = deque()
        self._known: dict[int, Entry | _Spread] = {one: _Spread(_USUAL) for one in usual}
        self._newest: datetime | None = None
        self._counted = 0

    def __len__(self) -> int:
        return len(self._entries)

    def learn(self, mark: Fingerprint) -> None:
        """Count the features of an item towards their rarity without keeping the item."""
        for feature in mark.features:
            known = self._known.get(feature)
            if known is None:
                self._known[feature] = _Spread(1)
            elif isinstance(known, Entry):
                self._known[feature] = _Spread(2, known)
            else:
                known.count += 1
        self._counted += 1

    def weights(self, mark: Fingerprint, *, learned: bool) -> dict[int, float]:
        """How much each feature of the item tells; a lone syllable half of what a pair tells.

        The item itself counts too, `learned` before or not.
        """
        own = 0 if learned else 1
        top, log, count = math.log(self._counted + own + _PRIOR), math.log, self._count
        return {
            feature: (top - log(count(feature) + own + 1.5)) * (1.0 if " " in text else _LONE)
            for feature, text in mark.features.items()
        }

    def _count(self, feature: int) -> int:
        known = self._known.get(feature)
        if known is None:
            return 0
        return 1 if isinstance(known, Entry) else known.count

    def candidates(self, mark: Fingerprint) -> list[Entry]:
        """The entries that share most of the item's rarest features, best first."""
        known = (self._known.get(feature) for feature in mark.features)
        lists = [
            (1, [one]) if isinstance(one, Entry) else (one.count, one.entries)
            for one in known
            if one is not None
        ]
        found: Counter[Entry] = Counter()
        for _, entries in sorted((one for one in lists if one[1]), key=_rarity)[:_PROBES]:
            found.update(entries)
        return [entry for entry, _ in found.most_common(_LOOKED_AT)]

    def add(self, entry: Entry, *, learned: bool) -> list[Entry]:
        """Keep an item; the items that are now older than the window leave and are returned."""
        own = 0 if learned else 1
        self._entries.append(entry)
        for feature in entry.mark.features:
            known = self._known.get(feature)
            if known is None:
                self._known[feature] = entry
            elif isinstance(known, Entry):
                self._known[feature] = _Spread(1 + own, known, entry)
            else:
                known.add(entry, own)
        self._counted += own
        if entry.at is not None and (self._newest is None or entry.at > self._newest):
            self._newest = entry.at
        return self._forget()

    def _forget(self) -> list[Entry]:
        left: list[Entry] = []
        while self._entries and (len(self._entries) > self._most or self._is_old(self._entries[0])):
            gone = self._entries.popleft()
            left.append(gone)
            self._counted -= 1
            for feature in gone.mark.features:
                self._drop(feature, gone)
        return left

    def _drop(self, feature: int, gone: Entry) -> None:
        known = self._known.get(feature)
        if isinstance(known, _Spread):
            known.drop(gone)
        if known is gone or (isinstance(known, _Spread) and known.count <= 0):
            del self._known[feature]

    def _is_old(self, entry: Entry) -> bool:
        if entry.at is None or self._newest is None:
            return False
        return self._newest - entry.at > self._span


def _rarity(known: tuple[int, list[Entry]]) -> int:
    return known[0]
