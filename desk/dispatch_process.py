"""`python -m desk.dispatch_process`: the dispatcher as a process of its own."""

import asyncio
import signal

from crisis import lifeline, log
from crisis.garbage import collect_apart
from crisis.office.office import open_office
from crisis.settings import settings
from desk.dispatch import Dispatcher
from desk.runs import Runs


async def serve() -> None:
    """Dispatch until a signal comes."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    chosen = settings()
    office = open_office(chosen)
    runs = Runs(api_url=chosen.prefect_api_url, auth=chosen.prefect_auth_string.get_secret_value())
    try:
        await Dispatcher(office=office, runs=runs).run(stop)
    finally:
        await office.records.close()


def main() -> None:
    """Dispatch until a signal comes or standard input closes."""
    lifeline.hold()
    collect_apart()
    log.begin(settings().log, settings().secrets)
    asyncio.run(serve())


if __name__ == "__main__":
    main()
