"""`python -m flows.local FLOW CODE`: one run here and now, on a Prefect that ends with it.

For the day on which the Prefect server is down. Prints one JSON object: `run`, `flow`, `state`,
`message`, `completed`. Exit code 0 when the flow completed, 1 when it did not, 2 on bad usage.
"""

import argparse
import asyncio
import importlib
import json
import os
import signal
import sys
import tempfile
from typing import Any

FLOWS = (
    *("respond", "remind", "escalate", "send_mail", "publish"),
    *("reconcile", "watch_press", "watch_train", "brief"),
)

ALONE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_CLIENT_MAX_RETRIES": "10",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
}


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.local", description=__doc__)
    parser.add_argument("flow", choices=FLOWS)
    parser.add_argument("code", nargs="?", help="the incident, where the flow takes one")
    parser.add_argument("--because", help="why, as the run's account says it")
    parser.add_argument(
        "--subject",
        action="append",
        dest="subjects",
        help="what a reminder or escalation is about; may be given again",
    )
    parser.add_argument("--home", help="folder of the run history (default: gone afterwards)")
    return parser.parse_args(given)


async def run_flow(flow: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Run `flow` with `parameters` in this process; its run id, state name and message."""
    # Prefect reads its settings while it is imported: not before they are set.
    shelf = importlib.import_module("flows.shelf").Shelf()
    told = await shelf.flow_at(f"flows.{flow}.{flow}")
    state = await told(**parameters, return_state=True)
    return {
        "run": str(state.state_details.flow_run_id),
        "flow": flow,
        "state": state.name,
        "message": state.message or "",
        "completed": state.is_completed(),
    }


def _go(arguments: argparse.Namespace, home: str) -> int:
    os.environ.pop("PREFECT_API_URL", None)
    os.environ.update(ALONE, PREFECT_HOME=home)
    named = {name: getattr(arguments, name) for name in ("code", "because", "subjects")}
    parameters = {name: value for name, value in named.items() if value is not None}
    told = asyncio.run(run_flow(arguments.flow, parameters))
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0 if told["completed"] else 1


def main(given: list[str] | None = None) -> int:
    """Run one flow alone; the exit code."""
    arguments = _arguments(sys.argv[1:] if given is None else given)
    # Prefect ends its server at this process's regular end, which SIGTERM by itself is not.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if arguments.home:
        return _go(arguments, arguments.home)
    with tempfile.TemporaryDirectory(prefix="phatngon-", ignore_cleanup_errors=True) as home:
        return _go(arguments, home)


if __name__ == "__main__":
    sys.exit(main())
