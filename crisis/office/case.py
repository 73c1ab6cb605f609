"""An incident as it stands, read once: what every step and page decides upon."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.claim import Conclusion
from crisis.model.incident import Stage
from crisis.model.outlook import OUT, Case, Outlook, Work, outlook
from crisis.model.parcel import Act as Effect
from crisis.model.past_resolution import PastResolution, resolved_then
from crisis.model.playbook import Playbook
from crisis.model.resolution import Resolution, resolve
from crisis.model.severity import Severity
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.statement_view import StatementView
from crisis.office.office import InForce, Office, local_day
from crisis.records import (
    approval_request,
    assignment,
    claim,
    delivery,
    ledger,
    news,
    report_list,
    wording,
)
from crisis.records.act import Act
from crisis.records.assignment import STANDING, Status
from crisis.records.schema.assignment import Assignment
from crisis.records.schema.incident import ClaimRow, Incident
from crisis.records.schema.statement import StatementRow


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything a step needs to know of an incident, as of this transaction."""

    incident: Incident
    claims: tuple[ClaimRow, ...]
    assignments: tuple[Assignment, ...]
    statements: tuple[StatementRow, ...]
    conclusions: tuple[Conclusion, ...]
    resolution: Resolution
    then: PastResolution | None
    case: Case
    playbook: Playbook
    force: InForce

    @property
    def outlook(self) -> Outlook:
        """What can be done now, and what is waited for."""
        return outlook(self.case)

    @property
    def severity(self) -> Severity:
        """The incident's severity."""
        return Severity(self.incident.severity)


async def hold_case(office: Office, act: Act, incident: Incident) -> Standing:
    """As `read_case`; from here on nobody else acts on the incident until this act has ended."""
    await ledger.hold(act.session, incident.code)
    await act.session.refresh(incident)
    return await read_case(office, act, incident)


async def read_case(office: Office, act: Act, incident: Incident) -> Standing:
    """The incident as it stands at this moment of the office's clock."""
    session = act.session
    force = await office.in_force(session)
    playbook = await office.playbook(session, incident)
    claims = tuple(await claim.of_incident(session, incident.id))
    assignments = tuple(await assignment.of_incident(session, incident.id))
    statements = tuple(await wording.of_incident(session, incident.id))
    conclusions = await claim.conclusions_of(session, incident, force.directory.subordinate)
    resolution, then = await _resolved(act, incident, force)
    unassigned = _unassigned(claims, assignments, conclusions)
    severity = Severity(incident.severity)
    steps = [len(playbook.approval_steps(severity, StatementKind(s.kind))) for s in statements]
    views = [await _view(session, *one) for one in zip(statements, steps, strict=True)]
    return Standing(
        incident=incident,
        claims=claims,
        assignments=assignments,
        statements=statements,
        conclusions=conclusions,
        resolution=resolution,
        then=then,
        playbook=playbook,
        force=force,
        case=Case(
            stage=Stage(incident.stage),
            severity=severity,
            conclusions=conclusions,
            unassigned=unassigned,
            unresolved=_unresolved(unassigned, assignments, resolution),
            statements=tuple(views),
            blocked=Work(incident.blocked["step"]) if incident.blocked else None,
            news=await _has_news(session, incident, statements),
        ),
    )


async def _resolved(
    act: Act, incident: Incident, force: InForce
) -> tuple[Resolution, PastResolution | None]:
    """Who answers now, and who did on the day of the facts where that was somebody else."""
    directory, topics, places = force.directory, incident.topics, incident.places
    now = resolve(directory, topics=topics, places=places, on=local_day(act.now))
    facts = local_day(await report_list.happened_at(act.session, incident))
    return now, resolved_then(directory, now, topics=topics, places=places, on=facts)


AMENDING = frozenset({Effect.CORRECTION.value, Effect.WITHDRAWAL.value})
"""Relations of statements that amend an own earlier one."""


def is_amendment(row: StatementRow) -> bool:
    """Whether a person puts an own error right, with a reason, whatever verification found."""
    return row.relation in AMENDING and bool(row.reason)


def is_withdrawal(row: StatementRow) -> bool:
    """Whether it takes an own earlier statement back and asserts nothing."""
    return row.relation == Effect.WITHDRAWAL.value


def _unassigned(
    claims: Sequence[ClaimRow],
    assignments: Sequence[Assignment],
    conclusions: Sequence[Conclusion],
) -> tuple[str, ...]:
    """Claims still open that no standing task has to answer: a supporting agency need not."""
    settled = {c.claim.id for c in conclusions if c.settled}
    standing = [a for a in assignments if Status(a.status) in STANDING]
    return tuple(
        row.id
        for row in claims
        if row.id not in settled
        and not any(row.id in a.claims and claim.must_answer(row, a) for a in standing)
    )


def _unresolved(
    unassigned: Sequence[str], assignments: Sequence[Assignment], resolution: Resolution
) -> tuple[str, ...]:
    """Claims for which only a person can name the agency.

    The directory is asked once: after an agency declined, was recalled or could not be reached,
    or where the directory knows no lead, the coordinator names the next one.
    """
    left_over = {c for a in assignments if Status(a.status) not in STANDING for c in a.claims}
    if resolution.lead is None:
        return tuple(unassigned)
    return tuple(c for c in unassigned if c in left_over)


async def _view(session: AsyncSession, row: StatementRow, steps: int) -> StatementView:
    lifecycle = Lifecycle(row.lifecycle)
    unasked = lifecycle is Lifecycle.PENDING and await _step_unasked(session, row, steps)
    out = still_open = False
    if lifecycle is Lifecycle.PUBLISHING:
        out, still_open = await delivery.settles(session, row.id)
    return StatementView(
        id=row.id,
        kind=StatementKind(row.kind),
        lifecycle=lifecycle,
        amends=is_amendment(row),
        withdraws=is_withdrawal(row),
        unasked_step=unasked,
        deliveries_open=still_open,
        out=out,
    )


async def _has_news(
    session: AsyncSession, incident: Incident, statements: Sequence[StatementRow]
) -> bool:
    """Whether anything was learned since the last final statement that went out, if one did."""
    final = [row for row in statements if StatementKind(row.kind) is not StatementKind.HOLDING]
    out = [row for row in final if Lifecycle(row.lifecycle) in OUT]
    if not out:
        return True
    return (await news.since(session, incident.code, out[-1].id)).news


async def _step_unasked(session: AsyncSession, row: StatementRow, steps: int) -> bool:
    rows = await approval_request.of_version(session, row.id, row.current)
    approved = {r.step for r in rows if r.decision == "approve"}
    current = next((n for n in range(1, steps + 1) if n not in approved), None)
    return current is not None and not any(r.step == current for r in rows)
