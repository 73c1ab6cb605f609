"""That a story may be an incident's matter: what we suggest and what a person confirmed."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records.act import Act
from crisis.records.schema.base import new_id
from crisis.records.schema.incident import Incident
from crisis.records.schema.story import PressMatch
from crisis.records.upsert import put_new

SUGGESTED, CONFIRMED, REFUSED = "suggested", "confirmed", "refused"


async def suggest(act: Act, story_id: str, incident_id: str, why: str) -> bool:
    """Suggest a match; False where it stands already, whatever was decided."""
    row = {
        "id": new_id(),
        "story_id": story_id,
        "incident_id": incident_id,
        "state": SUGGESTED,
        "why": why,
        "at": act.now,
    }
    return await put_new(act.session, PressMatch, row)


async def decide(act: Act, story_id: str, incident_id: str, *, same: bool) -> None:
    """A person says whether the story is the incident's matter."""
    await suggest(act, story_id, incident_id, "person")
    await act.session.execute(
        update(PressMatch)
        .where(PressMatch.story_id == story_id, PressMatch.incident_id == incident_id)
        .values(state=CONFIRMED if same else REFUSED, decided_at=act.now, decided_by=act.actor.id)
    )


async def of_stories(
    session: AsyncSession, stories: Sequence[str]
) -> Sequence[tuple[PressMatch, Incident]]:
    """The suggested and confirmed matches of these stories with their incidents."""
    rows = await session.execute(
        select(PressMatch, Incident)
        .join(Incident, Incident.id == PressMatch.incident_id)
        .where(PressMatch.story_id.in_(stories), PressMatch.state != REFUSED)
        .order_by(PressMatch.at)
    )
    return [(match, incident) for match, incident in rows]
