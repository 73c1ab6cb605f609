"""The second factor: its first set-up with a QR code, and the code at every sign-in."""

from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.words import Words
from crisis.records import second_factor
from crisis.records.second_factor import TotpSetup
from crisis.records.sign_in import Refused, SecondFactor, SignedIn
from desk.door.app_state import office_of
from desk.door.form import own_form
from desk.door.gate import COOKIE, SignInNeeded, actor_of, own_path, visitor
from desk.door.page import render
from desk.door.sign_in_page import go_on, keep_session

ISSUER = "Phát ngôn"
SIGN_IN = "/vao"

router = APIRouter(include_in_schema=False)


@router.get("/vao/ma")
async def page(request: Request) -> Response:
    """Ask for the code; a person who has no factor yet is asked to set one up."""
    signed = await _visitor(request)
    there = own_path(request.query_params.get("next"))
    if signed.complete:
        return go_on(there, complete=True)
    if signed.factor is SecondFactor.TO_SET:
        return render(request, "second_factor_begin.html", there=there)
    return _code_form(request, there)


@router.post("/vao/ma")
async def give(request: Request) -> Response:
    """Check the code; the session gets a new token."""
    signed = await _visitor(request)
    form = await own_form(request)
    there = own_path(form.text("next"))
    office = office_of(request)
    async with office.records.act(actor_of(signed)) as act:
        opened = await second_factor.check_totp(
            act, office.seal, request.cookies[COOKIE], form.text("code")
        )
    if isinstance(opened, Refused):
        return _code_form(request, there, refused=opened.sentence)
    response = go_on(there, complete=True)
    keep_session(request, response, opened)
    return response


@router.post("/vao/ma/moi")
async def begin(request: Request) -> Response:
    """Make a new secret and show it, once, as QR code and letters."""
    signed = await _visitor(request)
    form = await own_form(request)
    office = office_of(request)
    async with office.records.act(actor_of(signed)) as act:
        made = await second_factor.set_totp(
            act, office.seal, request.cookies[COOKIE], issuer=ISSUER
        )
    return _set_up_form(request, made, own_path(form.text("next")))


@router.post("/vao/ma/xac-nhan")
async def confirm(request: Request) -> Response:
    """Put the new secret in force by its first code."""
    signed = await _visitor(request)
    form = await own_form(request)
    there = own_path(form.text("next"))
    office = office_of(request)
    async with office.records.act(actor_of(signed)) as act:
        opened = await second_factor.confirm_totp(
            act, office.seal, request.cookies[COOKIE], form.text("code")
        )
    if isinstance(opened, Refused):
        # The secret is not told a second time: a new code of the same app is enough.
        return _set_up_form(request, None, there, refused=opened.sentence, status=422)
    response = go_on(there, complete=True)
    keep_session(request, response, opened)
    return response


async def _visitor(request: Request) -> SignedIn:
    found = await visitor(request)
    if found is None:
        raise SignInNeeded(SIGN_IN)
    return found


def _code_form(request: Request, there: str, *, refused: Words | None = None) -> Response:
    status = 200 if refused is None else 403
    return render(request, "second_factor.html", status=status, there=there, refused=refused)


def _set_up_form(
    request: Request,
    made: TotpSetup | None,
    there: str,
    *,
    refused: Words | None = None,
    status: int = 200,
) -> Response:
    values: dict[str, Any] = {"secret": "", "picture": "", "there": there, "refused": refused}
    if made is not None:
        groups = [made.secret[n : n + 4] for n in range(0, len(made.secret), 4)]
        picture = segno.make(made.uri, error="m").svg_data_uri(scale=5, border=2, omitsize=False)
        values |= {"secret": " ".join(groups), "picture": picture}
    return render(request, "second_factor_set.html", status=status, **values)
