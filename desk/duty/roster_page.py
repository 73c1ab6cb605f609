"""The duty roster: who is on duty now and next, put down and taken back by named people."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, NotFound, PhatngonError, RuleBroken
from crisis.model.role import Role
from crisis.model.words import Words, words
from crisis.office import roster
from crisis.records import person, shift
from crisis.records.act import Act
from crisis.records.shift import OnDuty
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed, typed_of
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after

PLACE = "/lich-truc"
PUT, WITHDRAW = "xep", "huy"
DONE: dict[str, Words] = {
    PUT: words("Đã xếp ca trực.", "The time on duty is set."),
    WITHDRAW: words("Đã hủy ca trực.", "The time on duty was withdrawn."),
}

router = APIRouter(include_in_schema=False, prefix=PLACE)


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """The roster."""
    return await _shown(request, None)


async def _shown(request: Request, failed: Failed | None) -> Response:
    async with reading(office_of(request)) as act:
        people = await person.with_role(act.session, Role.COORDINATOR)
        on_duty = await shift.on_duty(act.session, act.now)
        rows = await shift.newest(act.session)
        names = await person.names(act.session)
        now = act.now
    coming = [row for row in rows if row.ends_at > now and row.withdrawn_at is None]
    return render(
        request,
        "roster.html",
        status=failed.status if failed else 200,
        people=people,
        present=[one for one in people if one.id in on_duty],
        coming=sorted(coming, key=lambda row: (row.starts_at, row.id)),
        past=[row for row in rows if row not in coming],
        names=names,
        now=now,
        failed=failed,
        typed=typed_of(failed),
        done=DONE.get(request.query_params.get("da", "")),
    )


@router.post("/{what}")
async def take(request: Request, signed: Person, what: str) -> Response:
    """Put somebody on duty, or take an entry back. Raises NotFound for an unknown act."""
    form, office = await own_form(request), office_of(request)
    must(signed, *ACTING)
    if what not in DONE:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    refused: PhatngonError
    try:
        async with office.records.act(actor_of(signed)) as act:
            if what == PUT:
                await roster.put(act, _said(form, act))
            else:
                await roster.withdraw(act, form.key("shift"), form.text("reason")[:1000])
    except (BadInput, RuleBroken, NotFound) as error:
        refused = error
    else:
        return seen_after(PLACE, what)
    where = PUT if what == PUT else form.key("shift")
    return await _shown(request, Failed(name=where, error=refused, form=form))


def _said(form: Form, act: Act) -> OnDuty:
    starts_at, ends_at = form.moment("starts_at"), form.moment("ends_at")
    if ends_at is None:
        raise BadInput(words("Xin ghi giờ kết thúc.", "Please say when it ends."), field="ends_at")
    return OnDuty(
        user_id=form.key("user"),
        starts_at=starts_at or act.now,
        ends_at=ends_at,
        note=form.text("note")[:300],
    )
