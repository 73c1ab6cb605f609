"""`phatngon watch scan` and `watch sources`: what keeps records."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from crisis.office.press import alert as press_alert
from crisis.office.press import directory as press_directory
from crisis.office.press import folder as press_folder
from crisis.office.press import scan as press_scan
from crisis.office.press.directory import Imported
from crisis.office.press.scan import Round, Scan
from crisis.records import press_feed, press_source
from crisis.records.act import Act
from crisis.records.schema.press import PressFeed, PressSource
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import LANGUAGE, say
from desk.cli.tongue import told as cli_told
from desk.press.words import imported_words, state_words

ALL = "all"
HOLDER = f"scan:{socket.gethostname()}:{os.getpid()}"


async def scan(folder: Path | None, *, every: bool) -> Scan:
    """One round over the sources, or over the saved feeds of a folder."""
    async with opened() as office:
        if folder is not None:
            done = await press_folder.scan_folder(office, folder, holder=HOLDER)
        else:
            done = await press_scan.scan(office, Round(every=every), holder=HOLDER)
        async with office.records.act(OPERATOR) as act:
            await press_alert.tell(office, act)
    return done


def rows_of(done: Scan) -> list[dict[str, Any]]:
    """What the round did, one row for each address."""
    return [
        {
            "source": name,
            "url": url,
            "state": reading.state,
            "status": reading.status or None,
            "listed": reading.listed,
            "new": reading.fresh,
            "next_at": reading.next_at,
        }
        for name, url, reading in done.feeds
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is wanted of the sources: these on, those off (`all` for everyone), an OPML file in."""

    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    opml: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Every address with its health, and what became of an OPML file."""

    rows: list[dict[str, Any]]
    imported: Imported | None


async def sources(wish: Wish) -> Listed:
    """Every address with its health; the shipped ones are added where there is none yet."""
    imported = None
    async with opened() as office:
        async with office.records.act(OPERATOR) as act:
            if not await press_source.everyone(act.session):
                await press_directory.add_shipped(office, act)
            if wish.opml:
                imported = await press_directory.import_opml(office, act, wish.opml)
            for one in await _named(act, wish.on):
                await press_source.read_it(act, one, wanted=True)
            for one in await _named(act, wish.off):
                await press_source.read_it(act, one, wanted=False)
        async with office.records.look() as session:
            found = await press_feed.health(session)
    return Listed(rows=[_row(feed, source) for feed, source in found], imported=imported)


def told(listed: Listed) -> list[dict[str, Any]]:
    """The rows; what became of an OPML file is said beside them, each refused address by a line."""
    if listed.imported is not None:
        typer.echo(imported_words(listed.imported).in_(LANGUAGE), err=True)
        for one in listed.imported.refused:
            typer.echo(f"  {one.url}: {one.why.in_(LANGUAGE)}", err=True)
    return listed.rows


def _row(feed: PressFeed, source: PressSource) -> dict[str, Any]:
    return {
        "source": source.id,
        "name": source.name,
        "url": feed.url,
        "read": feed.next_at is not None,
        "state": feed.state,
        "said": state_words(feed.state).in_(LANGUAGE),
        "since": feed.since,
        "items": feed.items,
        "next_at": feed.next_at,
    }


async def _named(act: Act, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if ALL not in wanted:
        return wanted
    return tuple(row.id for row in await press_source.everyone(act.session))


SHIPPED_HELP = cli_told(
    "Thêm các nguồn mẫu còn thiếu; nguồn đã có giữ nguyên, nguồn mới chưa được đọc.",
    "Add the shipped sources that are missing; those there stay as they are, new ones unread.",
    "phatngon watch shipped",
)


def shipped() -> None:
    """The command."""
    added = work(_add_shipped())
    typer.echo(say(f"Đã thêm {added} địa chỉ.", f"Addresses added: {added}."))


async def _add_shipped() -> int:
    async with opened() as office, office.records.act(OPERATOR) as act:
        return await press_directory.add_shipped(office, act)


async def export_opml() -> str:
    """The feeds as OPML."""
    async with opened() as office, office.records.act(OPERATOR) as act:
        return await press_directory.export_opml(act)
