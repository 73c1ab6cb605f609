"""Setting up the ways out: official outlets, and the newsrooms on the press list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.breaker import Breaker
from crisis.model.errors import NotFound
from crisis.model.words import words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.conditional import won
from crisis.records.person import normal_email
from crisis.records.schema.base import new_id
from crisis.records.schema.publication import OutletRow, PressContact
from crisis.records.upsert import put_new


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOutlet:
    """A way out; `announced` as official (INV5), `real` where the public is at its end."""

    id: str
    announced: bool
    real: bool
    config: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Newsroom:
    """The desk of a press outlet: a duty address, not a person."""

    outlet: str
    email: str
    language: str = "vi"


async def add_outlet(act: Act, new: NewOutlet) -> bool:
    """Set up an outlet unless it is there already; whether it was added."""
    row = {"id": new.id, "announced": new.announced, "real": new.real, "config": new.config}
    return await put_new(act.session, OutletRow, row | {"failures": 0})


async def add_newsroom(act: Act, new: Newsroom) -> bool:
    """Put a newsroom on the press list, or back on it, unless its address is in use; whether so.

    Raises BadInput for what is no address.
    """
    row = {"id": new_id(), "outlet": new.outlet.strip(), "email": normal_email(new.email)}
    fresh = {"language": new.language, "active": True}
    if await put_new(act.session, PressContact, row | fresh):
        return True
    back = update(PressContact).where(
        PressContact.email == row["email"], PressContact.active.is_(False)
    )
    return await won(act.session, back.values(outlet=row["outlet"], **fresh))


async def set_webhook(act: Act, new: NewOutlet) -> None:
    """Set up the webhook, or point it elsewhere; whether it is announced stays as it was."""
    if not await add_outlet(act, new):
        row = await act.session.get_one(OutletRow, new.id)
        row.config, row.real = dict(new.config), new.real
        await act.session.flush()
    await act.note(OFFICE_CHAIN, Action.OUTLET_CHANGED, {"outlet": new.id, "change": "set up"})


async def remove_newsroom(act: Act, email: str) -> None:
    """Take a newsroom off the press list; corrections of what it got still reach it.

    Raises NotFound where the list in use has no such address.
    """
    told = normal_email(email)
    row = await act.session.scalar(
        select(PressContact).where(PressContact.email == told, PressContact.active.is_(True))
    )
    if row is None:
        raise NotFound(
            words(f"Danh sách báo chí không có {told}.", f"{told} is not on the press list.")
        )
    row.active = False
    await act.session.flush()
    told_of = {"outlet": "press_list", "change": "newsroom removed", "contact": row.id}
    await act.note(OFFICE_CHAIN, Action.OUTLET_CHANGED, told_of)


async def announce(act: Act, outlet: str, *, announced: bool) -> None:
    """Record that an outlet was announced as official, or no longer is (INV5). Raises NotFound."""
    row = await act.session.get(OutletRow, outlet)
    if row is None:
        raise NotFound(words(f"Không có kênh {outlet}.", f"There is no outlet called {outlet}."))
    row.announced = announced
    await act.session.flush()
    action = Action.OUTLET_ANNOUNCED if announced else Action.OUTLET_ENDED
    await act.note(OFFICE_CHAIN, action, {"outlet": outlet})


async def outlets(session: AsyncSession) -> Sequence[OutletRow]:
    """Every outlet of the office."""
    return list(await session.scalars(select(OutletRow).order_by(OutletRow.id)))


async def press_contacts(session: AsyncSession, *, former: bool = False) -> Sequence[PressContact]:
    """The press list in use, by outlet; with `former` also who is no longer on it."""
    wanted = select(PressContact).order_by(PressContact.outlet)
    if not former:
        wanted = wanted.where(PressContact.active.is_(True))
    return list(await session.scalars(wanted))


async def keep_breaker(act: Act, outlet: str, breaker: Breaker) -> None:
    """Write down the state of an outlet's breaker."""
    await act.session.execute(
        update(OutletRow)
        .where(OutletRow.id == outlet)
        .values(failures=breaker.failures, open_until=breaker.open_until)
    )
