"""One incident on the terminal, for people."""

from datetime import datetime
from typing import Any

import typer

from crisis.model.action import Action
from crisis.model.incident import TITLES, Stage
from crisis.model.statement import KIND_WORDS, LIFECYCLE_WORDS, Lifecycle, StatementKind
from desk.cli import shown
from desk.cli.tongue import LANGUAGE, say

ACTIONS = {action.value: action for action in Action}


def show_dossier(found: dict[str, Any]) -> None:
    """Print what `dossier` found, section by section; empty ones are left out."""
    stage = TITLES[Stage(found["stage"])].in_(LANGUAGE)
    exercise = say(" · DIỄN TẬP", " · EXERCISE") if found["exercise"] else ""
    typer.echo(f"{found['code']} · {found['severity']} · {stage}{exercise}")
    typer.echo(found["title"][LANGUAGE])
    for title, columns, rows in _sections(found):
        if rows:
            typer.echo()
            shown.table(title, columns, rows)


def _sections(found: dict[str, Any]) -> list[tuple[str, list[str], list[Any]]]:
    blank = ["", "", "", ""]
    return [
        (say("Tin, bài", "Reports"), blank[:3], _reports(found)),
        (say("Nội dung phản ánh", "Claims"), blank[:4], _claims(found)),
        (say("Thời hạn", "Clocks"), blank[:4], _clocks(found)),
        (say("Việc đã giao", "Tasks"), blank[:3], _tasks(found)),
        (say("Phát ngôn", "Statements"), blank[:3], _statements(found)),
        (say("Kênh công bố", "Deliveries"), blank[:4], _deliveries(found)),
        (say("Lượt chạy", "Runs"), [""], [(run,) for run in found["runs"]]),
        (say("Diễn biến", "Timeline"), [*blank, ""], _timeline(found)),
    ]


def _reports(found: dict[str, Any]) -> list[Any]:
    return [(shown.when(r["received_at"]), r["outlet"], r["title"]) for r in found["reports"]]


def _claims(found: dict[str, Any]) -> list[Any]:
    return [(c["number"], c["verdict"], c["block"], c["text"][LANGUAGE]) for c in found["claims"]]


def _clocks(found: dict[str, Any]) -> list[Any]:
    law = say("luật", "law")
    return [
        (c["title"][LANGUAGE], law if c["legal"] else "", shown.due(c["due_at"]), c["state"])
        for c in found["clocks"]
    ]


def _tasks(found: dict[str, Any]) -> list[Any]:
    return [(t["name"][LANGUAGE], t["status"], shown.due(t["due_at"])) for t in found["tasks"]]


def _statements(found: dict[str, Any]) -> list[Any]:
    return [
        (
            KIND_WORDS[StatementKind(s["kind"])].in_(LANGUAGE),
            f"v{s['version']}",
            LIFECYCLE_WORDS[Lifecycle(s["lifecycle"])].in_(LANGUAGE),
        )
        for s in found["statements"]
    ]


def _deliveries(found: dict[str, Any]) -> list[Any]:
    return [
        (d["outlet"], d["recipient"], d["state"], d["error"] or d["reference"])
        for d in found["deliveries"]
    ]


def _timeline(found: dict[str, Any]) -> list[Any]:
    return [
        (
            e["seq"],
            shown.when(_at(e)),
            e["by"][LANGUAGE],
            ACTIONS[e["action"]].label.in_(LANGUAGE),
            (e["about"] or {}).get(LANGUAGE, ""),
        )
        for e in found["timeline"]
    ]


def _at(entry: dict[str, Any]) -> datetime:
    """Office time: in an exercise an entry tells it beside the real time."""
    return datetime.fromisoformat(entry["data"].get("as_of", entry["at"]))
