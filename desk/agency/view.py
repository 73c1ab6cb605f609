"""Everything a task page shows, read in one transaction that changes nothing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crisis.model.letter_part import Contact, PressItem
from crisis.model.verdict import CONTESTING, VERDICT_WORDS, Verdict
from crisis.model.words import Words
from crisis.office.agency.assignment_letter import press_items
from crisis.office.office import Office, local_day
from crisis.office.post import contact_of, coordinator
from crisis.records import answer_version, claim, task_message
from crisis.records.act import Act
from crisis.records.answer_version import AnswerVersion
from crisis.records.incident import subject
from crisis.records.schema.assignment import Assignment, EvidenceRow, TaskLink, TaskMessage
from crisis.records.schema.incident import ClaimRow, Incident
from crisis.records.task_link import Held, open_link
from crisis.records.task_work import evidence_of
from desk.agency.form import Draft, as_sent, completed
from desk.agency.link import is_writable
from desk.door.app_state import reading


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task as its agency sees it. `draft` is what the form holds, `number` how often it was kept.

    `page` tells one opened page from another, so that nobody overwrites a colleague unseen.
    """

    assignment: Assignment
    link: TaskLink
    incident: Incident
    subject: Words
    coordinator: Contact
    items: tuple[PressItem, ...]
    claims: tuple[ClaimRow, ...]
    required: frozenset[str]
    versions: Sequence[AnswerVersion]
    evidence: dict[str, EvidenceRow]
    messages: Sequence[TaskMessage]
    verdicts: dict[Verdict, Words]
    agencies: tuple[Words, ...]
    draft: Draft
    number: int
    page: str
    writable: bool
    now: datetime

    @property
    def name(self) -> Words:
        """The agency's name as it stood when the task was given."""
        return Words(vi=self.assignment.name_vi, en=self.assignment.name_en)

    @property
    def latest(self) -> AnswerVersion | None:
        """The answer that counts."""
        return self.versions[0] if self.versions else None

    @property
    def unproven(self) -> tuple[int, ...]:
        """Numbers of claims that the latest answer contests without evidence."""
        if self.latest is None:
            return ()
        found = self.latest.findings
        return tuple(
            c.number
            for c in self.claims
            if c.id in found
            and Verdict(found[c.id].verdict) in CONTESTING
            and not found[c.id].evidence
        )

    @property
    def is_amending(self) -> bool:
        """Whether a draft lies over an answer that was sent."""
        return self.latest is not None and self.assignment.draft is not None


async def read_task(office: Office, token: str) -> TaskView:
    """The task of this link. Raises what `open_link` raises."""
    async with reading(office) as act:
        return await view_of(office, act, await open_link(act.session, token))


async def view_of(office: Office, act: Act, held: Held) -> TaskView:
    """The task that `held` opens."""
    session, row = act.session, held.assignment
    force = await office.in_force(session)
    versions = await answer_version.of_task(session, row.id)
    kept: dict[str, Any] | None = row.draft
    rows = await claim.of_incident(session, held.incident.id)
    return TaskView(
        assignment=row,
        link=held.link,
        incident=held.incident,
        subject=subject(held.incident),
        coordinator=contact_of(await coordinator(act, held.incident)),
        items=await press_items(act, held.incident.id),
        claims=tuple(one for one in rows if one.id in row.claims),
        required=required_of(row, rows),
        versions=versions,
        evidence=await own_evidence(act, held),
        messages=await task_message.of_assignment(session, row.id),
        verdicts=VERDICT_WORDS,
        agencies=tuple(
            Words(vi=a.name.vi, en=a.name.en)
            for a in force.directory.in_force(local_day(act.now))
            if a.id != row.agency
        ),
        draft=_form(row, versions),
        number=int((kept or {}).get("number", 0)),
        page=secrets.token_urlsafe(9),
        writable=is_writable(held),
        now=act.now,
    )


def required_of(row: Assignment, claims: Sequence[ClaimRow]) -> frozenset[str]:
    """What must be answered: everything by the lead, by others at least what is about them."""
    asked = [one for one in claims if one.id in row.claims]
    return frozenset(one.id for one in asked if row.lead or one.about == row.agency)


async def own_evidence(act: Act, held: Held) -> dict[str, EvidenceRow]:
    """The evidence that was handed in on this task, by id."""
    rows = await evidence_of(act.session, held.incident)
    return {key: row for key, row in rows.items() if row.assignment_id == held.assignment.id}


def _form(row: Assignment, versions: Sequence[AnswerVersion]) -> Draft:
    if row.draft is None and versions:
        return as_sent(versions[0], row.claims)
    return completed(row.draft, row.claims)
