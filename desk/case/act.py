"""One act on an incident by a form: done in one transaction, or shown again as it was typed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm.exc import StaleDataError

from crisis.model.errors import BadInput, NotFound, OutsideFailure, PhatngonError, RuleBroken, Stale
from crisis.office.case import Standing, hold_case
from crisis.office.office import Office
from crisis.records import incident
from crisis.records.act import Act
from crisis.records.sign_in import SignedIn
from desk.door.app_state import office_of
from desk.door.failed_form import CHANGED, Failed
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, actor_of, must
from desk.door.page import seen_after

Doing = Callable[[Office, Act, Standing, Form], Awaitable[None]]
Showing = Callable[[Request, str, Failed | None], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """An act: its name on the page, what it does, and the page (`tab`) that shows it again."""

    name: str
    do: Doing
    show: Showing
    tab: str = ""
    anchor: str = ""


async def perform(request: Request, signed: SignedIn, code: str, order: Order) -> Response:
    """Do what a coordinator's form asks for. Raises NotAllowed, NotFound (no such incident)."""
    form = await own_form(request)
    must(signed, *ACTING)
    office = office_of(request)
    try:
        async with office.records.act(actor_of(signed)) as act:
            case = await incident.by_code(act.session, code)
            await order.do(office, act, await hold_case(office, act, case), form)
    except StaleDataError:
        return await _again(request, code, order, form, Stale(CHANGED))
    except (BadInput, RuleBroken, Stale, NotFound, OutsideFailure) as error:
        return await _again(request, code, order, form, error)
    return seen_after(f"/vu-viec/{case.code}{order.tab}", order.name, order.anchor)


async def _again(
    request: Request, code: str, order: Order, form: Form, error: PhatngonError
) -> Response:
    name = f"{order.name}{form.text('row')}"
    return await order.show(request, code, Failed(name=name, error=error, form=form))
