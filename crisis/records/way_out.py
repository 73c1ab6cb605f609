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
    """Put a newsroom on the press list unless its address is there; whether it was added.

    Raises BadInput for what is no address.
    """
    row = {"id": new_id(), "outlet": new.outlet.strip(), "email": normal_email(new.email)}
    return await put_new(
        act.session, PressContact, row | {"language": new.language, "active": True}
    )


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
