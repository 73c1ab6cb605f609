"""What a command about content starts from: what is in force here, else what ships."""

from dataclasses import dataclass, replace
from pathlib import Path

import typer

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.office.content.content_check import Bundle
from crisis.office.content.proposing import bundle_in_force
from crisis.records import content
from crisis.records.content import ContentKind
from crisis.settings import settings
from crisis.writing.content_file import read_content, read_placed
from desk.cli.check import bundle_at
from desk.cli.opened import opened, work
from desk.cli.shipped import playbooks
from desk.cli.tongue import say

DIRECTORY, CONTACTS = "directory.yaml", "contacts.yaml"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The content, and the texts of directory and contacts; `in_force` where an office is here."""

    bundle: Bundle
    texts: dict[str, str]
    in_force: bool

    @property
    def directory(self) -> Directory:
        """The directory to start from."""
        return self.bundle.directory.value

    @property
    def contacts(self) -> ContactBook | None:
        """The contacts to start from, if any are known."""
        return self.bundle.contacts.value if self.bundle.contacts else None

    def tell(self) -> None:
        """Say on standard error against which content the command works."""
        here = say(
            "Đối chiếu với nội dung đang áp dụng của văn phòng này.",
            "Held against the content in force in this office.",
        )
        shipped = say(
            "Ở đây chưa có văn phòng nào: đối chiếu với nội dung kèm theo.",
            "There is no office here: held against the content that ships.",
        )
        typer.echo(here if self.in_force else shipped, err=True)


def ground(base: Path | None = None, contacts: Path | None = None) -> Ground:
    """What is in force in the office here, as the desk has it; files that are named come first.

    Where there is no office, what ships; contacts are then known only by `contacts`.
    """
    found = work(_in_force()) if is_office_here() else _shipped()
    bundle, texts = found.bundle, dict(found.texts)
    if base is not None:
        bundle = replace(bundle, directory=read_placed(base, Directory))
        texts[DIRECTORY] = base.read_text("utf8")
    if contacts is not None:
        bundle = replace(bundle, contacts=read_placed(contacts, ContactBook))
        texts[CONTACTS] = contacts.read_text("utf8")
    return replace(found, bundle=bundle, texts=texts)


def directory_here() -> Directory:
    """The directory in force in the office here, else the one that ships."""
    if is_office_here():
        return ground().directory
    return read_content(playbooks() / DIRECTORY, Directory)


def is_office_here() -> bool:
    """Whether this configuration has records."""
    here = settings()
    return bool(here.database_url) or here.records_file.exists()


def _shipped() -> Ground:
    folder = playbooks()
    texts = {DIRECTORY: (folder / DIRECTORY).read_text("utf8")}
    return Ground(bundle=bundle_at(folder), texts=texts, in_force=False)


async def _in_force() -> Ground:
    async with opened(begin=False) as office, office.records.look() as session:
        bundle = await bundle_in_force(office, session)
        texts = {
            f"{kind.value}.yaml": (await content.active(session, kind, kind.value))[1].decode()
            for kind in (ContentKind.DIRECTORY, ContentKind.CONTACTS)
        }
    return Ground(bundle=bundle, texts=texts, in_force=True)
