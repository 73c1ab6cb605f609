"""`phatngon law`: legal due times with their source."""

from pathlib import Path
from typing import Annotated

import typer

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.law import Law
from crisis.model.law_due import LawDue, law_due
from crisis.writing.content_file import read_content
from desk.cli import shown
from desk.cli.instant import instant_of
from desk.cli.lazy import group
from desk.cli.shipped import playbooks
from desk.cli.tongue import LANGUAGE, say, told
from desk.content.law_words import CONFIDENCE_WORDS

app = group(say("thời hạn theo quy định pháp luật", "legal due times"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Thời hạn theo một quy định, kèm nguồn; luật của ngày bắt đầu được áp dụng.",
        "When a rule falls due, with its source, under the law of the day it starts.",
        "phatngon law due reply_in_press --from 2026-11-05T08:00",
        "phatngon law due initial_statement_major_event --from 2026-11-05T08:00 --json",
    )
)
def due(
    rule: Annotated[str, typer.Argument(metavar="RULE")],
    start: Annotated[str, typer.Option("--from", metavar="TIME")],
    *,
    as_json: Json = False,
) -> None:
    at, folder = instant_of(start, "--from"), playbooks()
    calendar = office_calendar(read_content(folder / "calendar.yaml", CalendarTable))
    found = law_due(_law(folder), calendar, rule, at)
    if as_json:
        shown.data(_told(found))
        return
    shown.facts(
        {
            say("Quy định", "Rule"): f"{found.rule} – {found.title.in_(LANGUAGE)}",
            say("Bắt đầu", "Starts"): shown.when(found.starts_at),
            say("Hạn", "Due"): shown.due(found.due_at),
            say("Nguồn", "Source"): found.source.in_(LANGUAGE),
            say("Độ tin cậy", "Confidence"): CONFIDENCE_WORDS[found.confidence].in_(LANGUAGE),
        }
    )
    if found.question is not None:
        typer.echo(found.question.in_(LANGUAGE))


def _law(folder: Path) -> Law:
    return read_content(folder / "law.yaml", Law)


def _told(found: LawDue) -> dict[str, object]:
    told_of: dict[str, object] = {
        "rule": found.rule,
        "starts_at": found.starts_at,
        "due_at": found.due_at,
        "source": found.source.in_(LANGUAGE),
        "confidence": found.confidence.value,
        "kind": found.kind.value,
    }
    if found.question is not None:
        told_of["question"] = found.question.in_(LANGUAGE)
    if found.cases:
        told_of["cases"] = [_told(case) for case in found.cases]
    return told_of


@app.command(
    "list", help=told("Danh sách quy định.", "List the rules.", "phatngon law list --json")
)
def list_(*, as_json: Json = False) -> None:
    rules = _law(playbooks()).rules
    if as_json:
        shown.data([rule.model_dump(mode="json", exclude_none=True) for rule in rules])
        return
    shown.table(
        say("Quy định", "Rules"),
        ["id", say("tên", "title"), say("từ", "from"), say("đến", "to")],
        [
            (r.id, r.title.in_(LANGUAGE), shown.day(r.valid_from), shown.day(r.valid_to))
            for r in rules
        ],
    )
