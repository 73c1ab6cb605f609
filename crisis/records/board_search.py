"""Finding incidents by words: looked up in an index, bounded however many incidents there are."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.spelling import folded, marked, matches
from crisis.records.schema.incident import Incident, Report, has_ended
from crisis.records.schema.search_word import SearchWord
from crisis.records.search_word import LONGEST

MATCHES = 500
"""A search shows no more than its newest so many matches."""

RARE = 2_000
"""A word of so many places or fewer is looked up itself; else the newest incidents are asked."""

NEWEST = 5_000
"""Where every word is common, a search looks no further than the newest so many that ended."""

LAST = "\U0010ffff"

Criteria = Sequence[ColumnElement[bool]]


async def matching(
    session: AsyncSession, text: str, filters: Criteria, *, ended: bool
) -> Sequence[str]:
    """Ids of incidents whose code, titles or reports have every word of `text`, newest first.

    A word finds what it begins, marks and case aside; words typed with marks keep them.
    """
    words = sorted({word[:LONGEST] for word in folded(text).split()})
    places = {word: await _places(session, word) for word in words}
    rarest = min(words, key=lambda word: places[word], default="")
    if not places.get(rarest):
        return []
    scope: list[ColumnElement[bool]]
    if places[rarest] <= RARE:
        scope = [Incident.id.in_(select(SearchWord.incident_id).where(_begins(rarest)))]
        words.remove(rarest)
    else:
        scope = _newest() if ended else []
    query = (
        select(Incident.id)
        .where(*filters, *scope, *(_has(word) for word in words))
        .order_by(Incident.opened_at.desc(), Incident.id)
        .limit(RARE if marked(text) else MATCHES)
    )
    found = list(await session.scalars(query))
    return (await _as_marked(session, text, found))[:MATCHES] if marked(text) else found


async def _places(session: AsyncSession, word: str) -> int:
    """In how many places a word stands, counted no further than needed."""
    some = select(SearchWord.word).where(_begins(word)).limit(RARE + 1).subquery()
    return await session.scalar(select(func.count()).select_from(some)) or 0


def _begins(word: str) -> ColumnElement[bool]:
    return (SearchWord.word >= word) & (SearchWord.word < word + LAST)


def _has(word: str) -> ColumnElement[bool]:
    return (
        select(SearchWord.word)
        .where(SearchWord.incident_id == Incident.id, _begins(word))
        .correlate(Incident)
        .exists()
    )


def _newest() -> list[ColumnElement[bool]]:
    newest = select(Incident.id).where(has_ended()).order_by(Incident.stage_since.desc())
    return [Incident.id.in_(newest.limit(NEWEST).scalar_subquery())]


async def _as_marked(session: AsyncSession, text: str, found: Sequence[str]) -> list[str]:
    """Those of `found` whose code and titles, or one report's title, fit the marks that were typed.

    What is restricted is not among `found`.
    """
    own = select(Incident.id, Incident.code, Incident.title, Incident.title_en)
    rows = await session.execute(own.where(Incident.id.in_(found)))
    fits = {r.id for r in rows if matches(text, f"{r.code} {r.title} {r.title_en}")}
    told = select(Report.incident_id, Report.title).where(Report.incident_id.in_(found))
    fits |= {r.incident_id for r in await session.execute(told) if matches(text, r.title)}
    return [key for key in found if key in fits]
