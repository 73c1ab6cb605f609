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
    sections_of,
    span_of,
)
from crisis.model.directory import Directory
from crisis.model.incident import TITLES, Stage
from crisis.model.trend import Told, by_day
from crisis.model.words import Words, words
from crisis.office.office import Office, local_day
from crisis.office.press.reader import province_of
from crisis.records import press_judgement
from crisis.records.act import Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.incident import Incident

WEEK = 7
NOT_OURS = words("Đã xác định không liên quan", "Found not to concern us")
WAITING = words("Chưa xử lý", "Not dealt with yet")
WATCHED = words("Theo dõi", "Being watched")
ALL_OURS = words("Tin về tỉnh", "About the province")


async def brief_of(office: Office, act: Act, day: date) -> Brief:
    """The brief that leaders read on the morning of `day`; until now where that is not over."""
    start, end = span_of(day)
    end = max(start, min(end, act.now)) if end > act.now else end
    seen = await press_judgement.of_period(act.session, start, end)
    directory = (await office.in_force(act.session)).directory
    own, _ = province_of(directory, local_day(act.now))
    ours = [one for one in seen if own in one.judgement.provinces]
    lines = await _lines(act.session, ours, names_of(directory))
    week = await told_since(office, act, day - timedelta(days=WEEK - 1), day)
    return Brief(
        day=day,
        start=start,
        end=end,
        read=len(seen),
        ours=counted(ALL_OURS, [one.judgement.tone for one in ours]),
        sections=sections_of(lines),
        week=tuple(count for _, count in by_day(week, day - timedelta(days=WEEK - 1), WEEK)),
    )


async def ours_of(office: Office, act: Act, start: datetime, end: datetime) -> Sequence[Seen]:
    """The items of [start, end) that name the province, oldest first."""
    directory = (await office.in_force(act.session)).directory
    own, _ = province_of(directory, local_day(act.now))
    seen = await press_judgement.of_period(act.session, start, end)
    return [one for one in seen if own in one.judgement.provinces]


async def told_since(office: Office, act: Act, first: date, last: date) -> list[Told]:
    """The items about the province printed from `first` to `last`, both included."""
    start, _ = span_of(first)
    seen = await ours_of(office, act, start, start + timedelta(days=(last - first).days + 2))
    found = [
        Told(
            day=local_day(one.at),
            tone=one.judgement.tone,
            agencies=tuple(one.judgement.agencies),
            topics=tuple(one.judgement.topics[:1]),
            places=tuple(one.judgement.places),
        )
        for one in seen
    ]
    return [one for one in found if first <= one.day <= last]


def names_of(directory: Directory) -> Mapping[str, Words]:
    """The names of bodies, topics and places by their ids, of any period."""
    names: dict[str, Words] = dict(directory.topics)
    names |= {place.code: place.label for place in directory.places}
    return names | {body.id: body.name for body in directory.bodies}


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
