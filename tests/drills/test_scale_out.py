"""Two desks, two dispatchers, three workers, one PostgreSQL: each has a share, no act twice."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from crisis.audit.backing_up import Restored, back_up, restore
from crisis.clock import Clock
from crisis.records.schema.engine import WakeUp
from desk.prove.affair import affair
from desk.prove.diary import Diary
from desk.prove.evidence import Evidence, Finding
from desk.prove.resident import Resident
from desk.prove.upkeep import at_work, keep_reconciling
from desk.prove.witness import comes_to_rest, gathered, judged
from tests.drills.crowd import DESKS, DISPATCHERS, WORKERS, Crowd, crowd

AFFAIRS = ("01", "01", "01")
MIDDLE = 70
"""Ledger entries of the affairs after which the leading dispatcher is killed."""

BACKUP = "middle.zip"

pytestmark = [pytest.mark.xdist_group("drills"), pytest.mark.timeout(600)]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the crowd did, and what an outsider sees of it."""

    requests: dict[str, int]
    entries: dict[str, int]
    led: tuple[str, str]
    dispatched: tuple[int, int]
    owed: list[str]
    back: Restored
    evidence: Evidence
    findings: list[Finding]

    @property
    def table(self) -> str:
        """Who did what, one line for each part."""
        lines = [f"{name:<14}{n:>5} requests answered" for name, n in self.requests.items()]
        lines += [f"{name:<14}{n:>5} ledger entries written" for name, n in self.entries.items()]
        both = zip(self.led, self.dispatched, strict=True)
        lines += [f"{name:<14}{n:>5} wake-ups turned into runs" for name, n in both]
        return "\n".join(lines)


async def _dispatched(there: Crowd) -> int:
    async with there.ground.office.records.look() as session:
        question = select(func.count()).where(WakeUp.dispatched_at.is_not(None))
        return int(await session.scalar(question) or 0)


async def _leader_but(there: Crowd, *others: str) -> str:
    while (now := await there.leader()) in {"", *others}:
        await asyncio.sleep(0.2)
    return now


async def _lose_the_leader(there: Crowd) -> tuple[str, str, int]:
    """Kill who leads in the middle of the work; who led, who leads now, what was started before."""
    begun = await there.ground.entries()
    first = await _leader_but(there)
    while await there.ground.entries() < begun + MIDDLE:
        await asyncio.sleep(0.2)
    await there.ground.brood.kill(first)
    before = await _dispatched(there)
    await back_up(there.ground.office, there.place.var / BACKUP, Clock.real())
    return first, await _leader_but(there, first), before


async def _brought_back(there: Crowd, var: Path) -> Restored:
    """The backup of the middle, in a database of its own."""
    update = {"database_url": there.elsewhere, "var": var}
    settings = there.place.settings().model_copy(update=update)
    return await restore(settings, there.place.var / BACKUP)


async def _played(there: Crowd) -> tuple[Diary, dict[str, tuple[str, ...]], tuple[str, str, int]]:
    diary, expected = Diary(), dict[str, tuple[str, ...]]()
    for who in there.ground.cast.people:
        await there.ground.cast.browser(who)
    people = [
        Resident(ground=there.ground, diary=diary, chance=random.Random(n), dwell=0.2).play(  # noqa: S311
            affair(n, story), expected
        )
        for n, story in enumerate(AFFAIRS, start=1)
    ]
    async with at_work(keep_reconciling(there.ground)):
        lost, *_ = await asyncio.gather(_lose_the_leader(there), there.grow(), *people)
    return diary, expected, lost


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shown]:
    """Three affairs played through the crowd, while its leading dispatcher is killed."""
    folder = Path(tmp_path_factory.mktemp("crowd"))
    async with AsyncExitStack() as stack:
        there = await stack.enter_async_context(crowd(folder))
        async with asyncio.timeout(420):
            diary, expected, (first, then, before) = await _played(there)
        owed = await comes_to_rest(there.ground, 90)
        await there.go_home()
        seen = await gathered(there.ground, diary, expected, folder / "packs")
        yield Shown(
            requests=await there.requests(),
            entries={name: there.entries(name) for name in (*DESKS, *WORKERS)},
            led=(first, then),
            dispatched=(before, await _dispatched(there) - before),
            owed=owed,
            back=await _brought_back(there, folder / "elsewhere"),
            evidence=seen,
            findings=judged(seen),
        )


def test_nothing_is_done_twice_lost_or_unapproved_and_every_chain_holds(shown: Any) -> None:
    assert shown.findings == []
    assert shown.owed == []
    assert len(shown.evidence.packs) == len(AFFAIRS)
    assert len(shown.evidence.mails) > 10 * len(AFFAIRS)


def test_every_desk_and_every_worker_has_a_share(
    shown: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{shown.table}\n")
    assert all(shown.requests.values()), shown.requests
    assert all(shown.entries.values()), shown.entries


def test_a_backup_taken_while_all_of_them_worked_is_whole(shown: Any) -> None:
    assert shown.back.checked.breaks == []
    everything = sum(len(pack.entries) for pack in shown.evidence.packs.values())
    assert MIDDLE < shown.back.snapshot.entries < everything


def test_one_dispatcher_leads_and_the_other_takes_over_when_it_is_killed(shown: Any) -> None:
    assert set(shown.led) == set(DISPATCHERS)
    assert all(shown.dispatched), shown.dispatched
