"""Open press requests that a new one may repeat: the same outlet with nearly the same question."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.link import title_key, title_likeness
from crisis.records import press_request
from crisis.records.schema.press_request import PressRequest

ALIKE = 0.5
"""So large a share of neighbouring words in common is nearly the same question."""


async def alike(
    session: AsyncSession, outlet: str, subject: str, question: str, *, but: str = ""
) -> Sequence[PressRequest]:
    """Open requests of `outlet` (however its name is spelled) that ask nearly the same.

    `but` is the id of a request that is not meant. Offered to a person, never merged.
    """
    rows = [line.request for line in await press_request.open_lines(session)]
    return tuple(
        row
        for row in rows
        if row.id != but
        and title_key(row.outlet) == title_key(outlet)
        and _near(row, subject, question)
    )


def _near(row: PressRequest, subject: str, question: str) -> bool:
    """By the subject alone, or by everything that is asked."""
    whole = title_likeness(f"{row.subject} {row.question}", f"{subject} {question}")
    return max(title_likeness(row.subject, subject), whole) >= ALIKE
