"""What a site was built from and what it is: where both are as before, nothing is to be built."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from crisis.model.parcel import Parcel
from crisis.outlets.frame import Frame

DRAFT = "."
"""How the names of files begin that are being written; servers do not show such."""


def stamp_of(folder: Path, frame: Frame, publications: Iterable[Parcel]) -> str:
    """A hash over the publications, the presentation, and size and time of every file.

    Publications never change, so that their ids stand for them. Drafts that somebody is writing
    are not seen.
    """
    ids = sorted({parcel.publication for parcel in publications})
    roots = (folder, frame.shelf, Path(__file__).parent)
    paths = [path for root in roots for path in sorted(root.rglob("*"))]
    files = [f"{path} {_seen(path)}" for path in paths if not path.name.startswith(DRAFT)]
    return sha256("\n".join([repr(frame), *ids, *files]).encode()).hexdigest()


def _seen(path: Path) -> str:
    told = path.stat()
    return f"{told.st_size} {told.st_mtime_ns}" if path.is_file() else "folder"
