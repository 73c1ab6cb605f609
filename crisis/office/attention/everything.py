"""Everything that waits for one person, the most urgent sort first."""

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.statement import KIND_WORDS, StatementKind
from crisis.office.attention import case as cases
from crisis.office.attention import delivery as deliveries
from crisis.office.attention import task as tasks
from crisis.office.attention.clock import undetermined
from crisis.office.attention.waiting import LIMIT, Sort, Wish
from crisis.office.office import Office
from crisis.records import approval_request
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow


async def for_approver(session: AsyncSession, person_id: str) -> list[Wish]:
    """The statements that this person was asked to approve, the earliest due first."""
    found = []
    for one in (await approval_request.waiting_for(session, person_id))[:LIMIT]:
        row = await session.get_one(StatementRow, one.statement_id)
        found.append(
            Wish(
                sort=Sort.APPROVE,
                incident=await session.get_one(Incident, one.incident_id),
                about=KIND_WORDS[StatementKind(row.kind)],
                at=one.due_at,
                due=True,
                target=row.id,
            )
        )
    return found


async def for_coordinator(office: Office, act: Act) -> list[Wish]:
    """What no step of the playbook can do without a person, in the order of urgency."""
    sorts = (
        cases.candidates(act),
        undetermined(act),
        tasks.messages(act),
        tasks.agencies(act),
        cases.nobodys(office, act),
        cases.unclear(act),
        cases.blocked(act),
        deliveries.troubled(act),
        cases.drafts(act),
        cases.undecided(act),
        cases.rechecks(act),
        cases.published(act),
    )
    return [wish for sort in sorts for wish in await _all(sort)]


async def _all(sort: AsyncIterator[Wish]) -> list[Wish]:
    return [wish async for wish in sort]
