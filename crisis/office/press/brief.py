"""The press brief and the trends, drawn from what the press watch keeps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.brief import (
    TONE_WORDS,
    Brief,
    Line,
    counted,
    day_of,
    sections_of,
    span_of,
)
from crisis.model.incident import TITLES, Stage
from crisis.model.trend import Span, Told, by_day, worst_courses
from crisis.model.words import Words, words
from crisis.office.office import Office, local_day
from crisis.office.press.reader import province_of
from crisis.records import press_judgement
from crisis.records.act import Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.incident import Incident

WEEK = 7
MOST = 3
"""So many bodies, topics and places stand in a brief with their tone over the week."""
NOT_OURS = words("Đã xác định không liên quan", "Found not to concern us")
WAITING = words("Chưa xử lý", "Not dealt with yet")
WATCHED = words("Theo dõi", "Being watched")
ALL_OURS = words("Tin về tỉnh", "About the province")


async def brief_of(office: Office, act: Act, day: date) -> Brief:
    """The brief that leaders read on the morning of `day`; until now where that is not over."""
    start, end = span_of(day)
    seen = await press_judgement.of_period(act.session, start, end)
    directory = (await office.in_force(act.session)).directory
    own, _ = province_of(directory, local_day(act.now))
    ours = [one for one in seen if own in one.judgement.provinces]
    names = directory.names
    lines = await _lines(act.session, ours, names)
    span = Span(first=day - timedelta(days=WEEK - 1), days=WEEK)
    week = await told_since(office, act, span.first, day)
    return Brief(
        day=day,
        start=start,
        end=max(start, min(end, act.now)),
        read=len(seen),
        ours=counted(ALL_OURS, [one.judgement.tone for one in ours]),
        sections=sections_of(lines),
        week=by_day(week, span),
        courses=worst_courses(week, span, names, MOST),
    )


async def ours_of(office: Office, act: Act, start: datetime, end: datetime) -> Sequence[Seen]:
    """The items of [start, end) that name the province, oldest first."""
    directory = (await office.in_force(act.session)).directory
    own, _ = province_of(directory, local_day(act.now))
    seen = await press_judgement.of_period(act.session, start, end)
    return [one for one in seen if own in one.judgement.provinces]


async def told_since(office: Office, act: Act, first: date, last: date) -> list[Told]:
    """The items about the province that the briefs from `first` to `last` tell."""
    seen = await ours_of(office, act, span_of(first)[0], span_of(last)[1])
    return [
        Told(
            day=day_of(min(one.at, one.item.seen_at)),
            tone=one.judgement.tone,
            agencies=tuple(one.judgement.agencies),
            topics=tuple(one.judgement.topics[:1]),
            places=tuple(one.judgement.places),
        )
        for one in seen
    ]


async def _lines(
    session: AsyncSession, ours: Iterable[Seen], names: Mapping[str, Words]
) -> list[Line]:
    stories: dict[str, list[Seen]] = {}
    for one in ours:
        stories.setdefault(one.story.id, []).append(one)
    cases = await _cases(session, [items[0] for items in stories.values()])
    return [_line(items, names, cases) for items in stories.values()]


def _line(items: Sequence[Seen], names: Mapping[str, Words], cases: Mapping[str, Incident]) -> Line:
    first = items[0]
    gravest = max(items, key=lambda one: (one.judgement.severity, one.judgement.alert)).judgement
    tone = "neg" if any(one.judgement.tone == "neg" for one in items) else first.judgement.tone
    concerned = [*gravest.agencies, *gravest.topics[:1]]
    return Line(
        title=first.item.title,
        outlets=tuple(dict.fromkeys(one.source.name for one in items)),
        link=first.item.link,
        at=first.at,
        tone=tone,
        tone_said=TONE_WORDS[tone],
        severity=gravest.severity,
        concerns=tuple(names[key] for key in concerned if key in names),
        done=_done(first, cases),
        alert=any(one.judgement.alert for one in items),
    )


def _done(first: Seen, cases: Mapping[str, Incident]) -> Words:
    case = cases.get(first.story.incident_id or "")
    if case is not None:
        stage = TITLES[Stage(case.stage)]
        return words(f"Vụ việc {case.code}: {stage.vi}", f"Incident {case.code}: {stage.en}")
    if first.story.state == "not_ours":
        return NOT_OURS
    waits = first.story.alert and first.story.incident_id is None
    return WAITING if waits else WATCHED


async def _cases(session: AsyncSession, seen: Sequence[Seen]) -> Mapping[str, Incident]:
    """The incidents by which a line is told; a restricted one has no place in a letter to all."""
    ids = [one.story.incident_id for one in seen if one.story.incident_id]
    known = select(Incident).where(Incident.id.in_(ids), Incident.restricted.is_(False))
    rows = await session.scalars(known)
    return {row.id: row for row in rows}
