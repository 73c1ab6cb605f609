"""`python -m flows`: the warm worker as a process of its own, until a signal sends it home.

The worker lives in a second thread: Prefect's engine takes over SIGTERM while a flow runs in the
main thread, and would crash every run in hand where this process wants to finish them first.
"""

import argparse
import asyncio
import signal
import sys
import threading

from prefect.settings import PREFECT_WORKER_QUERY_SECONDS, temporary_settings

from crisis import lifeline, log
from crisis.garbage import collect_apart
from crisis.settings import settings
from flows.worker import WarmWorker

POLL_SECONDS = 1.0
"""How often to ask for due runs where PREFECT_WORKER_QUERY_SECONDS does not say; Prefect's own 10 s
would stand between a person's answer and the next person's mail."""


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows", description=__doc__)
    parser.add_argument("--pool", default="phatngon", help="work pool (default: phatngon)")
    parser.add_argument("--name", help="name shown in Prefect; one per worker process")
    parser.add_argument("--limit", type=int, default=4, help="runs side by side (default: 4)")
    parser.add_argument("--grace", type=float, default=8.0, help="seconds to finish runs in hand")
    parser.add_argument("--heartbeat", type=int, default=10, help="seconds between signs of life")
    parser.add_argument("--with-parent", action="store_true", help="end when stdin closes")
    return parser.parse_args(given)


async def _shift(arguments: argparse.Namespace, over: threading.Event) -> None:
    """Work until `over`, then finish what is in hand; an error of the worker is raised."""
    worker = WarmWorker(
        arguments.pool,
        name=arguments.name,
        limit=arguments.limit,
        prefetch_seconds=0,
        heartbeat_interval_seconds=arguments.heartbeat,
    )
    working = asyncio.create_task(worker.start(printer=lambda line: None))
    sent_home = asyncio.create_task(asyncio.to_thread(over.wait))
    await asyncio.wait({working, sent_home}, return_when=asyncio.FIRST_COMPLETED)
    over.set()
    await sent_home
    if not working.done():
        await worker.drain(arguments.grace)
        working.cancel()
    await asyncio.wait({working})
    if not working.cancelled() and (failure := working.exception()):
        raise failure


def main(given: list[str] | None = None) -> int:
    """Run the worker; 0 when it was sent home, 1 when it could not go on."""
    arguments = _arguments(sys.argv[1:] if given is None else given)
    if arguments.with_parent:
        lifeline.hold()
    collect_apart()
    log.begin(settings().log, settings().secrets)
    over = threading.Event()
    done: list[bool] = []

    def shift() -> None:
        with temporary_settings(set_defaults={PREFECT_WORKER_QUERY_SECONDS: POLL_SECONDS}):
            asyncio.run(_shift(arguments, over))
        done.append(True)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    thread = threading.Thread(target=shift, name="worker")
    thread.start()
    thread.join()
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
