"""Periodic duties: what is owed and by when, what was done, and the decisions that start one."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, NotFound, PhatngonError, RuleBroken
from crisis.model.periodic_duty import BRIEFING, DECISION, DUTY_WORDS, FORM_OF, PRESS_CONFERENCE
from crisis.model.words import Words, words
from crisis.office.content import law_signing
from crisis.office.duty import duty_recording, spokesperson_naming
from crisis.office.duty.duty_planning import duty_rules
from crisis.office.incident.fact_clock import question_of
from crisis.office.office import Office
from crisis.records import duty, person
from crisis.records.act import Act
from crisis.records.duty import Done
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed, typed_of
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after

PLACE = "/nhiem-vu-dinh-ky"
DONE: dict[str, Words] = {
    "record": words("Đã ghi nhận.", "Recorded."),
    "withdraw": words("Đã hủy ghi nhận.", "The record was withdrawn."),
    "appoint": words(
        "Đã ghi quyết định; thời hạn công bố đang tính.", "Recorded; the time to publish runs."
    ),
}

router = APIRouter(include_in_schema=False, prefix=PLACE)


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """The duties."""
    return await _shown(request, None)


async def _shown(request: Request, failed: Failed | None) -> Response:
    office = office_of(request)
    async with reading(office) as act:
        force = await office.in_force(act.session)
        law = force.law
        unsigned = await law_signing.unsigned_rules(act.session, law)
        clocks = await duty.clocks(act.session, duty_rules(law))
        records = await duty.newest(act.session)
        names = await person.names(act.session)
        now = act.now
    owed = [row for row in clocks if duty.is_owed(row)]
    return render(
        request,
        "duties.html",
        status=failed.status if failed else 200,
        owed=owed,
        unsigned=unsigned,
        questions={row.id: question_of(force.calendar, row) for row in owed},
        records=records,
        names=names,
        now=now,
        failed=failed,
        typed=typed_of(failed),
        done=DONE.get(request.query_params.get("da", "")),
        kind_of={rule.id: rule.purpose for rule in law.rules},
        citations={rule.id: law.citation(rule.sources) for rule in law.rules},
        kinds=DUTY_WORDS,
        form_of=FORM_OF,
        forms=law.speaking_forms,
        form_titles={form.id: form.title for form in law.speaking_forms},
        others=(BRIEFING, PRESS_CONFERENCE),
        decision=DECISION,
    )


async def _record(office: Office, act: Act, form: Form) -> None:
    await duty_recording.record(office, act, _done(form, form.text("kind")), form.key("clock"))


async def _withdraw(office: Office, act: Act, form: Form) -> None:
    await duty_recording.withdraw(office, act, form.key("record"), form.text("reason")[:1000])


async def _appoint(office: Office, act: Act, form: Form) -> None:
    await spokesperson_naming.name_spokesperson(office, act, _done(form, DECISION))


def _done(form: Form, kind: str) -> Done:
    at = form.moment("done_at")
    if at is None:
        raise BadInput(words("Xin ghi thời điểm.", "Please say when."), field="done_at")
    return Done(
        kind=kind,
        done_at=at,
        form=form.text("form") or FORM_OF.get(kind, ""),
        reference=form.text("reference"),
        note=form.text("note")[:2000],
    )


Deed = Callable[[Office, Act, Form], Awaitable[None]]
DEEDS: dict[str, tuple[str, Deed]] = {
    "ghi": ("record", _record),
    "huy": ("withdraw", _withdraw),
    "bo-nhiem": ("appoint", _appoint),
}


@router.post("/{what}")
async def take(request: Request, signed: Person, what: str) -> Response:
    """Do what a form of this page asks for. Raises NotFound for an unknown act."""
    form, office = await own_form(request), office_of(request)
    must(signed, *ACTING)
    if what not in DEEDS:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    name, deed = DEEDS[what]
    refused: PhatngonError
    try:
        async with office.records.act(actor_of(signed)) as act:
            await deed(office, act, form)
    except (BadInput, RuleBroken, NotFound) as error:
        refused = error
    else:
        return seen_after(PLACE, name)
    where = form.key("clock") or form.key("record") or name
    return await _shown(request, Failed(name=where, error=refused, form=form))
