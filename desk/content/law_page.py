"""The rules of law in force: what each says, where it is written, and which officer signed it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.law_digest import rule_digest
from crisis.model.role import Role
from crisis.model.validity import holding_on
from crisis.model.words import words
from crisis.office.content import law_signing
from crisis.office.content.known_calendar import calendar_table
from crisis.office.office import local_day
from crisis.records import law_signature, person
from desk.content.law_words import (
    CONFIDENCE_WORDS,
    KIND_WORDS,
    TOPIC_WORDS,
    actor_words,
    limit_words,
    start_words,
)
from desk.door.app_state import office_of, reading
from desk.door.form import own_form
from desk.door.gate import Person, actor_of, may, must
from desk.door.page import render, seen_after

router = APIRouter(include_in_schema=False, prefix="/luat")


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """Every rule, those in force today first, with its signature."""
    async with reading(office_of(request)) as act:
        law = (await office_of(request).in_force(act.session)).law
        signatures = dict(await law_signature.in_force(act.session))
        unsigned = await law_signing.unsigned_rules(act.session, law)
        names = await person.names(act.session)
        table = await calendar_table(act.session)
        today = {rule.id for rule in holding_on(local_day(act.now), law.rules)}
    ordered = sorted(law.rules, key=lambda rule: rule.id not in today)
    return render(
        request,
        "law.html",
        law=law,
        rules=ordered,
        today=today,
        signatures=signatures,
        unsigned=unsigned,
        names=names,
        digest_of=rule_digest,
        limit_of=lambda rule: limit_words(rule, law),
        start_of=start_words,
        actor_of=actor_words,
        calendar=table,
        topic_of=lambda topic: TOPIC_WORDS.get(topic, words(topic, topic)),
        regimes=holding_on(local_day(request.state.now), law.regimes),
        kinds=KIND_WORDS,
        confidences=CONFIDENCE_WORDS,
        legal=may(signed, Role.LEGAL),
        done=request.query_params.get("da", ""),
    )


@router.post("/{rule}")
async def sign(request: Request, signed: Person, rule: str) -> Response:
    """Sign a rule as it reads, or withdraw the signature; legal officers only."""
    form = await own_form(request)
    must(signed, Role.LEGAL)
    office = office_of(request)
    async with office.records.act(actor_of(signed)) as act:
        if form.get("act") == "withdraw":
            await law_signature.withdraw(act, rule)
        else:
            await law_signing.sign(office, act, rule, form.text("digest"))
    return seen_after("/luat", "signed", rule)
