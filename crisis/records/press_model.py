"""Models learned from the office's labels: each a version with its bytes and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.records import blob
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.lesson import PressModel

MEDIA_TYPE = "text/tab-separated-values; charset=utf-8"
ON, OFF = "on", "off"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewModel:
    """A model with its figures on the labels held back; `state` says what became of it."""

    content: bytes
    judge: str
    trained_on: int
    held: int
    held_wanted: int
    shipped: tuple[int, int]
    learned: tuple[int, int]
    state: str


async def keep(act: Act, new: NewModel) -> PressModel:
    """Keep a version; one that is switched on switches the one before it off."""
    if new.state == ON:
        await switch_off(act)
    row = PressModel(
        number=(await act.session.scalar(select(func.max(PressModel.number))) or 0) + 1,
        sha256=await blob.keep(act, new.content, MEDIA_TYPE),
        at=act.now,
        judge=new.judge,
        trained_on=new.trained_on,
        held=new.held,
        held_wanted=new.held_wanted,
        shipped_alerts=new.shipped[0],
        shipped_right=new.shipped[1],
        model_alerts=new.learned[0],
        model_right=new.learned[1],
        state=new.state,
        state_at=act.now,
    )
    act.session.add(row)
    await act.session.flush()
    await act.note(
        OFFICE_CHAIN,
        Action.PRESS_MODEL_TRAINED,
        {
            "model": row.number,
            "sha256": row.sha256,
            "labels": row.trained_on + row.held,
            "state": row.state,
        },
    )
    return row


async def switch_off(act: Act) -> None:
    """No model counts any more; the shipped judge alone does."""
    await act.session.execute(
        update(PressModel).where(PressModel.state == ON).values(state=OFF, state_at=act.now)
    )


async def in_force(session: AsyncSession) -> PressModel | None:
    """The version that counts now, or None."""
    return (await session.scalars(select(PressModel).where(PressModel.state == ON))).first()


async def everyone(session: AsyncSession) -> Sequence[PressModel]:
    """Every version, the newest first."""
    return (await session.scalars(select(PressModel).order_by(PressModel.number.desc()))).all()


async def newest(session: AsyncSession) -> PressModel | None:
    """The version that was learned last, whether it counts or not."""
    found: PressModel | None = await session.scalar(
        select(PressModel).order_by(PressModel.number.desc()).limit(1)
    )
    return found
