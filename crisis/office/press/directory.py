"""The office's list of press sources: from the shipped file or an OPML file, and back again."""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from pydantic import ValidationError

from crisis.intake.opml import Outline, Refused, read_opml, write_opml
from crisis.intake.page_list import ListRule
from crisis.intake.source import PressSource, load_sources
from crisis.model.errors import BadInput
from crisis.model.spelling import unmarked
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.press.asking import policy_of
from crisis.records import press_feed, press_source
from crisis.records.act import Act
from crisis.records.press_source import NewSource

SHIPPED = "press_sources.yaml"


async def add_shipped(office: Office, act: Act) -> int:
    """Add the shipped sources that the office has not, unread until somebody asks for it; how many
    addresses are new. What there is, by id, name or address, stays as it is.
    """
    return sum([await press_source.put_source(act, one) for one in await missing(office, act)])


async def missing(office: Office, act: Act) -> list[NewSource]:
    """The shipped sources that the office has not, each with the addresses that nobody has."""
    there = await _known(act)
    urls = {feed.url for feed, _ in await press_feed.health(act.session)}
    shipped = map(as_new, load_sources(office.settings.playbooks / SHIPPED))
    left = [
        replace(
            one, addresses={url: rule for url, rule in one.addresses.items() if url not in urls}
        )
        for one in shipped
        if one.id not in there and one.name not in there
    ]
    return [one for one in left if one.addresses]


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What became of an OPML file: addresses added, known before, and refused with the reason."""

    added: int
    known: int
    refused: tuple[Refused, ...]


async def import_opml(office: Office, act: Act, data: bytes) -> Imported:
    """Add the addresses of an OPML file, each under the id, or else the name, it has there.

    Raises BadInput where the file is none, or lists nothing.
    """
    told = read_opml(data, policy_of(office))
    if not told.outlines and not told.refused:
        raise BadInput(
            words("Tệp OPML không có nguồn nào.", "The OPML file lists no feed."), field="file"
        )
    known = await _known(act)
    added = sum([await _put_outline(act, one, known) for one in told.outlines])
    return Imported(added=added, known=len(told.outlines) - added, refused=told.refused)


async def _known(act: Act) -> dict[str, str]:
    """The ids of the sources there are, by id and by name."""
    every = await press_source.everyone(act.session)
    return {row.name: row.id for row in reversed(every)} | {row.id: row.id for row in every}


async def _put_outline(act: Act, one: Outline, known: dict[str, str]) -> int:
    """Add one address to the source it belongs to; 0 where it is known, a new source is so then."""
    found = known.get(one.id) or known.get(one.name)
    if found is not None:
        return await press_source.add_addresses(act, found, {one.url: one.rule})
    made = _free_id(one.id or id_of(one.name), known)
    known[made] = known[one.name] = made
    new = NewSource(
        id=made,
        name=one.name,
        tier=one.tier,
        weight=one.weight,
        user_agent=one.user_agent,
        confidence=one.confidence,
        note=one.note,
        addresses={one.url: one.rule},
    )
    return await press_source.put_source(act, new)


async def export_opml(act: Act) -> str:
    """Every address of the records as OPML, list pages too; saved files have no place there."""
    return write_opml(
        Outline(
            name=source.name,
            url=feed.url,
            rule=feed.rule,
            id=source.id,
            tier=source.tier,
            weight=source.weight,
            user_agent=source.user_agent,
            confidence=source.confidence,
            note=source.note,
        )
        for feed, source in await press_feed.health(act.session)
        if not feed.url.startswith("file:")
    )


def page_rule(pattern: str) -> dict[str, Any]:
    """The rule of a list page that is read by the form of its article links. Raises BadInput."""
    try:
        return ListRule(link_pattern=pattern).model_dump(mode="json")
    except ValidationError as error:
        raise BadInput(
            words("Mẫu đường dẫn không hợp lệ.", "The link pattern is not valid."), field="pattern"
        ) from error


async def add_address(act: Act, name: str, url: str, rule: dict[str, Any] | None) -> int:
    """Add an address to the source of this name, which is made where there is none; 0 where the
    address is known.
    """
    if any(feed.url == url for feed, _ in await press_feed.health(act.session)):
        return 0
    return await _put_outline(act, Outline(name=name[:300], url=url, rule=rule), await _known(act))


def id_of(name: str) -> str:
    """The id that a source of this name gets: plain letters and digits."""
    plain = re.sub(r"[^a-z0-9]+", "-", unmarked(name).lower()).strip("-")
    return (plain or "nguon")[:60]


def _free_id(wanted: str, taken: Container[str]) -> str:
    """The id itself, or with the first number that no other source has."""
    tries = (wanted if n == 1 else f"{wanted[:56]}-{n}" for n in count(1))
    return next(one for one in tries if one not in taken)
