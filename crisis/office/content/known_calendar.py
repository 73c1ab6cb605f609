"""The calendar file in force as it was written: what it says of itself."""

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.calendar_table import CalendarTable
from crisis.records import content
from crisis.records.content import ContentKind
from crisis.writing.content_file import parse_content


async def calendar_table(session: AsyncSession) -> CalendarTable | None:
    """The file in force; None where there is none yet."""
    name = ContentKind.CALENDAR.value
    sha = await content.active_hash(session, ContentKind.CALENDAR, name)
    if sha is None:
        return None
    return parse_content(await content.at_hash(session, sha), CalendarTable, name=f"{name}.yaml")
