"""Reads items with one set of lists: what stands in them, and what can be learned from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crisis.watch.lexicon import Lexicon, load_cues
from crisis.watch.place import Gazetteer, load_gazetteer
from crisis.watch.reading import Reading, read_item
from crisis.watch.telling import features


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """The lists of a folder, ready for use."""

    lexicon: Lexicon
    gazetteer: Gazetteer

    def read(self, title: str, lead: str = "") -> Reading:
        """The finds of a headline and lead."""
        return read_item(title, lead, lexicon=self.lexicon, gazetteer=self.gazetteer)

    def told(self, title: str, lead: str = "") -> frozenset[str]:
        """The features of a headline and lead, names masked."""
        return features(self.read(title, lead))


def load_reader(folder: Path, *, own: str = "", communes: Iterable[str] = ()) -> Reader:
    """The reader of the lists in `folder` (`playbooks/watch`); `communes` are places of `own`."""
    extra = {own: tuple(communes)} if own else None
    return Reader(lexicon=Lexicon(load_cues(folder)), gazetteer=load_gazetteer(folder, extra))
