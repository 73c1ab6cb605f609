"""An incident whose step waits for a person is found among any number that wait for nobody."""

from typing import Any

import pytest

from crisis.model.errors import RuleBroken
from crisis.model.words import words
from crisis.office.attention import case as cases
from crisis.records import incident, turn

REFUSED = RuleBroken(words("Thiếu căn cứ.", "Without evidence."), rule="thử")


async def test_a_blocked_incident_is_told_of_behind_many_whose_block_a_person_has_cleared(
    story: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "LIMIT", 1)
    filed = [await story.report(title=f"Bài {n}") for n in range(3)]
    ids = {code: (await story.standing(code)).incident.id for code in filed}
    codes = sorted(filed, key=lambda code: ids[code])
    for code in codes:
        async with story.acting("coordinator", code) as (act, standing):
            await incident.block(act, standing.incident, "draft", REFUSED)
    for code in codes[:2]:
        async with story.acting("coordinator", code) as (act, standing):
            await turn.wake(act, standing.incident, because="a person acted")
    async with story.office.records.act() as act:
        found = [wish.incident.code async for wish in cases.blocked(act)]
    assert found == codes[2:]
