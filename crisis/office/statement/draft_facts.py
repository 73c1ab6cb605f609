"""The facts that a statement may state: what was raised, what was found, what will be done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from crisis.model.agency import Agency
from crisis.model.claim import Conclusion
from crisis.model.draft import (
    ClaimFacts,
    DraftFacts,
    EvidenceRef,
    PressDesk,
    Raised,
    Remedy,
)
from crisis.model.statement import StatementKind
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.office.office import Office, local_day
from crisis.office.post import coordinator
from crisis.office.statement.speaker import spokesperson
from crisis.records import claim, protected_name
from crisis.records.act import Act
from crisis.records.incident import subject
from crisis.records.schema.incident import Report

HOLDING_WORK = words(
    "Đã giao các cơ quan có trách nhiệm kiểm tra, xác minh từng nội dung được phản ánh",
    "The responsible agencies were asked to verify every point that was raised",
)


async def facts_of(
    office: Office,
    act: Act,
    standing: Standing,
    kind: StatementKind,
    *,
    next_update_at: Any,
) -> DraftFacts:
    """Everything that may stand in a statement about the incident now."""
    row = standing.incident
    lead = standing.resolution.lead
    return DraftFacts(
        office=office.name,
        spokesperson=await spokesperson(act, row.id),
        desk=await _desk(office, act, standing),
        subject=subject(row),
        severity=standing.severity,
        exercise=row.exercise,
        raised=await _raised(act, row.id),
        claims=tuple(_claim_facts(c, standing) for c in standing.conclusions),
        remedies=() if kind is StatementKind.HOLDING else await _remedies(act, standing),
        doing=standing.playbook.holding.doing or HOLDING_WORK,
        advice=standing.playbook.holding.advice,
        leading=_named(lead) if lead else office.name,
        next_update_at=next_update_at,
        explanation=_explanation(standing.conclusions),
        referred_to=_named(lead) if lead else None,
        personal_names=await protected_name.of_incident(act.session, row.id),
    )


async def _desk(office: Office, act: Act, standing: Standing) -> PressDesk:
    contact = await coordinator(act, standing.incident)
    phone = office.settings.office_phone or contact.phone
    return PressDesk(name=office.name, phone=phone, email=office.settings.office_mailbox)


def _named(agency: Agency) -> Words:
    return Words(vi=agency.name.vi, en=agency.name.en)


async def _raised(act: Act, incident_id: str) -> tuple[Raised, ...]:
    rows = await act.session.scalars(
        select(Report).where(Report.incident_id == incident_id).order_by(Report.received_at)
    )
    return tuple(
        Raised(
            outlet=row.outlet,
            title=row.title,
            published_on=local_day(row.published_at or row.received_at),
        )
        for row in rows
    )


def _claim_facts(conclusion: Conclusion, standing: Standing) -> ClaimFacts:
    truth = conclusion.findings[0].explanation if conclusion.findings else None
    return ClaimFacts(
        id=conclusion.claim.id,
        text=conclusion.claim.text,
        verdict=conclusion.verdict,
        truth=truth if conclusion.settled else None,
        evidence=tuple(
            EvidenceRef(
                title=Words(vi=piece.title, en=piece.title),
                holder=_holder(piece.holder, standing),
                dated=piece.issued_on,
            )
            for piece in conclusion.evidence
        ),
    )


def _holder(written: str, standing: Standing) -> Words:
    """The holder's name in both languages where the directory knows it."""
    for agency in standing.force.directory.bodies:
        if written in (agency.id, agency.name.vi):
            return _named(agency)
    return Words(vi=written, en=written)


async def _remedies(act: Act, standing: Standing) -> tuple[Remedy, ...]:
    found = await claim.findings_of(act.session, standing.incident)
    told = []
    for rows in found.values():
        for finding, _, task in rows:
            if finding.remedy:
                told.append(_remedy(finding.remedy, Words(vi=task.name_vi, en=task.name_en)))
    return tuple({(r.what.vi, r.who.vi, r.by): r for r in told}.values())


def _remedy(written: dict[str, Any], agency: Words) -> Remedy:
    by = written.get("by")
    who = written.get("who_vi") or agency.vi
    return Remedy(
        what=Words(vi=written["what_vi"], en=written.get("what_en", "")),
        who=Words(vi=who, en=written.get("who_en") or (agency.en if who == agency.vi else "")),
        by=date.fromisoformat(by) if by else None,
    )


def _explanation(conclusions: Sequence[Conclusion]) -> Words | None:
    said = [c.findings[0].explanation for c in conclusions if c.claim.opinion and c.findings]
    return said[0] if said else None
