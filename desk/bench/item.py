"""Invented items to be measured with: made of the lists' own phrases, always the same."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

from crisis.watch.group import Item
from crisis.watch.lexicon import load_cues
from crisis.watch.wording import tokens_of

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
LOOKED_BACK = timedelta(hours=70)
_PLACES = ("Cam Lộ", "Gio Linh", "Hướng Hóa", "Lệ Thủy", "Bố Trạch", "Ba Đồn", "Đông Hà")


def invented(
    folder: Path, count: int, *, began: datetime = BEGAN, alarming: float = 1.0
) -> list[Item]:
    """Headlines of the 70 hours from `began`, every one another; a share of them `alarming`, made
    of the lists' own phrases, the others of their single words.
    """
    dice = Random(7)  # noqa: S311  (an order, no secret)
    phrases = [p for cue in load_cues(folder) for p in cue.phrases if "…" not in p]
    single = sorted({word for phrase in phrases for word in tokens_of(phrase)})
    step = LOOKED_BACK / count

    def said() -> str:
        if alarming < 1 and dice.random() >= alarming:
            return " ".join(dice.choices(single, k=2))
        return dice.choice(phrases)

    return [
        Item(
            id=number,
            title=f"{said().capitalize()} ở xã {dice.choice(_PLACES)} {number}: "
            f"{' '.join(dice.choices(single, k=6))}",
            lead=f"{said()} {' '.join(dice.choices(single, k=18))}.",
            link=f"https://bao.example/{number}",
            source=f"bao-{number % 40}",
            at=began + number * step,
        )
        for number in range(count)
    ]


def feed(items: Sequence[Item]) -> bytes:
    """An RSS feed of these items."""
    told = "".join(
        f"<item><title>{item.title}</title><link>{item.link}</link>"
        f"<description>{item.lead}</description>"
        f"<pubDate>{format_datetime(item.at or BEGAN)}</pubDate></item>"
        for item in items
    )
    return f"<rss version='2.0'><channel><title>Báo</title>{told}</channel></rss>".encode()
