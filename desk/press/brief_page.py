"""The daily press brief: as a page, as Word and PDF, and mailed to leaders."""

from datetime import date, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.brief import Brief, day_of
from crisis.model.errors import BadInput, NotFound
from crisis.model.words import Words, words
from crisis.office.office import Office, local_day
from crisis.office.press import brief as press_brief
from crisis.office.press import brief_mail as press_brief_mail
from crisis.writing.brief_file import MEDIA_TYPES, brief_file
from crisis.writing.brief_text import BriefText
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed, typed_of
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after, speech_of
from desk.press.tone_chart import SMALL, tone_chart

router = APIRouter(include_in_schema=False)


@router.get("/diem-bao")
async def page(request: Request, signed: Person) -> Response:
    """The brief of a day, today's unless the address names another; tomorrow's while it grows."""
    form = Form(request.query_params.multi_items())
    try:
        async with reading(office_of(request)) as act:
            day = _date(form.text("ngay"), act.now) if form.text("ngay") else None
    except BadInput as error:
        return await _shown(request, None, Failed(name="xem", error=error, form=form))
    return await _shown(request, day, None)


async def _shown(request: Request, day: date | None, failed: Failed | None) -> Response:
    office = office_of(request)
    async with reading(office) as act:
        today = local_day(act.now)
        latest = day_of(act.now)
        brief = await press_brief.brief_of(office, act, day or today)
        leaders = len(await press_brief_mail.readers(act.session))
    return render(
        request,
        "press_brief.html",
        status=failed.status if failed else 200,
        failed=failed,
        typed=typed_of(failed),
        brief=brief,
        text=BriefText(brief=brief, office=office.name, language=speech_of(request).language),
        drawn=tone_chart(brief.week),
        courses=[(one, tone_chart(one.days, SMALL)) for one in brief.courses],
        today=today,
        latest=latest,
        leaders=leaders,
        done=request.query_params.get("da", ""),
    )


@router.get("/diem-bao/tep/{name}")
async def file(request: Request, signed: Person, name: str) -> Response:
    """The brief of a day as a file: `2026-11-26.docx` or `.pdf`."""
    written, _, kind = name.partition(".")
    if kind not in MEDIA_TYPES:
        raise NotFound(words("Không có tệp này.", "There is no such file."))
    office = office_of(request)
    async with reading(office) as act:
        brief: Brief = await press_brief.brief_of(office, act, _date(written, act.now))
    content = brief_file(kind, brief, _signed(office), speech_of(request).language)
    shown = {"Content-Disposition": f'attachment; filename="diem-bao-{brief.day}.{kind}"'}
    return Response(content, media_type=MEDIA_TYPES[kind], headers=shown)


@router.post("/diem-bao/gui")
async def send(request: Request, signed: Person) -> Response:
    """Mail the brief of a day to the leaders now."""
    must(signed, *ACTING)
    form, office = await own_form(request), office_of(request)
    try:
        async with office.records.act(actor_of(signed)) as act:
            day = _date(form.text("ngay"), act.now)
            await press_brief_mail.send(office, act, day, again=True)
    except BadInput as error:
        return await _shown(request, None, Failed(name="xem", error=error, form=form))
    return seen_after(f"/diem-bao?ngay={day.isoformat()}", "gui")


def _signed(office: Office) -> Words:
    """The office's name as a file bears it on every page: an exercise says that it is one."""
    if not office.settings.exercise:
        return office.name
    return words(f"DIỄN TẬP – {office.name.vi}", f"EXERCISE – {office.name.en}")


def _date(written: str, now: datetime) -> date:
    """A day that a brief can tell of: the one that grows now, or one before. Raises BadInput."""
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise BadInput(_WHICH_DAY, field="ngay") from error
    # A brief looks a week back and a day ahead, which neither end of the calendar has.
    if not 2000 <= day.year < 2200:
        raise BadInput(_WHICH_DAY, field="ngay")
    if day > day_of(now):
        raise BadInput(_AHEAD, field="ngay")
    return day


_WHICH_DAY = words("Xin chọn ngày của điểm báo.", "Please choose the day of the brief.")
_AHEAD = words("Ngày này chưa đến.", "That day has not come yet.")
