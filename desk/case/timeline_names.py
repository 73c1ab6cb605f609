"""What the ids in an incident's ledger stand for, read from the records."""

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.words import Words
from crisis.records import assignment, claim, deadline, mail, person, wording
from crisis.records.schema.incident import Incident
from desk.case.timeline import Names


async def names_in(session: AsyncSession, row: Incident) -> Names:
    """The names of people, tasks, clocks, mails, statements and claims of an incident."""
    tasks = await assignment.of_incident(session, row.id)
    clocks = await deadline.of_incident(session, row.id)
    mails = await mail.of_incident(session, row.id)
    return Names(
        people={user.id: user.name for user in await person.all_users(session)},
        tasks={one.id: Words(vi=one.name_vi, en=one.name_en) for one in tasks},
        clocks={one.id: Words(vi=one.title_vi, en=one.title_en) for one in clocks},
        mails={one.id: (one.letter, one.recipient) for one in mails},
        statements={one.id: one.kind for one in await wording.of_incident(session, row.id)},
        claims={one.id: one.number for one in await claim.of_incident(session, row.id)},
    )
