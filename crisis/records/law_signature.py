"""Signatures of legal officers on rules of law, each bound to the rule as it read."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.proposal import LawSignature


async def sign(act: Act, rule: str, digest: str) -> LawSignature:
    """Sign the rule as it reads under `digest`; an earlier signature of it ends."""
    await withdraw(act, rule)
    row = LawSignature(rule=rule, digest=digest, by=act.actor.id, at=act.now)
    act.session.add(row)
    await act.session.flush()
    await act.note(OFFICE_CHAIN, Action.LAW_RULE_SIGNED, {"rule": rule, "digest": digest})
    return row


async def withdraw(act: Act, rule: str) -> bool:
    """End the signature on a rule; False where it has none."""
    row = (await in_force(act.session)).get(rule)
    if row is None:
        return False
    row.withdrawn_at, row.withdrawn_by = act.now, act.actor.id
    await act.session.flush()
    told = {"rule": rule, "digest": row.digest}
    await act.note(OFFICE_CHAIN, Action.LAW_UNSIGNED, told)
    return True


async def in_force(session: AsyncSession) -> Mapping[str, LawSignature]:
    """The signatures that stand, by rule."""
    rows = await session.scalars(
        select(LawSignature)
        .where(LawSignature.withdrawn_at.is_(None))
        .order_by(LawSignature.at, LawSignature.id)
    )
    return {row.rule: row for row in rows}
