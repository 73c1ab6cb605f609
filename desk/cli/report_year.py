"""`phatngon report-year`: the annual report, counted from the ledger."""

from typing import Annotated

import typer

from crisis.model.errors import BadInput
from crisis.model.words import Language, words
from crisis.office.duty.yearly_report import AnnualReport, report_of
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import opened, work
from desk.cli.tongue import LANGUAGE, say, told
from desk.duty.annual_report_table import FIGURES, figures_csv

app = group(say("báo cáo năm", "the annual report"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    "report-year",
    help=told(
        "Sáu chỉ tiêu của báo cáo năm (15/12 năm trước đến 14/12), tính từ sổ ghi.",
        "The six figures of the annual report (15 Dec to 14 Dec), counted from the ledger.",
        "phatngon report-year 2026 --json",
        "phatngon report-year 2026 --csv > bao-cao-2026.csv",
    ),
)
def report_year(
    year: Annotated[int, typer.Argument(metavar="YEAR")],
    *,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV")] = False,
) -> None:
    if as_json and as_csv:
        raise BadInput(words("Chọn --json hoặc --csv.", "Choose --json or --csv."), field="--csv")
    report, language = work(_report(year)), Language(LANGUAGE)
    if as_json:
        shown.data(_told(report, language))
    elif as_csv:
        typer.echo(figures_csv(report, language), nl=False)
    else:
        shown.table(
            f"{shown.day(report.year.first)} – {shown.day(report.year.last)}",
            list(FIGURES[language]),
            [(one.title.in_(language), one.value, one.total) for one in report.counters],
        )


async def _report(year: int) -> AnnualReport:
    async with opened(begin=False) as office, office.records.act() as act:
        return await report_of(office, act, year)


def _told(report: AnnualReport, language: Language) -> dict[str, object]:
    return {
        "year": report.year.year,
        "from": report.year.first,
        "to": report.year.last,
        "due_before": report.year.due,
        "made_at": report.made_at,
        "exercise": report.exercise,
        "source": report.basis.in_(language),
        "figures": [
            {
                "id": one.id,
                "title": one.title.in_(language),
                "value": one.value,
                "total": one.total,
                "counted": [item.key for item in one.items if item.counted],
                "not_counted": [item.key for item in one.items if not item.counted],
            }
            for one in report.counters
        ],
    }
