"""What is done to the surroundings of the office in a fault, and how it is put right again."""

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from desk.prove.brood import HOUSE
from desk.prove.narrow_disk import MARK
from desk.prove.receiver import Manner
from desk.prove.trial import Trial

Deed = Callable[[Trial], Awaitable[None]]

OTHER_WORDS = "BẢN PHÁT HÀNH KHÁC"
HELD_SECONDS = 8.0


async def nothing(_: Trial) -> None:
    return None


def smtp(mode: str, **more: object) -> Deed:
    return lambda trial: trial.smtp(mode, **more)


def told(action: str, times: int = 1) -> Deed:
    return lambda trial: trial.sees(action, times)


def receiver(manner: Manner) -> Deed:
    async def breaks(trial: Trial) -> None:
        trial.ground.receiver.manner = manner

    return breaks


FINE = receiver(Manner.FINE)
SMTP_FINE = smtp("none")


async def database_away(trial: Trial) -> None:
    """PostgreSQL stops at once, as by a crash, and comes back; on SQLite a stranger holds it."""
    await trial.stands_at("verifying", "drafting", "approving")
    server = trial.ground.cluster
    if server is not None:
        await server.stop()
        await asyncio.sleep(HELD_SECONDS / 2)
        await server.start()
        return
    await asyncio.to_thread(hold, trial.ground.place.var / "records.db")


def hold(file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT 1").fetchall()
    # As long as a copy or a careless tool would: less than the 30 s that our connections wait.
    connection.set_progress_handler(None, 0)
    wait(HELD_SECONDS)
    connection.rollback()
    connection.close()


def wait(seconds: float) -> None:
    asyncio.run(asyncio.sleep(seconds))


async def disk_full(trial: Trial) -> None:
    (trial.ground.orders / MARK).touch()


async def refused(trial: Trial) -> None:
    async def refused() -> bool:
        return any(line.startswith("report 5") for line in trial.diary.refused)

    await trial.waits("a refused report", refused)


async def disk_free(trial: Trial) -> None:
    (trial.ground.orders / MARK).unlink()


async def engine_gone(trial: Trial) -> None:
    await trial.stop("prefect")


async def hour_without_engine(trial: Trial) -> None:
    """People work on, wishes wait, an hour of office time passes."""

    async def waits() -> bool:
        return await trial.stage() == "open" and await trial.waiting() > 0

    await trial.waits("wishes that wait for the engine", waits)
    await trial.jump(1)
    await asyncio.sleep(HELD_SECONDS / 2)
    await trial.waits("the same wishes", waits)


async def clock_forward(trial: Trial) -> None:
    await trial.stands_at("verifying")
    await trial.jump(72)


async def clock_back(trial: Trial) -> None:
    await trial.jump(-2)


async def two_of_each(trial: Trial) -> None:
    await trial.double("worker-1")
    await trial.double("dispatcher")


async def other_release(trial: Trial) -> None:
    """The worker ends in the middle; one of a release with other letters goes on."""
    await trial.stands_at("verifying")
    folder = trial.ground.place.var / "other-release"
    shutil.copytree(HOUSE / "templates", folder, dirs_exist_ok=True)
    for body in (folder / "letters").rglob("body.txt"):
        body.write_text(body.read_text(encoding="utf8") + OTHER_WORDS, encoding="utf8")
    await trial.stop("worker-1")
    await trial.double("worker-1", PHATNGON_TEMPLATES=str(folder))


async def first_release(trial: Trial) -> None:
    await trial.away()
    await trial.start("worker-1")
