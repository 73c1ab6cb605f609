"""Changing playbooks, law, directory, contacts, calendar: proposed, checked, confirmed by two."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.errors import BadInput, RuleBroken, Stale
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.words import words
from crisis.office.content.content_check import Bundle, Found, check, newly, statement_templates
from crisis.office.office import ALL, Office, local_day
from crisis.records import content, proposal
from crisis.records.act import Act
from crisis.records.content import ContentKind
from crisis.records.proposal import ProposalState
from crisis.records.schema.proposal import ContentProposal
from crisis.writing.content_file import Model, Placed, parse_placed

MODELS: dict[ContentKind, type[BaseModel]] = {
    ContentKind.PLAYBOOK: Playbook,
    ContentKind.LAW: Law,
    ContentKind.DIRECTORY: Directory,
    ContentKind.CONTACTS: ContactBook,
    ContentKind.CALENDAR: CalendarTable,
}
"""What the desk can change; templates come with a release."""


OVERTAKEN = words(
    "Nội dung này đã thay đổi sau khi đề nghị; xin đề nghị lại trên bản mới.",
    "This content changed after the proposal; please propose again on the new version.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """New bytes for one file."""

    kind: ContentKind
    name: str
    data: bytes


async def bundle_in_force(office: Office, session: AsyncSession) -> Bundle:
    """Everything in force, as it is checked together."""
    names = await content.names(session, ContentKind.PLAYBOOK)
    playbooks = [await _placed(session, ContentKind.PLAYBOOK, name, Playbook) for name in names]
    templates = await content.active_hash(session, ContentKind.TEMPLATES, ALL)
    shelf = await office.shelf(session, None)
    return Bundle(
        law=await _placed(session, ContentKind.LAW, "law", Law),
        directory=await _placed(session, ContentKind.DIRECTORY, "directory", Directory),
        calendar=await _placed(session, ContentKind.CALENDAR, "calendar", CalendarTable),
        contacts=await _placed(session, ContentKind.CONTACTS, "contacts", ContactBook),
        playbooks=tuple(playbooks),
        templates=statement_templates(shelf) if templates else frozenset(),
    )


async def _placed(
    session: AsyncSession, kind: ContentKind, name: str, model: type[Model]
) -> Placed[Model]:
    _, data = await content.active(session, kind, name)
    return parse_placed(data, model, name=f"{name}.yaml")


def with_change(bundle: Bundle, change: Change) -> Bundle:
    """The bundle with one file replaced or added. Raises ContentErrors."""
    name = f"{change.name}.yaml"
    if change.kind is ContentKind.PLAYBOOK:
        new = parse_placed(change.data, Playbook, name=name)
        others = tuple(one for one in bundle.playbooks if one.name != new.name)
        return replace(bundle, playbooks=(*others, new))
    part: Any = parse_placed(change.data, MODELS[change.kind], name=name)
    return replace(bundle, **{change.kind.value: part})


async def new_findings(before: Bundle, after: Bundle, on: date) -> tuple[Found, ...]:
    """What is wrong after a change and was not wrong before it, refused things first.

    Checking takes seconds, in a thread of its own: whoever else asks the desk is answered.
    """
    was = await asyncio.to_thread(check, before, on)
    return newly(was, await asyncio.to_thread(check, after, on))


async def propose(office: Office, act: Act, change: Change, reason: str) -> ContentProposal:
    """Propose a change of one file.

    Raises ContentErrors where the file is wrong, BadInput without a reason, where nothing changes,
    where a playbook's id is not its name, where the version is not raised, or where the change
    breaks something that held before.
    """
    before = await bundle_in_force(office, act.session)
    after = await asyncio.to_thread(with_change, before, change)
    kind, name, digest = change.kind, change.name, sha256(change.data).hexdigest()
    same = await content.active_hash(act.session, kind, name) == digest
    if same or not reason.strip():
        raise BadInput(
            words(
                "Xin thay đổi nội dung và ghi lý do, căn cứ của thay đổi.",
                "Please change something, and give the reason and basis of the change.",
            ),
            field="reason",
        )
    if kind is ContentKind.PLAYBOOK:
        _check_id(after, name)
    found = await new_findings(before, after, local_day(act.now))
    broken = [one for one in found if one.refused]
    if broken:
        told = [(f"{one.place}: {one.says.vi}", f"{one.place}: {one.says.en}") for one in broken]
        raise BadInput(
            words("\n".join(vi for vi, _ in told), "\n".join(en for _, en in told)), field="text"
        )
    _check_version(before, after, change)
    return await proposal.propose(act, kind, name, change.data, reason)


def _check_id(after: Bundle, name: str) -> None:
    playbook = after.playbooks[-1].value
    if playbook.id != name:
        raise BadInput(
            words(
                f"'id' của kịch bản phải là '{name}', không phải '{playbook.id}'.",
                f"The playbook's 'id' has to be '{name}', not '{playbook.id}'.",
            ),
            field="text",
        )


def _check_version(before: Bundle, after: Bundle, change: Change) -> None:
    """A file with a version gets a higher one: an incident is told by it what it began under."""
    old, new = (_version(bundle, change) for bundle in (before, after))
    if old is not None and new is not None and new <= old:
        raise BadInput(
            words(
                f"Bản đang áp dụng là số {old}: xin ghi 'version' lớn hơn, ví dụ {old + 1}.",
                f"Version {old} is in force: please give a higher 'version', such as {old + 1}.",
            ),
            field="text",
        )


def _version(bundle: Bundle, change: Change) -> int | None:
    """The number that the file gives itself; None where it is new or its kind has none."""
    if change.kind is ContentKind.PLAYBOOK:
        named = (one.value for one in bundle.playbooks if one.value.id == change.name)
        return next((playbook.version for playbook in named), None)
    placed = getattr(bundle, change.kind.value)
    return getattr(placed.value, "version", None) if placed else None


async def confirm(office: Office, act: Act, row: ContentProposal) -> None:
    """Put a proposed version in force, as its second person.

    Raises RuleBroken for the proposer, Stale where another version came in force meanwhile or the
    proposal is decided.
    """
    if row.by == act.actor.id:
        raise RuleBroken(
            words(
                "Người đề nghị không tự xác nhận; cần người thứ hai.",
                "Whoever proposed a change cannot confirm it; a second person has to.",
            ),
            rule="four_eyes",
        )
    kind = ContentKind(row.kind)
    if await proposal.is_overtaken(act.session, row):
        raise Stale(OVERTAKEN)
    await proposal.decide(act, row, ProposalState.CONFIRMED, "")
    await content.activate(act, kind, row.name, await content.at_hash(act.session, row.sha256))


async def refuse(act: Act, row: ContentProposal, reason: str) -> None:
    """Refuse a proposal, or withdraw one's own. Raises BadInput without a reason, Stale."""
    if not reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give a reason."), field="answer")
    own = row.by == act.actor.id
    state = ProposalState.WITHDRAWN if own else ProposalState.REFUSED
    await proposal.decide(act, row, state, reason)
