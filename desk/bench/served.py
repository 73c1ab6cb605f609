"""Installations of their own to be measured: set up, served, with invented people in them."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from crisis.clock import Clock
from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from crisis.records.incident_copy import Copies, copy_incident
from desk.bench.crowd import Crowd
from desk.bench.rest import AtRest, Resting, Woken
from desk.bench.story import Bench, Measured
from desk.parts import setup
from desk.parts.installation import Installation
from desk.parts.mail_folder import MailFolder
from desk.parts.patience import until
from desk.parts.supervisor import Supervisor
from desk.runs import Runs

REPORT = "01-plo-school-yard.yaml"
READY_SECONDS = 120.0
UP = (sys.executable, "-c", "from desk.cli import main; main()", "up", "--exercise", "--port")


@asynccontextmanager
async def crowd_at(place: Installation, examples: Path) -> AsyncIterator[Crowd]:
    """The installation set up with the people of `examples`."""
    plan = setup.Plan(
        contacts=examples / "contacts.yaml", newsrooms=setup.INVENTED_NEWSROOMS, announced=True
    )
    ready = await setup.set_up(place.settings(), plan)
    people = {one.id: one.user for one in ready.made}
    try:
        yield Crowd(office=ready.office, people=people, report=examples / REPORT)
    finally:
        await ready.office.records.close()


@asynccontextmanager
async def at_work(
    place: Installation, examples: Path, tell: Callable[[str], None] = lambda _: None
) -> AsyncIterator[tuple[Crowd, Runs]]:
    """The same with all parts at work, and their runs; what the supervisor tells is in its logs."""
    async with (
        crowd_at(place, examples) as crowd,
        Supervisor(parts=place.parts(), logs=place.var / "log", tell=tell),
    ):
        yield crowd, Runs(api_url=place.settings().prefect_api_url)


async def story_bench(
    place: Installation, examples: Path, incidents: int, tell: Callable[[str], None]
) -> Measured:
    """`incidents` at once through the parts of `place`, then the floor."""
    async with at_work(place, examples, tell) as (crowd, runs):

        async def in_process(shares: Sequence[int]) -> float:
            return await _in_process(place, shares)

        return await Bench(crowd=crowd, runs=runs, in_process=in_process).story(incidents)


async def _in_process(place: Installation, shares: Sequence[int]) -> float:
    """Seconds that the same empty runs take, called in one process on the server of `place`."""
    command = (sys.executable, "-m", "flows.empty", *(str(tasks) for tasks in shares))
    child = await asyncio.create_subprocess_exec(
        *command, env=place.environment(), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    return float(said)


async def rest_bench(
    place: Installation, examples: Path, incidents: int, seconds: float, answers: int
) -> AsyncIterator[AtRest | Woken]:
    """With nothing open, then with copies of an incident that waits for its agency."""
    async with crowd_at(place, examples) as crowd, _up(place) as pid:
        resting = Resting(
            crowd=crowd,
            runs=Runs(api_url=place.settings().prefect_api_url, auth=place.prefect_auth),
            pid=pid,
            desk_url=place.desk_url,
            mails=MailFolder(place.mail_dir),
            clock=Clock.real(),
        )
        await resting.warm_up()
        yield await resting.at_rest(0, seconds)
        code, _ = await resting.incident(0)
        yield await resting.woken(1, range(1, 1 + answers))
        await copy_incident(crowd.office.records, code, Copies(numbers=range(incidents)))
        yield await resting.at_rest(1 + incidents, seconds)
        yield await resting.woken(1 + incidents, range(1 + answers, 1 + 2 * answers))


@asynccontextmanager
async def _up(place: Installation) -> AsyncIterator[int]:
    """`phatngon up` as a process of its own that serves `place`; its process id."""
    child = await asyncio.create_subprocess_exec(
        *UP,
        str(place.ports.desk),
        env={**os.environ, "PHATNGON_VAR": str(place.var.parent)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with httpx.AsyncClient(base_url=place.desk_url) as web:

            async def serves() -> bool:
                if child.returncode is not None:
                    raise OutsideFailure(
                        words("`up` không khởi động được.", "`up` did not start."), permanent=True
                    )
                with contextlib.suppress(httpx.TransportError):
                    return (await web.get("/readyz")).is_success
                return False

            await until("up", serves, seconds=READY_SECONDS)
        yield child.pid
    finally:
        if child.returncode is None:
            child.terminate()
        await child.wait()
