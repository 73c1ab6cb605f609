"""The items of the last hours, found again by their rarest features at a cost that does not grow
with their number.
"""

import math
from collections import Counter, deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from crisis.watch.fingerprint import Fingerprint

_PROBES = 14
_KEPT = 40
_LOOKED_AT = 12
_PRIOR = 300
_USUAL = 25
_LONE = 0.5


class Entry:
    """An item in the window."""

    __slots__ = ("at", "id", "keys", "mark", "norm", "story")

    def __init__(
        self, id_: str | int, mark: Fingerprint, *, at: datetime | None, norm: float
    ) -> None:
        self.id, self.mark, self.at, self.norm = id_, mark, at, norm
        self.story = id_
        self.keys: tuple[tuple[str, str], ...] = ()


class Window:
    """Entries of the last `hours`, and how rare each feature is among them; `usual` features are
    common from the start.
    """

    def __init__(self, *, hours: int = 72, most: int = 60_000, usual: Iterable[str] = ()) -> None:
        self._span = timedelta(hours=hours)
        self._most = most
        self._entries: deque[Entry] = deque()
        self._seen: Counter[str] = Counter(dict.fromkeys(usual, _USUAL))
        self._where: dict[str, deque[Entry]] = {}
        self._newest: datetime | None = None
        self._counted = 0

    def __len__(self) -> int:
        return len(self._entries)

    def learn(self, mark: Fingerprint) -> None:
        """Count the features of an item towards their rarity without keeping the item."""
        self._seen.update(mark.features)
        self._counted += 1

    def weights(self, mark: Fingerprint) -> dict[str, float]:
        """How much each feature of the item tells; a lone syllable half of what a pair tells."""
        seen, top, log = self._seen, math.log(self._counted + _PRIOR), math.log
        return {
            feature: (top - log(seen.get(feature, 0) + 1.5)) * (1.0 if " " in feature else _LONE)
            for feature in mark.features
        }

    def candidates(self, mark: Fingerprint) -> list[Entry]:
        """The entries that share most of the item's rarest features, best first."""
        seen = self._seen
        found: Counter[Entry] = Counter()
        known = [feature for feature in mark.features if feature in self._where]
        for feature in sorted(known, key=lambda f: (seen[f], f))[:_PROBES]:
            found.update(self._where[feature])
        return [entry for entry, _ in found.most_common(_LOOKED_AT)]

    def add(self, entry: Entry) -> list[Entry]:
        """Keep an item; the items that are now older than the window leave and are returned."""
        self._entries.append(entry)
        for feature in entry.mark.features:
            if feature not in self._where:
                self._where[feature] = deque(maxlen=_KEPT)
            self._where[feature].append(entry)
        if entry.at is not None and (self._newest is None or entry.at > self._newest):
            self._newest = entry.at
        return self._forget()

    def _forget(self) -> list[Entry]:
        left: list[Entry] = []
        while self._entries and (len(self._entries) > self._most or self._is_old(self._entries[0])):
            gone = self._entries.popleft()
            left.append(gone)
            self._seen.subtract(gone.mark.features)
            self._counted -= 1
            for feature in gone.mark.features:
                self._drop(feature, gone)
        return left

    def _drop(self, feature: str, gone: Entry) -> None:
        where = self._where.get(feature)
        if where and where[0] is gone:
            where.popleft()
        if not where:
            self._where.pop(feature, None)
        if self._seen[feature] <= 0:
            del self._seen[feature]

    def _is_old(self, entry: Entry) -> bool:
        if entry.at is None or self._newest is None:
            return False
        return self._newest - entry.at > self._span
