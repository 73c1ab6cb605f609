"""The office of one process: its records, its settings, and what is in force there."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.calendar_source import office_calendar
from crisis.model.calendar import Calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import NotFound
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.words import Words, words
from crisis.records import content
from crisis.records.act import Act, Records
from crisis.records.content import ContentKind
from crisis.records.schema.incident import Incident
from crisis.records.seal import Seal, installation_seal
from crisis.settings import Settings
from crisis.writing.content_file import parse_content
from crisis.writing.shelf import Shelf

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

Value = TypeVar("Value", bound=BaseModel)


def local_day(at: datetime) -> date:
    """The day in Viet Nam at the instant `at`."""
    return at.astimezone(LOCAL).date()


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What is in force at the moment of an act: agencies, contacts, law and calendar."""

    directory_sha: str
    directory: Directory
    contacts: ContactBook
    law: Law
    calendar: Calendar


@dataclass(kw_only=True)
class Office:
    """One office: every value read from content is cached under the hash of its bytes."""

    settings: Settings
    records: Records
    seal: Seal
    _read: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def name(self) -> Words:
        """The office's name in both languages."""
        return Words(vi=self.settings.office_name_vi, en=self.settings.office_name_en)

    def secret(self, purpose: str) -> bytes:
        """A key for one purpose, derived from the installation's secret."""
        return self.seal.key_for(purpose)

    async def in_force(self, session: AsyncSession) -> InForce:
        """What is in force now."""
        directory_sha, directory = await self._active(session, ContentKind.DIRECTORY, Directory)
        return InForce(
            directory_sha=directory_sha,
            directory=directory,
            contacts=(await self._active(session, ContentKind.CONTACTS, ContactBook))[1],
            law=(await self._active(session, ContentKind.LAW, Law))[1],
            calendar=await self.calendar(session),
        )

    async def calendar(self, session: AsyncSession) -> Calendar:
        """The calendar in force, holidays computed and corrected by its table."""
        sha, table = await self._active(session, ContentKind.CALENDAR, CalendarTable)
        known = self._read.get((sha, "office_calendar"))
        if known is None:
            known = self._read[(sha, "office_calendar")] = office_calendar(table)
        made: Calendar = known
        return made

    async def playbook(self, session: AsyncSession, incident: Incident) -> Playbook:
        """The playbook that the incident pinned, or the active one of its name before that."""
        if incident.playbook_sha:
            return await self._read_value(
                session, incident.playbook_sha, Playbook, incident.playbook
            )
        return await self.playbook_named(session, incident.playbook)

    async def playbook_named(self, session: AsyncSession, name: str) -> Playbook:
        """The playbook of that name in force."""
        return (await self._active(session, ContentKind.PLAYBOOK, Playbook, name))[1]

    async def shelf(self, session: AsyncSession, incident: Incident | None) -> Shelf:
        """The templates that the incident pinned, or the active ones."""
        sha = incident.templates_sha if incident else None
        if sha is None:
            sha = await self._hash(session, ContentKind.TEMPLATES, ALL)
        known = self._read.get((sha, "shelf"))
        if known is None:
            bundle = json.loads(await content.at_hash(session, sha))
            files = {name: base64.b64decode(data) for name, data in bundle.items()}
            known = self._read[(sha, "shelf")] = Shelf.from_bytes(files)
        shelf: Shelf = known
        return shelf

    async def pin(self, act: Act, incident: Incident) -> None:
        """Freeze playbook and templates for the rest of the incident's life."""
        incident.playbook_sha = await self._hash(
            act.session, ContentKind.PLAYBOOK, incident.playbook
        )
        incident.templates_sha = await self._hash(act.session, ContentKind.TEMPLATES, ALL)

    async def _active(
        self, session: AsyncSession, kind: ContentKind, model: type[Value], name: str = ""
    ) -> tuple[str, Value]:
        sha = await self._hash(session, kind, name or kind.value)
        return sha, await self._read_value(session, sha, model, name or kind.value)

    async def _hash(self, session: AsyncSession, kind: ContentKind, name: str) -> str:
        """The hash of what is in force: asked every time, while its bytes are read once."""
        sha = await content.active_hash(session, kind, name)
        if sha is None:
            raise NotFound(
                words(
                    f"Chưa áp dụng {kind.value} “{name}”.", f"No {kind.value} “{name}” is in force."
                )
            )
        return sha

    async def _read_value(
        self, session: AsyncSession, sha: str, model: type[Value], name: str
    ) -> Value:
        known = self._read.get((sha, model.__name__))
        if known is None:
            data = await content.at_hash(session, sha)
            known = self._read[(sha, model.__name__)] = parse_content(data, model, name=name)
        value: Value = known
        return value


def open_office(settings: Settings) -> Office:
    """The office that `settings` describe; the composition point of every process."""
    return Office(
        settings=settings,
        records=Records(settings.records_url),
        seal=installation_seal(
            secret_key=settings.secret_key.get_secret_value(),
            var=settings.var,
            embedded=not settings.database_url,
        ),
    )


def bundled(folder: Path) -> bytes:
    """The templates under `folder` as one piece of content, the same bytes for the same files."""
    files = Shelf.from_folder(folder).files
    coded = {name: base64.b64encode(files[name]).decode() for name in sorted(files)}
    return json.dumps(coded, indent=0, sort_keys=True).encode()


async def seed(act: Act, settings: Settings, contacts: Path | None = None) -> None:
    """Activate the shipped content where nothing of its kind is active yet; check every file."""
    folder = settings.playbooks
    files: list[tuple[ContentKind, str, bytes, type[BaseModel]]] = [
        (kind, kind.value, (folder / f"{kind.value}.yaml").read_bytes(), model)
        for kind, model in SHIPPED.items()
    ]
    invented = contacts.read_bytes() if contacts else NO_CONTACTS
    files.append((ContentKind.CONTACTS, ContentKind.CONTACTS.value, invented, ContactBook))
    files += [
        (ContentKind.PLAYBOOK, path.stem, path.read_bytes(), Playbook)
        for path in sorted(folder.glob("*.yaml"))
        if path.stem not in OTHER_FILES
    ]
    for kind, name, data, model in files:
        if await content.active_hash(act.session, kind, name) is None:
            parse_content(data, model, name=f"{name}.yaml")
            await content.activate(act, kind, name, data)
    if await content.active_hash(act.session, ContentKind.TEMPLATES, ALL) is None:
        await content.activate(act, ContentKind.TEMPLATES, ALL, bundled(settings.templates))


SHIPPED: dict[ContentKind, type[BaseModel]] = {
    ContentKind.LAW: Law,
    ContentKind.DIRECTORY: Directory,
    ContentKind.CALENDAR: CalendarTable,
}
ALL = "templates"
OTHER_FILES = frozenset({"law", "directory", "calendar", "press_sources"})
NO_CONTACTS = b"invented: false\nnote: no contacts yet\n"
