"""The short form of the crash campaign: real parts killed at named points while people go on."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from desk.prove.campaign import crash
from desk.prove.outcome import CampaignPlan, Outcome
from desk.prove.strike import AIMS, STAGES

POINTS = 8

# Prefect, worker, desk and mail server start here; a busy machine takes its time.
pytestmark = [pytest.mark.xdist_group("drills"), pytest.mark.timeout(900)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def outcome(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outcome]:
    """What eight kills came to."""
    folder = tmp_path_factory.mktemp("crash")
    plan = CampaignPlan(points=POINTS, seed=11, folder=folder, side_by_side=3, dwell=0.5)
    yield await crash(plan, lambda line: None)


def test_after_eight_kills_nothing_is_lost_doubled_or_published_unapproved(outcome: Any) -> None:
    assert outcome.findings == []
    assert outcome.owed == []


def test_every_kill_is_counted_where_it_struck(outcome: Any) -> None:
    assert len(outcome.strikes) == POINTS
    assert sum(outcome.table.kills(aim) for aim in AIMS) == POINTS
    stood = sum(outcome.table.cell(aim, stage) for aim in AIMS for stage in STAGES)
    assert stood == sum(len(struck.stages) for struck in outcome.strikes) > 0


def test_the_checker_had_something_to_check(outcome: Any) -> None:
    seen = outcome.evidence
    assert len(seen.packs) == len(seen.diary.codes) >= 3
    assert len(seen.mails) > 10 * len(seen.packs)
    assert len({page.slug for page in seen.pages}) == len(seen.packs)
    assert len({call["key"] for call in seen.calls}) == len(seen.packs)
