"""Kill points: named places in a part at which it may be ordered to die by SIGKILL."""

import json
import os
import signal
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from crisis.clock import Clock

HITS = "hits.jsonl"


class Point(StrEnum):
    """Where a process dies. `before` a commit everything was sent; `after` it nothing more runs."""

    BEFORE_COMMIT = "commit.before"
    AFTER_COMMIT = "commit.after"
    LEASE_TAKEN = "lease.taken"
    LEASE_BACK = "lease.back"
    BEFORE_SMTP = "smtp.before"
    AFTER_SMTP = "smtp.after"
    BEFORE_OUTLET = "outlet.before"
    AFTER_OUTLET = "outlet.after"
    BEFORE_RUN = "run.before"
    AFTER_RUN = "run.after"
    BEFORE_KEEPING = "mailbox.before"
    AFTER_KEEPING = "mailbox.after"
    ANY_TIME = "any.time"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Die at the `nth` passing of `point` from now on; every order has a number of its own."""

    number: int
    point: Point
    nth: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """That a part died at a point; `chain` is the incident it was acting on, empty where none."""

    number: int
    part: str
    point: Point
    chain: str
    at: str


def order_file(folder: Path, part: str) -> Path:
    """Where the order for `part` lies; without a file there is none."""
    return folder / f"{part}.order"


def give(folder: Path, part: str, order: Order) -> None:
    """Order `part` to die."""
    target = order_file(folder, part)
    draft = target.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(order)), encoding="utf8")
    draft.replace(target)


def hits(folder: Path) -> list[Hit]:
    """Every death by order so far, oldest first."""
    file = folder / HITS
    lines = file.read_text(encoding="utf8").splitlines() if file.exists() else []
    return [Hit(**{**told, "point": Point(told["point"])}) for told in map(json.loads, lines)]


@dataclass(kw_only=True)
class Watch:
    """The watch inside a part: at each point it looks whether its order has come."""

    folder: Path
    part: str
    _number: int = 0
    _left: int = field(default=0)

    def passing(self, point: Point, chain: str = "") -> None:
        """Go on, or die here and now without a word to anybody but the list of hits."""
        try:
            told = json.loads(order_file(self.folder, self.part).read_bytes())
        except (FileNotFoundError, ValueError):
            return
        if told["point"] != point.value:
            return
        if told["number"] != self._number:
            self._number, self._left = told["number"], told["nth"]
        self._left -= 1
        if self._left == 0:
            self._die(point, chain)

    def _die(self, point: Point, chain: str) -> None:
        hit = Hit(
            number=self._number,
            part=self.part,
            point=point,
            chain=chain,
            at=Clock.real().now().isoformat(),
        )
        with (self.folder / HITS).open("a", encoding="utf8") as kept:
            kept.write(json.dumps(asdict(hit)) + "\n")
        os.kill(os.getpid(), signal.SIGKILL)
