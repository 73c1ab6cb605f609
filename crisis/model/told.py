"""An entry of the ledger as the annual report reads it, and the latest of what entries told."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Told(NamedTuple):
    """An entry as the report reads it: its chain, its place there, when, what, and its facts.

    `at` is written as in the ledger: few entries are asked when they were.
    """

    chain: str
    seq: int
    at: str
    action: str
    data: Mapping[str, Any]


class Latest(dict[str, tuple[int, Any]]):
    """Values by key, each the one that the latest entry gave, with the place of that entry."""

    __slots__ = ()

    def put(self, key: str, seq: int, value: Any) -> None:
        """Keep `value` unless a later entry has spoken."""
        if key not in self or self[key][0] < seq:
            self[key] = (seq, value)

    def last(self, key: str) -> Any:
        """The value of `key`, None where there is none."""
        return self[key][1] if key in self else None

    def lasts(self) -> Iterator[tuple[str, Any]]:
        """Every key with the value that stands."""
        return ((key, value) for key, (_, value) in self.items())
