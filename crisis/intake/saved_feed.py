"""Saved feeds: one file as rows for `watch read`, or a folder scanned with no network."""

from collections.abc import Iterator
from pathlib import Path

from crisis.intake.feed import SIZE_LIMIT, FeedReading, read_feed
from crisis.intake.feed_item import FeedItem
from crisis.intake.moment import as_json
from crisis.model.errors import NotFound
from crisis.model.words import words

_KINDS = frozenset({".xml", ".rss", ".atom", ".rdf", ".json"})


def read_saved(source: Path | str | bytes) -> FeedReading:
    """A saved feed (a path, or its bytes) as read, with the state it was in. Raises NotFound."""
    return read_feed(source if isinstance(source, bytes) else _bytes_of(Path(source)))


def rows(found: FeedReading) -> list[dict[str, str | None]]:
    """The items as `{title, summary, link, published_utc}`: UTC ISO 8601 with `Z`, None unknown."""
    return [_row(item) for item in found.items]


def _row(item: FeedItem) -> dict[str, str | None]:
    return {
        "title": item.title,
        "summary": item.summary,
        "link": item.link or None,
        "published_utc": as_json(item.published_utc),
    }


def read_folder(folder: Path) -> Iterator[tuple[Path, FeedReading]]:
    """Each saved feed of a folder in the order of names, with its reading."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and name_of(path).suffix.lower() in _KINDS:
            yield path, read_feed(_bytes_of(path))


def name_of(path: Path) -> Path:
    """The name of a saved feed without the `.gz` of a compressed one."""
    return Path(path.stem) if path.suffix.lower() == ".gz" else Path(path.name)


def _bytes_of(path: Path) -> bytes:
    """At most one byte more than the limit, so that a file too large is seen as such."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise NotFound(
            words(f"Không đọc được tệp {path.name}.", f"The file {path.name} cannot be read.")
        ) from error
