"""What one process keeps in mind while it reads the press: the judge, and the last days' stories.

The records are the truth: before each round the reader catches up with what others recorded.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from weakref import WeakKeyDictionary

from crisis.model.directory import Directory
from crisis.model.place import COMMUNE_RANKS, Rank
from crisis.model.resolution import resolve
from crisis.office.office import Office, local_day
from crisis.records import blob, press_item, press_model
from crisis.records.act import Act, Records
from crisis.records.press_judgement import Judged
from crisis.records.schema.lesson import PressModel
from crisis.records.schema.press import PressItem
from crisis.watch.group import Grouper, Item, load_grouper
from crisis.watch.judge import Judge, load_judge
from crisis.watch.phrase import Phrases, found_in, phrases_of
from crisis.watch.subject import Subjects, load_subjects
from crisis.watch.word_weight import read_learned
from crisis.watch.wording import tokens_of

WINDOW = timedelta(hours=72)
BATCH = 2_000
MOST_AGENCIES = 4


@dataclass(kw_only=True)
class Reader:
    """The judge in force with its version, and the grouper with the last item it knows."""

    judge: Judge
    shipped_version: str
    subjects: Subjects
    directory: Directory
    day: date
    version: str
    grouper: Grouper
    bodies: Phrases
    upto: int = 0

    def judged(self, title: str, lead: str) -> Judged:
        """The judgement of a headline and lead as the records keep it."""
        found = self.judge.judge(title, lead)
        topics = self.subjects.topics_of(title, lead)
        places = self.subjects.places_of(title, lead)
        agencies: tuple[str, ...] = ()
        if found.gov or found.place or self.judge.own in found.provinces:
            told = found_in(tokens_of(f"{title}. {lead}"), self.bodies)
            agencies = tuple(dict.fromkeys(told))[:MOST_AGENCIES]
        if not agencies and (found.gov or found.place):
            agencies = self._answering(topics, places)
        return Judged(
            version=self.version,
            gov=found.gov,
            place=found.place,
            alert=found.alert,
            severity=found.severity,
            tone=found.sentiment,
            score=found.score,
            agencies=agencies,
            topics=topics,
            places=places,
            provinces=found.provinces,
            why=tuple(reason.model_dump(mode="json") for reason in found.why),
        )

    def _answering(self, topics: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
        """The bodies that answer for such a matter, the lead first."""
        found = resolve(self.directory, topics=topics, places=places, on=self.day)
        all_of_them = [found.lead, *found.coordinating]
        return tuple(one.id for one in all_of_them if one is not None)[:MOST_AGENCIES]


_READERS: WeakKeyDictionary[Records, Reader] = WeakKeyDictionary()


async def reader_of(office: Office, act: Act) -> Reader:
    """The reader of this process, brought up to what stands in the records now."""
    folder = office.settings.playbooks / "watch"
    directory = (await office.in_force(act.session)).directory
    day = local_day(act.now)
    own, communes = province_of(directory, day)
    shipped = version_of(folder, own)
    model = await press_model.in_force(act.session)
    version = f"{shipped}+{model.number}" if model else shipped
    reader = _READERS.get(office.records)
    if reader is None or (reader.version, reader.day) != (version, day):
        reader = Reader(
            judge=await _judge(act, load_judge(folder, own=own, communes=communes), model),
            shipped_version=shipped,
            subjects=load_subjects(folder, communes),
            directory=directory,
            day=day,
            version=version,
            grouper=load_grouper(folder, hours=int(WINDOW.total_seconds() // 3600)),
            bodies=phrases_of((one.name.vi, one.id) for one in directory.in_force(day)),
        )
        _READERS[office.records] = reader
    await _catch_up(reader, act)
    return reader


async def _judge(act: Act, shipped: Judge, model: PressModel | None) -> Judge:
    """The shipped judge, with what the office taught it where a version is in force."""
    if model is None:
        return shipped
    content = await blob.fetch(act.session, model.sha256)
    return replace(shipped, office=read_learned(content.decode()))


def forget(office: Office) -> None:
    """Begin anew with the next round: this reader may know what the records do not."""
    _READERS.pop(office.records, None)


def province_of(directory: Directory, day: date) -> tuple[str, dict[str, str]]:
    """The name of the province in force on a day, and its communes with their rank by code."""
    standing = [place for place in directory.places if place.in_force(day)]
    own = next((place.name for place in standing if place.rank is Rank.TINH), "")
    return own, {p.label.vi: p.code for p in standing if p.rank in COMMUNE_RANKS}


def version_of(folder: Path, own: str) -> str:
    """The name of the shipped judge with these lists: a change of a list is another version."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".yaml", ".tsv"})
    told = sha256(own.encode() + b"".join(file.read_bytes() for file in files))
    return f"shipped-{told.hexdigest()[:12]}"


async def _catch_up(reader: Reader, act: Act) -> None:
    while True:
        rows = await press_item.after_number(
            act.session, reader.upto, since=act.now - WINDOW, limit=BATCH
        )
        for row, judged in rows:
            item = told(row, judged.tone, tuple(judged.topics))
            reader.grouper.remember(item, row.story_id, row.copy_of)
            reader.upto = row.number
        if len(rows) < BATCH:
            return


def told(row: PressItem, tone: str, topics: tuple[str, ...]) -> Item:
    """An item as the grouper takes it; a date that cannot be true does not move its window."""
    at = row.seen_at if row.published_at is None else min(row.published_at, row.seen_at)
    return Item(
        id=row.id,
        title=row.title,
        lead=row.lead,
        link=row.link,
        source=row.source_id,
        at=max(at, row.seen_at - WINDOW),
        tone=tone,
        topics=topics,
    )
