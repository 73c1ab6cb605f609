"""The office's list of press sources: from the shipped file or an OPML file, and back again."""

import re
from typing import Any

from pydantic import ValidationError

from crisis.intake.page_list import ListRule
from crisis.intake.source import PressSource, from_opml, load_sources, to_opml
from crisis.model.errors import BadInput
from crisis.model.spelling import unmarked
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import press_feed, press_source
from crisis.records.act import Act
from crisis.records.press_source import NewSource

SHIPPED = "press_sources.yaml"


async def add_shipped(office: Office, act: Act) -> int:
    """Add the shipped sources, unread until somebody asks for it; how many addresses are new."""
    return sum(
        [
            await press_source.put_source(act, as_new(one))
            for one in load_sources(office.settings.playbooks / SHIPPED)
        ]
    )


def as_new(one: PressSource) -> NewSource:
    """A source of the file as the records take it."""
    pages = {page.url: page.rule.model_dump(mode="json") for page in one.list_pages}
    return NewSource(
        id=one.id,
        name=one.name,
        tier=one.tier,
        weight=one.weight,
        user_agent=one.user_agent,
        confidence=one.confidence,
        note=one.note,
        addresses=dict.fromkeys(one.feeds) | pages,
    )


async def import_opml(act: Act, data: bytes) -> int:
    """Add the feeds of an OPML file, each under the name it has there; how many are new.

    Raises BadInput where the file is none, or lists nothing.
    """
    pairs = from_opml(data)
    if not pairs:
        raise BadInput(
            words("Tệp OPML không có nguồn nào.", "The OPML file lists no feed."), field="file"
        )
    known = {row.url for row, _ in await press_feed.health(act.session)}
    by_name: dict[str, list[str]] = {}
    for name, feed in pairs:
        if feed not in known and not feed.startswith("file:"):
            by_name.setdefault(name, []).append(feed)
    names = {row.name: row.id for row in await press_source.everyone(act.session)}
    added = 0
    for name, feeds in by_name.items():
        addresses = dict.fromkeys(feeds)
        if name in names:
            added += await press_source.add_addresses(act, names[name], addresses)
        else:
            new = NewSource(id=_id_of(name), name=name[:300], addresses=addresses)
            added += await press_source.put_source(act, new)
    return added


async def export_opml(act: Act) -> str:
    """Every feed of the records as OPML; list pages and saved files have no place there."""
    sources: dict[str, PressSource] = {}
    for feed, source in await press_feed.health(act.session):
        if feed.url.startswith("file:") or feed.rule is not None:
            continue
        before = sources.get(source.id)
        feeds = (*(before.feeds if before else ()), feed.url)
        sources[source.id] = PressSource(
            id=source.id, name=source.name, tier="trung_uong", feeds=feeds
        )
    return to_opml(tuple(sources.values()))


def page_rule(pattern: str) -> dict[str, Any]:
    """The rule of a list page that is read by the form of its article links. Raises BadInput."""
    try:
        return ListRule(link_pattern=pattern).model_dump(mode="json")
    except ValidationError as error:
        raise BadInput(
            words("Mẫu đường dẫn không hợp lệ.", "The link pattern is not valid."), field="pattern"
        ) from error


async def add_address(act: Act, name: str, url: str, rule: dict[str, Any] | None) -> None:
    """Add an address to the source of this name, which is made where there is none."""
    known = {row.name: row.id for row in await press_source.everyone(act.session)}
    if name in known:
        await press_source.add_addresses(act, known[name], {url: rule})
        return
    new = NewSource(id=_id_of(name), name=name[:300], addresses={url: rule})
    await press_source.put_source(act, new)


def _id_of(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", unmarked(name).lower()).strip("-")
    return (plain or "nguon")[:60]
