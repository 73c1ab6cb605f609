"""The short form of `phatngon bench surge`: small sizes, the same real parts and assertions."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desk.bench.surge.api import Surge, api_bench
from desk.bench.surge.deadlines import deadlines_bench
from desk.bench.surge.figure import Claim, Figure
from desk.bench.surge.pages import FOLLOW, pages_bench
from desk.bench.surge.place import fresh
from desk.bench.surge.verify import verify_bench
from desk.parts.installation import Installation

HOUSE = Path(__file__).parents[2]
EXAMPLES = HOUSE / "examples"
CONTENT = (HOUSE / "playbooks", HOUSE / "templates")

pytestmark = [pytest.mark.xdist_group("drills"), pytest.mark.timeout(900)]


@pytest.fixture
async def place() -> AsyncIterator[Installation]:
    """An installation with nothing in it."""
    async with fresh(CONTENT, postgresql=False) as made:
        yield made


async def told(bench: AsyncIterator[Figure | Claim]) -> tuple[list[Figure], list[Claim]]:
    """The figures, and what was asserted."""
    found = [one async for one in bench]
    figures = [one for one in found if isinstance(one, Figure)]
    return figures, [one for one in found if isinstance(one, Claim)]


def broken(claims: list[Claim]) -> list[str]:
    """What does not hold."""
    return [claim.says for claim in claims if not claim.holds]


async def test_a_burst_of_reports_becomes_as_many_incidents_as_there_are_stories(
    place: Installation,
) -> None:
    surge = Surge(reports=8, stories=4, clients=4)
    figures, claims = await told(api_bench(place, EXAMPLES, surge))
    assert broken(claims) == []
    assert [(one.bench, one.size) for one in figures] == [
        *(("api burst", 2), ("open and mail", 1)),
        *(("api burst", 4), ("open and mail", 2)),
        *(("api burst", 8), ("open and mail", 4)),
    ]
    assert all(one.floor > 0 for one in figures)


async def test_deadlines_that_fall_due_at_once_are_all_recorded_and_mailed(
    place: Installation,
) -> None:
    figures, claims = await told(deadlines_bench(place, EXAMPLES, 2))
    assert broken(claims) == []
    assert [one.size for one in figures] == [1, 2]
    assert all(one.more["deadlines"] >= one.size for one in figures)


async def test_every_page_is_read_at_every_size(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.bench.surge.pages.ROUNDS", 2)
    figures, claims = await told(pages_bench(place, EXAMPLES, 100))
    pages = {one.bench for one in figures}
    assert {one.size for one in figures} == {1, 10, 100}
    assert len(figures) == 3 * len(pages)
    # What two rounds measure says nothing of growth; that each page was asked of is what counts.
    assert len(claims) == 3 * len(pages - FOLLOW)


async def test_a_ledger_that_grew_by_copies_holds_and_is_measured_beside_its_hashes(
    place: Installation,
) -> None:
    figures, claims = await told(verify_bench(place, EXAMPLES, 1600))
    assert broken(claims) == []
    assert all(one.size >= least for one, least in zip(figures, (100, 400, 1600), strict=True))
    assert all(one.value > one.floor for one in figures)
