"""The registry: every way out of this installation, and the one door to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crisis.model.errors import Misconfigured, NotFound
from crisis.model.outlet import Outlet, refusal
from crisis.model.words import Words, words
from crisis.outlets.press_list import PressListOutlet
from crisis.outlets.site import SiteOutlet
from crisis.outlets.webhook import WebhookOutlet


@dataclass(frozen=True, kw_only=True, slots=True)
class OutletKind:
    """One row of the plug-in table: what an outlet is called, and what makes it.

    `per_recipient` outlets get one parcel for each recipient, the others one for all.
    """

    id: str
    name: Words
    make: Callable[..., Outlet]
    per_recipient: bool = False


KINDS: Mapping[str, OutletKind] = {
    kind.id: kind
    for kind in (
        OutletKind(id="site", name=words("Trang thông tin", "Public site"), make=SiteOutlet),
        OutletKind(
            id="press_list",
            name=words("Thư gửi báo chí", "Press list"),
            make=PressListOutlet,
            per_recipient=True,
        ),
        OutletKind(
            id="webhook",
            name=words("Kết nối hệ thống khác", "Webhook"),
            make=WebhookOutlet,
        ),
    )
}
"""A new way out is one module and one row here."""


def make_outlet(outlet: str, **means: Any) -> Outlet:
    """The outlet of kind `outlet`, made with what its class asks for. Raises NotFound."""
    if outlet not in KINDS:
        raise _unknown(outlet)
    return KINDS[outlet].make(**means)


class Registry:
    """The outlets of one process by their ids."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._outlets: dict[str, Outlet] = {}
        for outlet in outlets:
            if outlet.id in self._outlets:
                raise Misconfigured(
                    words(
                        f"Kênh {outlet.id} được khai báo hai lần.",
                        f"Outlet {outlet.id} is configured twice.",
                    ),
                    setting="outlets",
                )
            self._outlets[outlet.id] = outlet

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets.values())

    def outlet(self, outlet: str) -> Outlet:
        """The outlet of that id, for reading back. Raises NotFound."""
        if outlet not in self._outlets:
            raise _unknown(outlet)
        return self._outlets[outlet]

    def official(self, outlet: str, *, announced: frozenset[str], exercise: bool) -> Outlet:
        """The outlet of that id, for publishing. Raises NotFound, RuleBroken (INV5, exercise)."""
        found = self.outlet(outlet)
        broken = refusal(outlet, announced=announced, exercise=exercise, real=found.real)
        if broken is not None:
            raise broken
        return found


def _unknown(outlet: str) -> NotFound:
    return NotFound(words(f"Không có kênh {outlet}.", f"There is no outlet {outlet}."))
