"""The whole ledger checked in the database, and what each attack on it looks like."""

from typing import Any

from sqlalchemy import text

from crisis.audit.check import Checked, check_ledger
from crisis.records import checkpoint
from crisis.records.act import SYSTEM

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


async def attack(audited: Any, *statements: str) -> None:
    """What somebody does who owns the database: triggers first, then the rows."""
    async with audited.office.records.database.write() as session:
        for name in (await session.scalars(text(TRIGGERS))).all():
            await session.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            known = {"code": audited.code} if ":code" in statement else {}
            await session.execute(text(statement), known)


async def sign(office: Any) -> None:
    async with office.records.act(SYSTEM) as act:
        await checkpoint.sign_now(act, office.seal)


def places(found: Checked) -> set[tuple[str, int]]:
    return {(one.chain, one.seq) for one in found.breaks}


async def test_an_untouched_ledger_holds(audited: Any) -> None:
    await sign(audited.office)
    found = await check_ledger(audited.office)
    assert found.holds
    assert (found.chains, found.checkpoints) == (2, 1)
    # The signature itself is told in the office's chain, after what it covers.
    assert found.after == 1


async def test_without_a_checkpoint_nothing_is_vouched_for(audited: Any) -> None:
    found = await check_ledger(audited.office)
    assert found.holds
    assert found.after == found.entries > 0


async def test_a_changed_entry_is_named_with_its_chain_and_number(audited: Any) -> None:
    await sign(audited.office)
    await attack(
        audited,
        "UPDATE ledger SET body = replace(body, 'S2', 'S1') WHERE chain = :code AND seq = 1",
    )
    found = await check_ledger(audited.office)
    assert (audited.code, 1) in places(found)


async def test_a_chain_cut_at_its_end_is_found_by_the_checkpoint(audited: Any) -> None:
    await sign(audited.office)
    await attack(
        audited,
        "DELETE FROM ledger WHERE chain = :code AND seq = "
        "(SELECT seq FROM chain_heads WHERE chain = :code)",
        "UPDATE chain_heads SET seq = seq - 1 WHERE chain = :code",
        "UPDATE chain_heads SET hash = (SELECT hash FROM ledger AS l WHERE l.chain = :code "
        "AND l.seq = chain_heads.seq) WHERE chain = :code",
    )
    found = await check_ledger(audited.office)
    assert [one.chain for one in found.breaks] == [audited.code]
    assert "cut" in found.breaks[0].sentence.en


async def test_a_chain_taken_away_whole_is_found(audited: Any) -> None:
    await sign(audited.office)
    await attack(
        audited,
        "DELETE FROM ledger WHERE chain = :code",
        "DELETE FROM chain_heads WHERE chain = :code",
    )
    assert (audited.code, 1) in places(await check_ledger(audited.office))


async def test_a_checkpoint_over_other_heads_is_found(audited: Any) -> None:
    await sign(audited.office)
    await attack(audited, "UPDATE checkpoints SET leaves = replace(leaves, ',1', ',2')")
    found = await check_ledger(audited.office)
    assert ("checkpoints", 1) in places(found)


async def test_a_line_that_is_no_entry_is_found(audited: Any) -> None:
    await attack(audited, "UPDATE ledger SET body = '{}' WHERE seq = 2")
    found = await check_ledger(audited.office)
    assert {("office", 2), (audited.code, 2)} <= places(found)


async def test_a_head_row_that_lies_is_found(audited: Any) -> None:
    await attack(audited, "UPDATE chain_heads SET hash = 'x' WHERE chain = 'office'")
    found = await check_ledger(audited.office)
    assert [one.chain for one in found.breaks] == ["office"]


async def test_an_entry_filed_under_another_action_is_told(audited: Any) -> None:
    await attack(
        audited, "UPDATE ledger SET action = 'claim.added' WHERE chain = :code AND seq = 1"
    )
    found = await check_ledger(audited.office)
    assert places(found) == {(audited.code, 1)}
