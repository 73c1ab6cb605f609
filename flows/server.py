"""`python -m flows.server`: Prefect's API server in this one process, tied to its parent."""

import argparse
import os

import uvicorn

from crisis import lifeline
from crisis.garbage import collect_apart

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "2",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_CLIENT_MAX_RETRIES": "10",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}
"""What stock SQLite needs to bear four runs at once, and services that nothing here uses turned off
or slowed down: a third of the server's work at rest and 50 MiB (docs/engine.md)."""


def main() -> None:
    """Serve on loopback until a signal comes or standard input closes."""
    parser = argparse.ArgumentParser(prog="flows.server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    lifeline.hold()
    collect_apart()
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=given.port,
        log_level="warning",
        timeout_keep_alive=5,
    )


if __name__ == "__main__":
    main()
