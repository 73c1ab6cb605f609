"""`phatngon advance`: an incident's next steps on an engine of its own, when Prefect is down."""

import asyncio
import json
import os
import subprocess
import sys
from typing import Annotated, Any

import typer

from crisis.model.action import Action
from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from crisis.records import incident
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import say, told

app = group(say("xử lý khi Prefect dừng", "going on without Prefect"))

BECAUSE = "advanced without the engine"


@app.command(
    help=told(
        "Chạy các bước tiếp theo của một vụ việc trên Prefect tạm thời; việc này được ghi vào sổ. "
        "Lượt chạy khác đang giữ vụ việc thì lượt này nhường.",
        "Run an incident's next steps on a Prefect that ends with them; the ledger tells that it "
        "was done so. Where another run holds the incident, this one leaves it to that run.",
        "phatngon advance QT-2026-0012",
    )
)
def advance(
    code: Annotated[str, typer.Argument(metavar="CODE")],
    *,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    found = work(_advance(code))
    if as_json:
        shown.data(found)
    else:
        typer.echo(f"{found['code']}: {found['state']}\n{found['message']}".strip())
    if not found["completed"]:
        raise typer.Exit(1)


async def _advance(code: str) -> dict[str, Any]:
    async with opened(begin=False) as office, office.records.act(OPERATOR) as act:
        row = await incident.by_code(act.session, code)
        await act.note(row.code, Action.ENGINE_BYPASSED, {})
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "flows.local", "respond", row.code, "--because", BECAUSE),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    out, wrong = await child.communicate()
    lines = out.decode(errors="replace").strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        raise OutsideFailure(
            words("Không chạy được các bước tiếp theo.", "The next steps could not be run."),
            permanent=True,
            detail=wrong.decode(errors="replace").strip()[-200:],
        )
    return {"code": row.code, **json.loads(lines[-1])}
