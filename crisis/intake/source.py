"""The press sources of `press_sources.yaml`, and their exchange as OPML."""

from pathlib import Path
from typing import Literal
from xml.sax.saxutils import quoteattr

import yaml
from lxml import etree
from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.intake.page_list import ListRule
from crisis.intake.plain_text import plain, web_link
from crisis.model.errors import BadContent, BadInput
from crisis.model.words import words

Tier = Literal["trung_uong", "dia_phuong", "chinh_quyen"]


class ListPage(BaseModel):
    """A page that lists articles, and how to read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    rule: ListRule


class PressSource(BaseModel):
    """One outlet, its feeds and list pages; at `weight` 2 its word alone raises an alert."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    tier: Tier
    feeds: tuple[str, ...] = ()
    list_pages: tuple[ListPage, ...] = ()
    user_agent: str = ""
    weight: int = 1
    confidence: Literal["high", "medium", "low"] = "medium"
    note: str = ""


def load_sources(path: Path) -> tuple[PressSource, ...]:
    """The sources of a file; raises `BadContent` naming the file and the field."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf8"))
        sources = tuple(PressSource.model_validate(row) for row in content["press_sources"])
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise BadContent(
            words(
                "Danh mục nguồn báo chí sai cấu trúc.", f"The press sources are malformed: {error}"
            ),
            place=str(path),
        ) from error
    if len({source.id for source in sources}) != len(sources):
        raise BadContent(
            words("Mã nguồn báo chí bị trùng.", "Two press sources share an id."), place=str(path)
        )
    return sources


def to_opml(sources: tuple[PressSource, ...]) -> str:
    """The feeds of the sources as OPML 2.0."""
    lines = [
        f'  <outline type="rss" text={quoteattr(source.name)} xmlUrl={quoteattr(feed)}/>'
        for source in sources
        for feed in source.feeds
    ]
    body = "\n".join(lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">'
        "<head><title>phatngon</title></head><body>\n"
        f"{body}\n</body></opml>\n"
    )


def from_opml(data: bytes) -> tuple[tuple[str, str], ...]:
    """The (name, feed) pairs of an OPML file, each feed once; raises `BadInput` when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data[: 2 * 2**20], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(
            words("Tệp không phải OPML.", "The file is not OPML."), field="file"
        ) from error
    found: dict[str, str] = {}
    for outline in root.iter("outline"):
        feed = web_link(outline.get("xmlUrl") or "")
        if feed:
            found.setdefault(feed, plain(outline.get("text") or outline.get("title") or feed))
    return tuple((name, feed) for feed, name in found.items())
