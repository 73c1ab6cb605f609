"""The annual report as tables: its figures, and the list of everything behind them."""

from collections.abc import Mapping, Sequence

from crisis.model.calendar import HANOI
from crisis.model.words import Language
from crisis.office.duty.yearly_report import AnnualReport
from crisis.records.report_item import Named
from crisis.writing.spreadsheet import csv_of

FIGURES = {
    Language.VI: ("Chỉ tiêu", "Số lượng", "Tổng số"),
    Language.EN: ("Figure", "Number", "Of"),
}
LIST = {
    Language.VI: ("Chỉ tiêu", "Mã", "Nội dung", "Thời điểm", "Được tính"),
    Language.EN: ("Figure", "Code", "What", "When", "Counted"),
}
YES = {Language.VI: ("có", "không"), Language.EN: ("yes", "no")}


def figures_csv(report: AnnualReport, language: Language) -> bytes:
    """The six figures."""
    columns = FIGURES[language]
    rows = [
        dict(
            zip(
                columns,
                (
                    one.title.in_(language),
                    str(one.value),
                    "" if one.total is None else str(one.total),
                ),
                strict=True,
            )
        )
        for one in report.counters
    ]
    return csv_of(columns, rows)


def list_csv(
    report: AnnualReport, behind: Mapping[str, Sequence[Named]], language: Language
) -> bytes:
    """Every item behind every figure, by figure; times in Viet Nam as spreadsheets sort them."""
    columns, (yes, no) = LIST[language], YES[language]
    rows = [
        dict(
            zip(
                columns,
                (
                    counter.title.in_(language),
                    one.code,
                    one.title.in_(language),
                    f"{one.at.astimezone(HANOI):%Y-%m-%d %H:%M}" if one.at else "",
                    yes if one.item.counted else no,
                ),
                strict=True,
            )
        )
        for counter in report.counters
        for one in behind[counter.id]
    ]
    return csv_of(columns, rows)
