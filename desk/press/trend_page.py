"""Trends: tone over time, by body, topic and place, always beside the number of items."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.brief import counted
from crisis.model.trend import FEW, by_day, rows_of
from crisis.office.office import local_day
from crisis.office.press import brief as press_brief
from desk.door.app_state import office_of, reading
from desk.door.gate import Person
from desk.door.page import render
from desk.press.tone_chart import tone_chart

router = APIRouter(include_in_schema=False)

SPANS = (7, 30, 90)
SHOWN = 12


@router.get("/diem-bao/xu-huong")
async def page(request: Request, signed: Person) -> Response:
    """The trends of the last 7, 30 or 90 days beside as many before them."""
    asked = request.query_params.get("ky", "")
    span = int(asked) if asked in map(str, SPANS) else SPANS[1]
    office = office_of(request)
    async with reading(office) as act:
        last = local_day(act.now)
        first = last - timedelta(days=span - 1)
        told = await press_brief.told_since(office, act, first - timedelta(days=span), last)
        names = press_brief.names_of((await office.in_force(act.session)).directory)
    now = [one for one in told if one.day >= first]
    before = [one for one in told if one.day < first]
    days = [count for _, count in by_day(now, first, span)]
    return render(
        request,
        "press_trend.html",
        span=span,
        spans=SPANS,
        first=first,
        last=last,
        all=counted(press_brief.ALL_OURS, [one.tone for one in now]),
        drawn=tone_chart(days),
        agencies=rows_of(now, before, lambda one: one.agencies, names)[:SHOWN],
        topics=rows_of(now, before, lambda one: one.topics, names)[:SHOWN],
        places=rows_of(now, before, lambda one: one.places, names)[:SHOWN],
        few=FEW,
    )
