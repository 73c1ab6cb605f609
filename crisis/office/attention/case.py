"""Incidents that wait for the coordinator: to be judged, cleared up, decided, drafted, closed."""

from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.claim import Block, Conclusion
from crisis.model.decision import decide
from crisis.model.incident import Stage
from crisis.model.resolution import resolve
from crisis.model.severity import Severity
from crisis.model.statement import KIND_WORDS, Lifecycle, StatementKind
from crisis.model.verdict import Verdict
from crisis.model.words import Words
from crisis.office.attention.waiting import LIMIT, Sort, Wish, in_stage, values
from crisis.office.office import Office, local_day
from crisis.records import claim
from crisis.records.act import Act
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import ClaimRow, Incident, runs
from crisis.records.schema.statement import StatementRow


async def candidates(act: Act) -> AsyncIterator[Wish]:
    """Reports that no named person has confirmed yet."""
    async for case in in_stage(act.session, Stage.CANDIDATE):
        yield Wish(sort=Sort.CONFIRM, incident=case, about=None, at=case.received_at)


async def unclear(act: Act) -> AsyncIterator[Wish]:
    """Claims whose findings do not carry a conclusion."""
    blocks = (Block.ANSWERS_DIFFER, Block.OWN_WORD_ONLY, Block.NO_EVIDENCE)
    rows = await act.session.execute(
        select(ClaimRow, Incident)
        .join(Incident, Incident.id == ClaimRow.incident_id)
        .where(
            ClaimRow.block.in_([block.value for block in blocks]),
            Incident.stage.in_([Stage.OPEN.value, Stage.VERIFYING.value]),
        )
        .order_by(Incident.stage_since, ClaimRow.number)
        .limit(LIMIT)
    )
    for row, case in rows:
        yield Wish(
            sort=Sort.CLEAR_UP,
            incident=case,
            about=Words(vi=row.text_vi, en=row.text_en),
            at=case.stage_since,
            target=row.id,
        )


async def blocked(act: Act) -> AsyncIterator[Wish]:
    """Incidents whose next step cannot be done until a person acts."""
    rows = await act.session.scalars(
        select(Incident)
        .where(Incident.blocked.is_not(None), runs())
        .order_by(Incident.stage_since, Incident.id)
        .limit(LIMIT)
    )
    for case in rows:
        if case.blocked:
            about = Words(vi=case.blocked["vi"], en=case.blocked["en"])
            yield Wish(sort=Sort.UNBLOCK, incident=case, about=about, at=case.stage_since)


async def drafts(act: Act) -> AsyncIterator[Wish]:
    """Drafts in nobody's hands but the coordinator's: returned, blocked, or rejected for good."""
    rows = await act.session.execute(
        select(StatementRow, Incident)
        .join(Incident, Incident.id == StatementRow.incident_id)
        .where(
            StatementRow.lifecycle.in_([Lifecycle.DRAFT.value, Lifecycle.REJECTED.value]),
            runs(),
            Incident.stage.not_in(values({Stage.PUBLISHED, Stage.MONITORING})),
        )
        .order_by(StatementRow.made_at)
        .limit(LIMIT)
    )
    for row, case in rows:
        if row.lifecycle == Lifecycle.DRAFT.value or await _last(act.session, row):
            yield Wish(
                sort=Sort.REVISE,
                incident=case,
                about=KIND_WORDS[StatementKind(row.kind)],
                at=case.stage_since,
                target=row.id,
            )


async def _last(session: AsyncSession, row: StatementRow) -> bool:
    """Whether no later statement took the place of this rejected one."""
    if row.kind == StatementKind.HOLDING.value:
        return False
    later = await session.scalar(
        select(StatementRow.id)
        .where(StatementRow.incident_id == row.incident_id, StatementRow.made_at > row.made_at)
        .limit(1)
    )
    return later is None


async def rechecks(act: Act) -> AsyncIterator[Wish]:
    """Monitored incidents whose time has come."""
    async for case in in_stage(act.session, Stage.MONITORING):
        told = (case.outcome or {}).get("recheck_at")
        at = datetime.fromisoformat(told) if told else case.stage_since
        if at <= act.now:
            yield Wish(sort=Sort.RECHECK, incident=case, about=None, at=at, due=True)


async def published(act: Act) -> AsyncIterator[Wish]:
    """Published incidents that nobody has closed."""
    async for case in in_stage(act.session, Stage.PUBLISHED):
        yield Wish(sort=Sort.CLOSE, incident=case, about=None, at=case.stage_since)


async def undecided(act: Act) -> AsyncIterator[Wish]:
    """Incidents that are verified and for which the table asks for no statement by itself."""
    unverified = (
        select(ClaimRow.id)
        .where(
            ClaimRow.incident_id == Incident.id,
            ClaimRow.verdict == Verdict.UNVERIFIED_YET.value,
        )
        .exists()
    )
    rows = await act.session.scalars(
        select(Incident)
        .where(Incident.stage.in_([Stage.OPEN.value, Stage.VERIFYING.value]), ~unverified)
        .order_by(Incident.stage_since, Incident.id)
        .limit(LIMIT)
    )
    for case in rows:
        found = await claim.of_incident(act.session, case.id)
        said = [Conclusion(claim=claim.value_of(r), verdict=Verdict(r.verdict)) for r in found]
        if not said or decide(said, Severity(case.severity)).kind is None:
            yield Wish(sort=Sort.DECIDE, incident=case, about=None, at=case.stage_since)


async def nobodys(office: Office, act: Act) -> AsyncIterator[Wish]:
    """Open incidents for which the directory in force names no lead agency."""
    assigned = select(Assignment.id).where(Assignment.incident_id == Incident.id).exists()
    rows = await act.session.scalars(
        select(Incident)
        .where(Incident.stage == Stage.OPEN.value, ~assigned)
        .order_by(Incident.opened_at, Incident.id)
        .limit(LIMIT)
    )
    directory = (await office.in_force(act.session)).directory
    for case in rows:
        day = local_day(act.now)
        found = resolve(directory, topics=case.topics, places=case.places, on=day)
        if found.lead is None:
            yield Wish(sort=Sort.NAME_AGENCY, incident=case, about=None, at=case.opened_at)
