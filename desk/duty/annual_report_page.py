"""The annual report: six figures, the list behind each, CSV, and a document to print and sign."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.office.duty.yearly_report import AnnualReport, report_of, years_until
from crisis.records.act import Act
from crisis.records.report_item import Named, named
from desk.door.app_state import office_of, reading
from desk.door.form import page_number
from desk.door.gate import Person
from desk.door.page import render, speech_of
from desk.duty.annual_report_table import figures_csv, list_csv

PLACE = "/bao-cao-nam"
SHOWN = 100

router = APIRouter(include_in_schema=False, prefix=PLACE)


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """The figures of the year that is asked for, else of the report that is due next."""
    office = office_of(request)
    written = request.query_params.get("nam", "").strip()
    async with reading(office) as act:
        report = await report_of(office, act, number_of(written) if written else None)
        law = (await office.in_force(act.session)).law
        now = act.now
    return render(
        request, "annual_report.html", report=report, years=years_until(law, now), place=PLACE
    )


@router.get("/{year}/so-lieu.csv")
async def figures(request: Request, signed: Person, year: str) -> Response:
    """The figures as CSV."""
    office = office_of(request)
    async with reading(office) as act:
        report = await report_of(office, act, number_of(year))
    content = figures_csv(report, speech_of(request).language)
    return _file(content, f"bao-cao-nam-{report.year.year}.csv")


@router.get("/{year}/danh-sach.csv")
async def lists(request: Request, signed: Person, year: str) -> Response:
    """Everything behind the figures as CSV."""
    office = office_of(request)
    async with reading(office) as act:
        report = await report_of(office, act, number_of(year))
        content = list_csv(report, await _behind(act, report), speech_of(request).language)
    return _file(content, f"danh-sach-bao-cao-nam-{report.year.year}.csv")


@router.get("/{year}/ban-in")
async def document(request: Request, signed: Person, year: str) -> Response:
    """The report as a document to print, with the lists behind the figures as its appendix."""
    office = office_of(request)
    async with reading(office) as act:
        report = await report_of(office, act, number_of(year))
        behind = await _behind(act, report)
    return render(request, "annual_report_print.html", report=report, behind=behind, place=PLACE)


@router.get("/{year}/{metric}")
async def behind(request: Request, signed: Person, year: str, metric: str) -> Response:
    """What stands behind one figure, a page at a time; all of it, or what is not counted."""
    office, query = office_of(request), request.query_params
    number = page_number(query.get("trang", "1"))
    async with reading(office) as act:
        report = await report_of(office, act, number_of(year))
        counter = report.counter(metric)
        missing = query.get("xem") == "chua"
        items = [item for item in counter.items if not (missing and item.counted)]
        shown = await named(act.session, items[(number - 1) * SHOWN : number * SHOWN])
    return render(
        request,
        "annual_report_list.html",
        report=report,
        counter=counter,
        lines=shown,
        missing=missing,
        number=number,
        more=len(items) > number * SHOWN,
        place=PLACE,
    )


async def _behind(act: Act, report: AnnualReport) -> dict[str, list[Named]]:
    return {one.id: await named(act.session, one.items) for one in report.counters}


def number_of(written: str) -> int:
    """The year in an address. Raises BadInput."""
    if not (written.isdecimal() and len(written) == 4):
        raise BadInput(
            words(
                f"“{written[:20]}” không phải một năm; xin ghi dạng 2026.",
                f"“{written[:20]}” is no year; please write it like 2026.",
            ),
            field="nam",
        )
    return int(written)


def _file(content: bytes, name: str) -> Response:
    told = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=told)
