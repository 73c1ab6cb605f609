"""`phatngon law`: legal due times with their source."""

from dataclasses import dataclass
from typing import Annotated

import typer

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.law import Law
from crisis.model.law_digest import unsigned
from crisis.model.law_due import LawDue, law_due
from crisis.office.content.law_signing import unsigned_rules
from crisis.office.content.proposing import bundle_in_force
from crisis.writing.content_file import read_content
from desk.cli import shown
from desk.cli.ground import is_office_here
from desk.cli.instant import instant_of
from desk.cli.lazy import group
from desk.cli.opened import opened, work
from desk.cli.shipped import playbooks
from desk.cli.tongue import LANGUAGE, say, told
from desk.content.law_words import CONFIDENCE_WORDS, limit_words, signed_words

app = group(say("thời hạn theo quy định pháp luật", "legal due times"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Thời hạn theo một quy định, kèm nguồn; luật của ngày bắt đầu được áp dụng.",
        "When a rule falls due, with its source, under the law of the day it starts.",
        "phatngon law due reply_in_press --from 05/11/2026",
        "phatngon law due initial_statement_major_event --from 2026-11-05T08:00 --json",
    )
)
def due(
    rule: Annotated[str, typer.Argument(metavar="RULE")],
    start: Annotated[str, typer.Option("--from", metavar="TIME")],
    *,
    as_json: Json = False,
) -> None:
    at, here = instant_of(start, "--from"), _here()
    found = law_due(here.law, office_calendar(here.calendar), rule, at)
    is_signed = found.rule not in here.unsigned
    if as_json:
        shown.data(_told(found) | {"signed": is_signed})
        return
    shown.facts(
        {
            say("Quy định", "Rule"): f"{found.rule} – {found.title.in_(LANGUAGE)}",
            say("Bắt đầu", "Starts"): shown.when(found.starts_at),
            say("Hạn", "Due"): _due_words(found),
            **{f"  {case.rule}": _due_words(case) for case in found.cases},
            say("Nguồn", "Source"): found.source.in_(LANGUAGE),
            say("Độ tin cậy", "Confidence"): CONFIDENCE_WORDS[found.confidence].in_(LANGUAGE),
            say("Thẩm định", "Signature"): signed_words(signed=is_signed).in_(LANGUAGE),
        }
    )
    if found.question is not None:
        typer.echo(found.question.in_(LANGUAGE))


def _due_words(found: LawDue) -> str:
    """When it is due; what is due at once is told by the very instant, not by the day before."""
    if found.due_at == found.starts_at:
        return say("ngay", "at once") + f", {shown.when(found.due_at)}"
    return shown.due(found.due_at)


@dataclass(frozen=True, kw_only=True)
class _Here:
    """Law and calendar, and the rules that no legal officer has signed as they read."""

    law: Law
    calendar: CalendarTable
    unsigned: frozenset[str]


def _here() -> _Here:
    """What is in force in the office here; where there is none, what ships, signed by nobody."""
    if is_office_here():
        return work(_in_force())
    folder = playbooks()
    law = read_content(folder / "law.yaml", Law)
    calendar = read_content(folder / "calendar.yaml", CalendarTable)
    return _Here(law=law, calendar=calendar, unsigned=unsigned(law, {}))


async def _in_force() -> _Here:
    async with opened(begin=False) as office, office.records.look() as session:
        bundle = await bundle_in_force(office, session)
        law = bundle.law.value
        waiting = await unsigned_rules(session, law)
    return _Here(law=law, calendar=bundle.calendar.value, unsigned=waiting)


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
    here = _here()
    law, rules, waiting = here.law, here.law.rules, here.unsigned
    if as_json:
        shown.data(
            [
                rule.model_dump(mode="json", exclude_none=True) | {"signed": rule.id not in waiting}
                for rule in rules
            ]
        )
        return
    shown.table(
        say("Quy định", "Rules"),
        [
            "id",
            say("tên", "title"),
            say("thời hạn", "limit"),
            say("từ", "from"),
            say("đến", "to"),
            say("thẩm định", "signature"),
        ],
        [
            (
                r.id,
                r.title.in_(LANGUAGE),
                limit_words(r, law).in_(LANGUAGE),
                shown.day(r.valid_from),
                shown.day(r.valid_to),
                signed_words(signed=r.id not in waiting).in_(LANGUAGE),
            )
            for r in rules
        ],
    )
