"""Signing in with e-mail and password, and signing out."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from crisis.model.words import Words
from crisis.records import sign_in
from crisis.records.sign_in import Refused, SecondFactor, SessionToken
from desk.door.app_state import office_of
from desk.door.form import form_of, own_form
from desk.door.gate import COOKIE, actor_of, own_path, visitor
from desk.door.nonce import check_nonce
from desk.door.page import is_secure, render

COMPLETE = frozenset({SecondFactor.GIVEN, SecondFactor.NOT_NEEDED})

router = APIRouter(include_in_schema=False)


@router.get("/vao")
async def page(request: Request) -> Response:
    """The sign-in form; whoever is signed in already goes on."""
    there = own_path(request.query_params.get("next"))
    known = await visitor(request)
    if known is not None:
        return go_on(there, complete=known.complete)
    return _form(request, there)


@router.post("/vao")
async def enter(request: Request) -> Response:
    """Check e-mail and password; the same sentence answers every failure."""
    form = await form_of(request)
    there = own_path(form.text("next"))
    check_nonce(request, form)
    opened = await sign_in.sign_in(
        office_of(request).records,
        form.text("email"),
        form.get("password", ""),
        replaces=request.cookies.get(COOKIE),
    )
    if isinstance(opened, Refused):
        return _form(request, there, email=form.text("email"), refused=opened.sentence, status=403)
    response = go_on(there, complete=opened.factor in COMPLETE)
    keep_session(request, response, opened)
    return response


@router.post("/ra")
async def leave(request: Request) -> Response:
    """End the session; whoever has none is shown the sign-in page too."""
    known = await visitor(request)
    response = RedirectResponse("/vao", status_code=303)
    if known is not None:
        await own_form(request)
        async with office_of(request).records.act(actor_of(known)) as act:
            await sign_in.sign_out(act, request.cookies[COOKIE])
    response.delete_cookie(COOKIE, secure=is_secure(request), httponly=True, samesite="lax")
    return response


def keep_session(request: Request, response: Response, opened: SessionToken) -> None:
    """Hand the browser its session; it ends with the browser at the latest."""
    response.set_cookie(
        COOKIE, opened.token, secure=is_secure(request), httponly=True, samesite="lax"
    )


def go_on(there: str, *, complete: bool) -> RedirectResponse:
    """To the page that was asked for, by way of the second factor where that is missing."""
    if complete:
        return RedirectResponse(there, status_code=303)
    step = "/vao/ma" if there == "/" else f"/vao/ma?{urlencode({'next': there})}"
    return RedirectResponse(step, status_code=303)


def _form(
    request: Request,
    there: str,
    *,
    email: str = "",
    refused: Words | None = None,
    status: int = 200,
) -> Response:
    return render(request, "sign_in.html", status=status, there=there, email=email, refused=refused)
