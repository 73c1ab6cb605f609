"""Trends: tone over time, whole and by body, topic and place, always beside the number of items."""

from collections.abc import Mapping
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.brief import KIND_WORDS, Kind, counted, day_of
from crisis.model.trend import FEW, Row, Span, by_day, course_of, rows_of
from crisis.model.words import Words
from crisis.office.press import brief as press_brief
from desk.door.app_state import office_of, reading
from desk.door.gate import Person
from desk.door.page import render
from desk.press.tone_chart import tone_chart

router = APIRouter(include_in_schema=False)

SPANS = (7, 30, 90)
SHOWN = 12
TABLES: dict[Kind, Words] = {
    Kind.AGENCY: Words(vi="Theo cơ quan", en="By body"),
    Kind.TOPIC: Words(vi="Theo lĩnh vực", en="By topic"),
    Kind.PLACE: Words(vi="Theo địa bàn", en="By place"),
}

Tables = Mapping[Kind, tuple[Row, ...]]


@router.get("/diem-bao/xu-huong")
async def page(request: Request, signed: Person) -> Response:
    """The trends of the last 7, 30 or 90 days beside as many before them, and the course of one
    body, topic or place where the address names it.
    """
    asked = request.query_params.get("ky", "")
    days = int(asked) if asked in map(str, SPANS) else SPANS[1]
    office = office_of(request)
    async with reading(office) as act:
        last = day_of(act.now)
        span = Span(first=last - timedelta(days=days - 1), days=days)
        told = await press_brief.told_since(office, act, span.first - timedelta(days=days), last)
        names = (await office.in_force(act.session)).directory.names
    now = [one for one in told if one.day >= span.first]
    before = [one for one in told if one.day < span.first]
    tables = {kind: rows_of(now, before, kind, names) for kind in Kind}
    chosen = _chosen(request.query_params.get("ve", ""), tables)
    course = course_of(now, *chosen, span, names) if chosen else None
    return render(
        request,
        "press_trend.html",
        span=days,
        spans=SPANS,
        first=span.first,
        last=last,
        all=counted(press_brief.ALL_OURS, [one.tone for one in now]),
        course=course,
        chosen=".".join(chosen) if chosen else "",
        drawn=tone_chart(course.days if course else by_day(now, span)),
        tables=tables,
        titles=TABLES,
        kinds=KIND_WORDS,
        shown=SHOWN,
        few=FEW,
    )


def _chosen(written: str, tables: Tables) -> tuple[Kind, str] | None:
    """The body, topic or place of an address such as `agency.so-y-te`; None where it has no row."""
    kind, _, key = written.partition(".")
    found = next((one for one in Kind if one.value == kind), None)
    known = found is not None and any(row.key == key for row in tables[found])
    return (found, key) if found is not None and known else None
