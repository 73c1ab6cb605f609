"""What has become of each publication: updated, corrected, withdrawn, and by which later one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from crisis.model.errors import RuleBroken
from crisis.model.parcel import Act, Parcel
from crisis.model.words import words


class Affair:
    """All publications of the site with their references, newest last."""

    def __init__(self, publications: Iterable[Parcel]) -> None:
        once = {parcel.publication: parcel for parcel in publications}
        self.parcels: Sequence[Parcel] = sorted(
            once.values(), key=lambda p: (p.published_at, p.publication)
        )
        self._by_key = once
        self._later: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in self.parcels:
            for reference in parcel.references:
                self._later[reference.publication].append(parcel)
        _check_addresses(self.parcels)

    def earlier(self, parcel: Parcel) -> list[Parcel]:
        """What `parcel` refers to, as far as it is on the site."""
        found = (self._by_key.get(r.publication) for r in parcel.references)
        return [p for p in found if p is not None]

    def later(self, parcel: Parcel, *acts: Act) -> list[Parcel]:
        """What refers to `parcel` by one of `acts`, oldest first."""
        return [p for p in self._later[parcel.publication] if p.act in acts]

    def replacement(self, parcel: Parcel) -> Parcel:
        """What now stands at its address: itself, or the last withdrawal that replaces it."""
        standing, passed = parcel, {parcel.publication}
        while withdrawals := self.later(standing, Act.WITHDRAWAL):
            standing = withdrawals[-1]
            if standing.publication in passed:
                return standing
            passed.add(standing.publication)
        return standing

    def touched(self, parcel: Parcel) -> frozenset[str]:
        """Keys of the publications whose pages change when `parcel` comes: it and its forebears."""
        found: set[str] = set()
        ahead = [parcel]
        while ahead:
            one = ahead.pop()
            if one.publication not in found:
                found.add(one.publication)
                ahead += self.earlier(one)
        return frozenset(found)


def _check_addresses(parcels: Sequence[Parcel]) -> None:
    owners = {parcel.slug: parcel.publication for parcel in parcels}
    if len(owners) != len(parcels):
        raise RuleBroken(
            words(
                "Hai nội dung đã công bố không được dùng chung một địa chỉ trang.",
                "Two publications cannot share one page address.",
            ),
            rule="slug",
        )
