"""A folder of saved feeds taken in like sources: the watch without any network."""

from pathlib import Path

from crisis.intake.feed import FeedReading
from crisis.intake.fetched import Fetched, FetchState
from crisis.intake.saved_feed import name_of, read_folder
from crisis.model.errors import NotFound, Stale
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.press import reader as press_reader
from crisis.office.press.directory import add_shipped, id_of
from crisis.office.press.outcome import taken_in
from crisis.office.press.raising import raise_stories
from crisis.office.press.scan import DUTY, LEASE_SECONDS, UNDER_WAY, Scan
from crisis.office.press.taking import take
from crisis.records import leader, press_feed, press_source
from crisis.records.act import SYSTEM, Act
from crisis.records.press_feed import Reading
from crisis.records.press_source import NewSource
from crisis.records.schema.press import PressSource


async def scan_folder(office: Office, folder: Path, *, holder: str) -> Scan:
    """Take in every saved feed of a folder; each file is an address of the source it is named for.

    `tuoitre.xml` and `tuoitre-2.xml.gz` belong to the source `tuoitre`, shipped or added; a feed of
    another name makes a source of its own, and what is no feed makes none. Raises NotFound, Stale.
    """
    if not folder.is_dir():
        raise NotFound(words(f"Không có thư mục {folder}.", f"There is no folder {folder}."))
    done = Scan()
    async with office.records.act(SYSTEM) as act:
        if not await press_source.everyone(act.session):
            await add_shipped(office, act)
    for path, reading in read_folder(folder):
        async with office.records.act(SYSTEM) as act:
            if not await leader.hold(act, DUTY, holder, LEASE_SECONDS):
                raise Stale(UNDER_WAY)
            await _take_file(office, act, path, reading, done)
    async with office.records.act(SYSTEM) as act:
        await leader.release(act, DUTY, holder)
    return done


async def _take_file(
    office: Office, act: Act, path: Path, reading: FeedReading, done: Scan
) -> None:
    url = f"file:{path.name}"
    source = await _source_of(act, path, url, made=bool(reading.items))
    if source is None:
        done.feeds.append((path.name, url, Reading(state=reading.state.value, good=False)))
        return
    feed = await press_feed.by_url(act.session, url)
    reader = await press_reader.reader_of(office, act)
    taken = await take(act, reader, feed, reading.items)
    saved = Fetched(state=FetchState.FETCHED, url=url)
    outcome = taken_in(act, feed, saved, reading, taken)
    done.raised += await raise_stories(office, act, taken.live)
    await press_feed.record(act, feed.id, outcome)
    done.taken.add(taken)
    done.feeds.append((source.name, url, outcome))


async def _source_of(act: Act, path: Path, url: str, *, made: bool) -> PressSource | None:
    """The source that the file is named for, with the file as one of its addresses; one of its own
    is `made` where none is known.
    """
    name = name_of(path).stem
    stem = id_of(name)
    known = await press_source.everyone(act.session)
    named = [one for one in known if stem == one.id or stem.startswith(f"{one.id}-")]
    found = max(named, key=lambda one: len(one.id), default=None)
    if found is not None:
        await press_source.add_addresses(act, found.id, {url: None})
        return found
    if not made:
        return None
    await press_source.put_source(act, NewSource(id=stem, name=name[:300], addresses={url: None}))
    return await press_source.by_id(act.session, stem)
