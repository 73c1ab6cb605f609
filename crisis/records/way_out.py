"""Setting up the ways out: official outlets, and the newsrooms on the press list."""

from dataclasses import dataclass, field
from typing import Any

from crisis.records.act import Act
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
