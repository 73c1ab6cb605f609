"""Bytes that changed in the database after approval go nowhere, and `audit verify` tells."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select, text, update

from crisis.audit.check import check_ledger
from crisis.model.delivery import DeliveryState
from crisis.model.outlet import DeliveryFailed
from crisis.office.statement.delivering import deliver_one
from crisis.office.statement.ways_out import ways_out
from crisis.records.schema.publication import Delivery, Publication


async def change_what_was_frozen(office: Any) -> str:
    """What somebody does who owns the database; a delivery that is to be tried again."""
    embedded = office.records.database.engine.dialect.name == "sqlite"
    async with office.records.database.write() as session:
        of_table = "" if embedded else " ON publications"
        await session.execute(text(f"DROP TRIGGER publications_no_update{of_table}"))
        made = (await session.scalars(select(Publication))).one()
        other = deepcopy(made.frozen)
        other["variants"][0]["body"] += "\nBáo nêu không đúng."
        await session.execute(update(Publication).values(frozen=other))
        owed = (await session.scalars(select(Delivery).where(Delivery.outlet == "site"))).one()
        owed.state, owed.claimed_until = DeliveryState.PENDING.value, None
        owed.next_at = made.at
        return owed.id


async def test_what_is_no_longer_what_was_frozen_goes_nowhere_and_is_told(story: Any) -> None:
    code = await story.outlets.approved()
    await story.play(code)
    assert (await check_ledger(story.office)).holds
    again = await change_what_was_frozen(story.office)
    async with ways_out(story.office) as ways:
        assert not await deliver_one(story.office, ways, again)
        with pytest.raises(DeliveryFailed):
            await ways.site.rebuild()
    assert await story.outlets.states(code, "site") == [DeliveryState.FAILED.value]
    told = (await check_ledger(story.office)).breaks
    assert [one.chain for one in told] == [code]
    assert "no longer what was frozen" in told[0].sentence.en
