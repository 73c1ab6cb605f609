"""A way out: what it gives back for a parcel, and who may use it.

One module per outlet in `crisis/outlets`. Withdrawal and correction are deliveries like any other.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from crisis.model.errors import OutsideFailure, RuleBroken
from crisis.model.parcel import Parcel
from crisis.model.words import Language, words


class DeliveryFailed(OutsideFailure):
    """An outlet did not take a parcel, or could not be asked; `reply_code` where it gave one."""

    code = "delivery_failed"

    def __init__(
        self, outlet: str, *, permanent: bool, reply_code: int | None = None, detail: str = ""
    ) -> None:
        said = f" ({reply_code})" if reply_code is not None else ""
        again_vi = "cần người xử lý" if permanent else "hệ thống sẽ thử lại"
        again_en = "someone must look at it" if permanent else "it will be tried again"
        super().__init__(
            words(
                f"Kênh {outlet} chưa nhận được nội dung{said}; {again_vi}.",
                f"Outlet {outlet} did not take the delivery{said}; {again_en}.",
            ),
            permanent=permanent,
        )
        self.outlet = outlet
        self.reply_code = reply_code
        self.detail = detail


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """An outlet took the parcel: `reference` is its page address, Message-ID or response id."""

    outlet: str
    key: str
    reference: str
    accepted_at: datetime
    detail: str = ""


class Finding(StrEnum):
    """What an outlet showed when it was read back."""

    LIVE = "live"
    DIFFERENT = "different"
    MISSING = "missing"
    NOT_READABLE = "not_readable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One address read back: `found` is the SHA-256 of the bytes there, None without any."""

    language: Language
    address: str
    expected: str
    found: str | None
    there: bool

    @property
    def finding(self) -> Finding:
        """Live when the approved bytes are there exactly."""
        if not self.there:
            return Finding.MISSING
        return Finding.LIVE if self.found == self.expected else Finding.DIFFERENT


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadBack:
    """Everything that was read back for one parcel; empty where the outlet cannot be read."""

    outlet: str
    key: str
    seen: tuple[Seen, ...] = ()

    @property
    def finding(self) -> Finding:
        """The worst of all addresses, for a statement is live only when all of it is."""
        found = {one.finding for one in self.seen}
        order = (Finding.MISSING, Finding.DIFFERENT, Finding.LIVE)
        return next((f for f in order if f in found), Finding.NOT_READABLE)


class Outlet(Protocol):
    """One way out. `real` outlets reach the public or the press; an exercise never uses them."""

    @property
    def id(self) -> str: ...
    @property
    def readable(self) -> bool: ...
    @property
    def real(self) -> bool: ...

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Hand over `parcel`; again with the same key is harmless. Raises DeliveryFailed."""
        ...

    async def read_back(self, parcel: Parcel) -> ReadBack:
        """Look whether the approved bytes of `parcel` stand there. Raises DeliveryFailed."""
        ...


def refusal(
    outlet: str, *, announced: frozenset[str], exercise: bool, real: bool
) -> RuleBroken | None:
    """Why `outlet` may not be used, or None: INV5 (ND 244/2026, Art. 5.2), and drills stay in."""
    if outlet not in announced:
        return RuleBroken(
            words(
                f"Kênh {outlet} chưa được công bố là kênh chính thức trên cổng thông tin.",
                f"Outlet {outlet} is not announced as an official channel.",
            ),
            rule="INV5",
        )
    return drill_refusal(outlet, exercise=exercise, real=real)


def drill_refusal(outlet: str, *, exercise: bool, real: bool) -> RuleBroken | None:
    """Why an exercise may not use a real outlet, or None."""
    if not (exercise and real):
        return None
    return RuleBroken(
        words(
            f"Nội dung diễn tập không được gửi ra kênh thật {outlet}.",
            f"An exercise cannot reach the real outlet {outlet}.",
        ),
        rule="exercise",
    )
