"""The runs of an incident as an audit pack lists them."""

from typing import Any

from desk.runs import Runs, RunView

Told = dict[str, Any]

MOST = 200
"""What Prefect gives in one answer."""


async def runs_for_pack(runs: Runs, code: str) -> list[Told]:
    """The runs of an incident, oldest first, as JSON. Raises OutsideFailure."""
    found = await runs.of_incident(code, limit=MOST)
    return [_told(run) for run in reversed(found)]


def _told(run: RunView) -> Told:
    """One run; durations are milliseconds, because the pack has no floats."""
    return {
        "id": run.id,
        "name": run.name,
        "flow": run.flow,
        "state": run.state,
        "started_at": run.started_at.isoformat() if run.started_at else None,
        "milliseconds": round(run.seconds * 1000),
        "tags": sorted(run.tags),
        "account": run.account,
        "states": [
            {"name": name, "message": message, "at": at.isoformat()}
            for name, message, at in run.states
        ],
    }
