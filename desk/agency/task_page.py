"""The page of an agency's task, opened by the link in its mail: no account is needed."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from crisis.model.errors import NotFound, PhatngonError, Stale
from crisis.model.ledger import Actor, ActorKind
from crisis.office.agency import verification
from crisis.office.office import Office
from crisis.records import incident
from crisis.records.link_issue import ended_link, issued_since
from crisis.records.task_link import Held
from desk.agency import answer as task_page_answer
from desk.agency import message as task_page_message
from desk.agency.link import acting, check_own, is_writable, link_nonce
from desk.agency.sent import read_sent
from desk.agency.show import show_ended, show_refused, show_task, task_path
from desk.door.app_state import office_of
from desk.door.page import render, seen_after

router = APIRouter(include_in_schema=False)

AGAIN_AFTER = timedelta(minutes=10)
"""Real time in which an address that holds a working link is not sent another one."""


@router.api_route("/viec", methods=["GET", "HEAD"])
async def without_link(request: Request) -> Response:
    """The address without its token, as a mail program that cuts links may open it."""
    return render(request, "task_missing.html", status=404)


@router.api_route("/viec/{token}", methods=["GET", "HEAD"])
async def task(request: Request, token: str) -> Response:
    """The task. Opening it changes nothing: mail scanners open every link."""
    try:
        return await show_task(request, token)
    except Stale as error:
        return await show_ended(request, token, error)
    except NotFound as error:
        return await show_refused(request, token, error)


@router.post("/viec/{token}/nhan")
async def acknowledge(request: Request, token: str) -> Response:
    """The agency has the task; a second click changes nothing."""
    office = office_of(request)
    try:
        check_own(request, token, await read_sent(request, limit=1))
        async with acting(office, token) as (act, held):
            await verification.acknowledge(office, act, held)
    except PhatngonError as error:
        return await show_refused(request, token, error)
    return seen_after(task_path(token), "nhan")


@router.post("/viec/{token}/gui-lai")
async def fresh_link(request: Request, token: str) -> Response:
    """Send a new link to the address in the directory, if this one stood for an open task.

    The answer is the same in every case, and an address that has a working link gets no other.
    """
    try:
        check_own(request, token, await read_sent(request, limit=1))
    except PhatngonError as error:
        return await show_refused(request, token, error)
    await _send_fresh(office_of(request), token)
    return render(
        request,
        "task_ended.html",
        sent=True,
        offer=False,
        sentence=None,
        nonce=link_nonce(request, token),
        token=token,
        here=task_path(token),
    )


async def _send_fresh(office: Office, token: str) -> None:
    async with office.records.look() as session:
        held = await ended_link(session, token)
    if held is None:
        return
    actor = Actor(kind=ActorKind.AGENCY.value, id=held.assignment.id)
    async with office.records.act(actor) as act:
        await incident.held(act, held.incident.code)
        held = await ended_link(act.session, token)
        if held is None:
            return
        email = held.assignment.contact_email
        if not _wants(held) or email is None:
            return
        if not await issued_since(
            act.session, held.assignment.id, email, at=act.real, within=AGAIN_AFTER
        ):
            await verification.fresh_link(office, act, held)


def _wants(held: Held) -> bool:
    return held.link.revoked_at is not None and is_writable(held)


router.include_router(task_page_answer.router)
router.include_router(task_page_message.router)
