"""Claims and what stands about each: concluded anew, in one act, whenever an answer changes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.claim import Claim, Conclusion, Evidence, Finding, IsSubordinate, conclude
from crisis.model.verdict import Verdict
from crisis.model.words import Words
from crisis.records import assignment, evidence_origin
from crisis.records.act import Act
from crisis.records.assignment import Status
from crisis.records.schema.assignment import (
    Answer,
    Assignment,
    EvidenceOrigin,
    EvidenceRow,
    FindingRow,
)
from crisis.records.schema.incident import ClaimRow, Incident
from crisis.records.task_work import evidence_of


async def add(act: Act, incident: Incident, claim: Claim) -> ClaimRow:
    """Add an allegation with the next number; `claim.number` and `claim.id` are given here."""
    last = await act.session.scalar(
        select(func.max(ClaimRow.number)).where(ClaimRow.incident_id == incident.id)
    )
    row = ClaimRow(
        incident_id=incident.id,
        number=(last or 0) + 1,
        text_vi=claim.text.vi,
        text_en=claim.text.en,
        about=claim.about,
        opinion=claim.opinion,
        out_of_scope=claim.out_of_scope,
        under_investigation=claim.under_investigation,
        verdict=Verdict.UNVERIFIED_YET.value,
    )
    act.session.add(row)
    await act.session.flush()
    await act.note(
        incident.code,
        Action.CLAIM_ADDED,
        {"claim": row.id, "number": row.number, "about": row.about, "opinion": row.opinion},
    )
    return row


async def of_incident(session: AsyncSession, incident_id: str) -> Sequence[ClaimRow]:
    """The claims of an incident in order."""
    rows = await session.scalars(
        select(ClaimRow).where(ClaimRow.incident_id == incident_id).order_by(ClaimRow.number)
    )
    return list(rows)


def value_of(row: ClaimRow) -> Claim:
    """The claim as a value."""
    return Claim(
        id=row.id,
        number=row.number,
        text=Words(vi=row.text_vi, en=row.text_en),
        about=row.about,
        opinion=row.opinion,
        out_of_scope=row.out_of_scope,
        under_investigation=row.under_investigation,
    )


async def findings_of(
    session: AsyncSession, incident: Incident
) -> dict[str, list[tuple[FindingRow, Answer, Assignment]]]:
    """The findings that count, by claim: those of the newest answer of each task not recalled."""
    newest = (
        select(Answer.assignment_id, func.max(Answer.version).label("version"))
        .join(Assignment, Assignment.id == Answer.assignment_id)
        # Said here as well: else the newest answer of every task there is would be sought.
        .where(Assignment.incident_id == incident.id)
        .group_by(Answer.assignment_id)
        .subquery()
    )
    rows = await session.execute(
        select(FindingRow, Answer, Assignment)
        .join(Answer, Answer.id == FindingRow.answer_id)
        .join(
            newest,
            (newest.c.assignment_id == Answer.assignment_id) & (newest.c.version == Answer.version),
        )
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(
            Assignment.incident_id == incident.id,
            Assignment.status != Status.RECALLED.value,
        )
        .order_by(Assignment.lead.desc(), Assignment.made_at, Assignment.id)
    )
    found: dict[str, list[tuple[FindingRow, Answer, Assignment]]] = defaultdict(list)
    for finding, made, task in rows:
        found[finding.claim_id].append((finding, made, task))
    return found


async def conclusions_of(
    session: AsyncSession, incident: Incident, is_subordinate: IsSubordinate
) -> tuple[Conclusion, ...]:
    """What stands about every claim of the incident, computed from what was answered."""
    origins = await evidence_origin.of_incident(session, incident.id)
    evidence = {
        key: _evidence(row, origins.get(key))
        for key, row in (await evidence_of(session, incident)).items()
    }
    found = await findings_of(session, incident)
    tasks = await assignment.of_incident(session, incident.id)
    return tuple(
        conclude(
            replace(value_of(row), awaited=_awaited(row, tasks)),
            [_finding(one, evidence) for one in found.get(row.id, []) if _counts(row, one)],
            is_subordinate,
        )
        for row in await of_incident(session, incident.id)
    )


def must_answer(row: ClaimRow, task: Assignment) -> bool:
    """The lead answers every claim of its task, a supporting agency those about itself."""
    return task.lead or task.agency == row.about


def _awaited(row: ClaimRow, tasks: Sequence[Assignment]) -> bool:
    return any(
        assignment.is_open(task) and row.id in task.claims and must_answer(row, task)
        for task in tasks
    )


def _counts(row: ClaimRow, one: tuple[FindingRow, Answer, Assignment]) -> bool:
    """A supporting agency that knows nothing of a claim says nothing about it."""
    finding, _, task = one
    return must_answer(row, task) or finding.verdict != Verdict.UNVERIFIED_YET.value


def _finding(one: tuple[FindingRow, Answer, Assignment], evidence: dict[str, Evidence]) -> Finding:
    row, made, task = one
    return Finding(
        id=row.id,
        agency=task.agency,
        person=made.by_name,
        verdict=Verdict(row.verdict),
        explanation=Words(vi=row.fact_vi, en=row.fact_en),
        evidence=tuple(evidence[key] for key in row.evidence if key in evidence),
    )


def _evidence(row: EvidenceRow, origin: EvidenceOrigin | None) -> Evidence:
    return Evidence(
        id=row.id,
        title=row.title,
        sha256=row.sha256 or "",
        holder=row.holder,
        issued_on=row.issued_on,
        issuer=origin.body if origin else None,
    )


async def conclude_all(
    act: Act, incident: Incident, is_subordinate: IsSubordinate
) -> tuple[Conclusion, ...]:
    """Write down what now stands about each claim; every change is a ledger entry."""
    conclusions = await conclusions_of(act.session, incident, is_subordinate)
    rows = {row.id: row for row in await of_incident(act.session, incident.id)}
    for one in conclusions:
        row, block = rows[one.claim.id], one.block.value if one.block else None
        if (row.verdict, row.block) == (one.verdict.value, block):
            continue
        row.verdict, row.block = one.verdict.value, block
        await act.note(
            incident.code,
            Action.CLAIM_CONCLUDED,
            {
                "claim": row.id,
                "verdict": row.verdict,
                "block": block,
                "findings": [finding.id for finding in one.findings],
                "evidence": [piece.sha256 for piece in one.evidence],
            },
        )
    await act.session.flush()
    return conclusions
