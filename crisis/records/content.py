"""Active content: which bytes of a playbook, law, directory, calendar or template set count."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.records import blob
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.content import ActiveContent
from crisis.records.upsert import put


class ContentKind(StrEnum):
    """What a content file is."""

    PLAYBOOK = "playbook"
    TEMPLATES = "templates"
    DIRECTORY = "directory"
    CONTACTS = "contacts"
    CALENDAR = "calendar"
    LAW = "law"


ACTIVATED = {
    ContentKind.PLAYBOOK: Action.PLAYBOOK_ACTIVATED,
    ContentKind.TEMPLATES: Action.TEMPLATE_ACTIVATED,
    ContentKind.DIRECTORY: Action.DIRECTORY_ACTIVATED,
    ContentKind.CONTACTS: Action.DIRECTORY_ACTIVATED,
    ContentKind.CALENDAR: Action.CALENDAR_ACTIVATED,
    ContentKind.LAW: Action.LAW_ACTIVATED,
}

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


async def activate(
    act: Act, kind: ContentKind, name: str, content: bytes, *, media_type: str = "application/yaml"
) -> str:
    """Put `content` in force as `kind`/`name` and return its SHA-256; earlier bytes stay readable.

    The same bytes again change nothing. Whoever calls has checked the content. `name` is lower-case
    ASCII, because it stands in the ledger (BadInput).
    """
    if not _NAME.fullmatch(name):
        raise BadInput(
            words(f"Tên “{name}” không hợp lệ.", f"“{name}” is no name for content."), field="name"
        )
    digest = await blob.keep(act, content, media_type)
    row = {"kind": kind.value, "name": name, "sha256": digest, "at": act.now}
    if await put(act.session, ActiveContent, row, only_if=ActiveContent.sha256 != digest):
        told = {"kind": kind.value, "name": name, "sha256": digest}
        await act.note(OFFICE_CHAIN, ACTIVATED[kind], told)
    return digest


async def active(session: AsyncSession, kind: ContentKind, name: str) -> tuple[str, bytes]:
    """Hash and bytes of what is in force; NotFound where nothing is."""
    digest = await active_hash(session, kind, name)
    if digest is None:
        raise NotFound(
            words(
                f"Chưa áp dụng {kind.value} “{name}”.",
                f"No {kind.value} “{name}” is in force.",
            )
        )
    return digest, await blob.fetch(session, digest)


async def active_hash(session: AsyncSession, kind: ContentKind, name: str) -> str | None:
    """Hash of what is in force; None where nothing is."""
    digest: str | None = await session.scalar(
        select(ActiveContent.sha256).where(
            ActiveContent.kind == kind.value, ActiveContent.name == name
        )
    )
    return digest


async def names(session: AsyncSession, kind: ContentKind) -> tuple[str, ...]:
    """Names in force of one kind, in order."""
    rows = await session.scalars(
        select(ActiveContent.name)
        .where(ActiveContent.kind == kind.value)
        .order_by(ActiveContent.name)
    )
    return tuple(rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActiveVersion:
    """One file in force, and since when."""

    kind: ContentKind
    name: str
    sha256: str
    at: datetime


async def versions(session: AsyncSession) -> tuple[ActiveVersion, ...]:
    """Everything in force."""
    rows = await session.scalars(select(ActiveContent))
    return tuple(
        ActiveVersion(kind=ContentKind(row.kind), name=row.name, sha256=row.sha256, at=row.at)
        for row in rows
    )


async def at_hash(session: AsyncSession, digest: str) -> bytes:
    """The bytes that an incident pinned, whatever is in force now."""
    return await blob.fetch(session, digest)
