"""One chain of the database, checked line by line as it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crisis.model.breach import FaultKind, faults_at
from crisis.model.canonical import instant
from crisis.model.ledger import NOTHING, Head
from crisis.model.ledger_line import Link, check_link, read_link
from crisis.model.words import Words, words
from crisis.records.chain_list import Line

MOST = 20
"""Breaks told of one chain: after the first, the others hardly say more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """Where the ledger does not hold: the chain (or `checkpoints`) and the number in it."""

    chain: str
    seq: int
    sentence: Words


def _found_by_what_it_says(line: Line, link: Link) -> bool:
    """Whether the columns by which entries are searched and counted say what the entry says."""
    columns = (line.seq, instant(line.at), line.action, line.hash)
    return columns == (link.seq, link.at, link.action, link.hash)


@dataclass(kw_only=True, slots=True)
class ChainCheck:
    """A chain as far as it was read; `vouched` holds what checkpoints vouch for and is to come."""

    chain: str
    vouched: dict[int, str]
    last: int = 0
    place: int = 0
    before: Link | None = None
    unread: bool = False
    breaks: list[Break] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.last = max(self.vouched, default=0)

    @property
    def entries(self) -> int:
        """How many entries hold together so far; none where one of them cannot be read."""
        return 0 if self.unread else self.place

    @property
    def after(self) -> int:
        """How many of them no checkpoint vouches for yet."""
        return max(self.entries - self.last, 0)

    def take(self, line: Line) -> None:
        """Check the next line. After one that cannot be read nothing is said of the rest."""
        if self.unread:
            return
        self.place += 1
        link = read_link(line.body)
        if link is None:
            self.unread = True
            self._broken(faults_at(self.place, {FaultKind.FORM: True})[0].sentence)
            return
        if len(self.breaks) < MOST:
            for fault in check_link(link, self.chain, self.before, self.place):
                self._broken(fault.sentence)
        for sentence in self._outside(line, link):
            self._broken(sentence)
        self.before = link

    def _outside(self, line: Line, link: Link) -> Iterator[Words]:
        """What its columns and the checkpoints say against it."""
        if not _found_by_what_it_says(line, link):
            yield MISFILED
        if self.vouched.pop(self.place, link.hash) != link.hash:
            yield REWRITTEN

    def end(self, head: Head | None) -> None:
        """Nothing follows: vouched entries may be gone, or the `head` row may differ."""
        there = self.before.head if self.before else Head(seq=0, hash=NOTHING)
        if self.unread:
            return
        if self.vouched:
            self._broken(_cut(self.vouched), at=there.seq + 1)
        # Entries written while we read lie after the head that was read before.
        elif head is None or (head.seq >= there.seq and head != there):
            self._broken(HEADLESS, at=there.seq)

    def _broken(self, sentence: Words, *, at: int | None = None) -> None:
        place = self.place if at is None else at
        self.breaks.append(Break(chain=self.chain, seq=place, sentence=sentence))


def _cut(vouched: Mapping[int, str]) -> Words:
    last = max(vouched)
    return words(
        f"Sổ bị cắt: điểm kiểm tra đã bảo đảm đến bút toán {last}.",
        f"The chain was cut: a checkpoint vouches for entries up to {last}.",
    )


MISFILED = words(
    "Cơ sở dữ liệu xếp bút toán này theo số, giờ hoặc hành động khác với nội dung của nó.",
    "The database files this entry under another number, time or action than it has.",
)
REWRITTEN = words(
    "Bút toán này không phải bút toán đã được điểm kiểm tra bảo đảm: sổ đã bị viết lại.",
    "This is not the entry that a checkpoint vouches for: the chain was rewritten.",
)
HEADLESS = words(
    "Dòng đầu sổ không khớp bút toán cuối cùng.",
    "The chain's head row is not its last entry.",
)
