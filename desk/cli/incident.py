"""`phatngon incidents` and `phatngon show`."""

from typing import Annotated, Any

import typer

from crisis.model.incident import TITLES, Stage
from crisis.records import incident, incident_list
from crisis.records.schema.incident import Incident
from desk.case.dossier import dossier
from desk.cli import shown
from desk.cli.dossier_shown import show_dossier
from desk.cli.lazy import group
from desk.cli.opened import opened, work
from desk.cli.tongue import LANGUAGE, say, told

app = group(say("vụ việc", "incidents"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Danh sách vụ việc, mới nhất trước.",
        "List incidents, newest first.",
        "phatngon incidents --stage verifying",
    )
)
def incidents(
    *,
    stage: Annotated[Stage | None, typer.Option(help=say("giai đoạn", "stage"))] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: Json = False,
) -> None:
    rows = work(_list(stage, limit))
    if as_json:
        shown.data(rows)
        return
    shown.table(
        say("Vụ việc", "Incidents"),
        ["", say("mức", "level"), say("giai đoạn", "stage"), say("tiếp nhận", "received"), ""],
        [
            (
                row["code"],
                row["severity"],
                TITLES[Stage(row["stage"])].in_(LANGUAGE),
                shown.when(row["received_at"]),
                row["title"][LANGUAGE],
            )
            for row in rows
        ],
    )


async def _list(stage: Stage | None, limit: int) -> list[dict[str, Any]]:
    async with opened(begin=False) as office, office.records.look() as session:
        return [_told(row) for row in await incident_list.newest(session, stage=stage, limit=limit)]


def _told(row: Incident) -> dict[str, Any]:
    return {
        "code": row.code,
        "stage": row.stage,
        "severity": row.severity,
        "exercise": row.exercise,
        "title": {"vi": row.title, "en": row.title_en},
        "received_at": row.received_at,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
    }


@app.command(
    help=told(
        "Xem một vụ việc: diễn biến, thời hạn, nội dung, việc giao, phát ngôn, kênh, lượt chạy.",
        "Show one incident: timeline, clocks, claims, tasks, statements, deliveries, runs.",
        "phatngon show QT-2026-0012",
        "phatngon show QT-2026-0012 --json",
    )
)
def show(code: Annotated[str, typer.Argument(metavar="CODE")], *, as_json: Json = False) -> None:
    found = work(_dossier(code))
    if as_json:
        shown.data(found)
    else:
        show_dossier(found)


async def _dossier(code: str) -> dict[str, Any]:
    async with opened(begin=False) as office, office.records.look() as session:
        return await dossier(session, await incident.by_code(session, code))
