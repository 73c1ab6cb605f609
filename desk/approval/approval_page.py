"""What waits for my approval, and deciding about exactly the bytes that were read."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm.exc import StaleDataError

from crisis.model.approval import Decision, check_reason
from crisis.model.errors import BadInput, NotFound, PhatngonError, RuleBroken, Stale
from crisis.model.statement import KIND_WORDS
from crisis.model.words import Words, words
from crisis.office.case import hold_case
from crisis.office.statement import signing
from crisis.office.statement.audience import OUTLET_WORDS
from crisis.records import approval_request, blob, wording
from crisis.records.approval import Answered
from crisis.records.incident import subject
from crisis.records.schema.incident import Incident
from crisis.records.sign_in import SignedIn
from desk.approval.view import view_of
from desk.door.app_state import office_of, reading
from desk.door.error_page import status_of
from desk.door.form import own_form
from desk.door.gate import Person, actor_of
from desk.door.page import render, seen_after

router = APIRouter(include_in_schema=False)

REASON_LIMIT = 4000
DONE: dict[str, Words] = {
    Decision.APPROVE: words("Đã ghi nhận: phê duyệt.", "Recorded: approved."),
    Decision.RETURN: words("Đã ghi nhận: trả lại để sửa.", "Recorded: returned for revision."),
    Decision.REJECT: words("Đã ghi nhận: không duyệt.", "Recorded: rejected."),
}


@router.get("/duyet")
async def waiting(request: Request, signed: Person) -> Response:
    """What waits for my decision, the earliest due first."""
    async with reading(office_of(request)) as act:
        rows = []
        for one in await approval_request.waiting_for(act.session, signed.user.id):
            row = await wording.get(act.session, one.statement_id)
            case = await act.session.get_one(Incident, row.incident_id)
            rows.append((one, row, case, subject(case)))
        now = act.now
    return render(request, "approval_list.html", rows=rows, now=now, kinds=_KINDS)


@router.get("/duyet/{statement_id}")
async def statement(request: Request, signed: Person, statement_id: UUID) -> Response:
    """The statement with everything a decision needs."""
    return await _show(request, signed, statement_id)


@router.post("/duyet/{statement_id}")
async def decide(request: Request, signed: Person, statement_id: UUID) -> Response:
    """Approve, return or reject what was read; a second click finds it decided."""
    office = office_of(request)
    form = await own_form(request)
    reason = form.text("reason")
    try:
        decision = _decision(form.text("decision"))
        answered = Answered(decision=decision, reason=_reason(reason), digest=form.text("digest"))
        # A missing reason is told even where nothing else would let the decision through.
        check_reason(decision, reason)
        async with office.records.act(actor_of(signed)) as act:
            row = await wording.get(act.session, str(statement_id))
            case = await act.session.get_one(Incident, row.incident_id)
            standing = await hold_case(office, act, case)
            await signing.decide(office, act, standing, row, answered)
    except StaleDataError:
        return await _show(request, signed, statement_id, error=_first(), reason=reason)
    except NotFound:
        raise
    except PhatngonError as error:
        return await _show(request, signed, statement_id, error=error, reason=reason)
    return seen_after(f"/duyet/{statement_id}", decision.value)


@router.get("/duyet/{statement_id}/chung-cu/{evidence_id}")
async def evidence(
    request: Request, signed: Person, statement_id: UUID, evidence_id: str
) -> Response:
    """A piece of evidence for download; the browser never opens it as a page."""
    async with reading(office_of(request)) as act:
        view = await view_of(office_of(request), act, str(statement_id), signed.user)
        piece = view.evidence.get(evidence_id)
        if piece is None or piece.sha256 is None or piece.file_name is None:
            raise NotFound(words("Không có tệp này.", "There is no such file."))
        content = await blob.fetch(act.session, piece.sha256)
        name = quote(piece.file_name, safe="")
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


async def _show(
    request: Request,
    signed: SignedIn,
    statement_id: UUID,
    *,
    error: PhatngonError | None = None,
    reason: str = "",
) -> Response:
    async with reading(office_of(request)) as act:
        view = await view_of(office_of(request), act, str(statement_id), signed.user)
    return render(
        request,
        "approval.html",
        status=_status(error),
        view=view,
        now=view.now,
        here=f"/duyet/{statement_id}",
        error=error.sentence if error else None,
        reason=reason,
        wants=await _wanted(request),
        done=DONE.get(request.query_params.get("da", "")),
        kinds=_KINDS,
        outlets=OUTLET_WORDS,
        language_link=lambda code: f"/duyet/{statement_id}?lang={code}",
    )


_KINDS: dict[str, Words] = {kind.value: told for kind, told in KIND_WORDS.items()}


async def _wanted(request: Request) -> str:
    """Which decision the form asked for, so that it stays open where it was refused."""
    if request.method != "POST":
        return ""
    sent: Any = await request.form()
    return str(sent.get("decision", ""))


def _status(error: PhatngonError | None) -> int:
    if error is None:
        return 200
    reasonless = isinstance(error, RuleBroken) and error.rule == "reason"
    return 422 if reasonless else status_of(error)


def _decision(written: str) -> Decision:
    try:
        return Decision(written)
    except ValueError as error:
        raise BadInput(
            words("Xin chọn một quyết định.", "Please choose a decision."), field="decision"
        ) from error


def _reason(written: str) -> str:
    if len(written) > REASON_LIMIT:
        raise BadInput(
            words(
                f"Lý do dài quá {REASON_LIMIT} ký tự.",
                f"The reason is longer than {REASON_LIMIT} characters.",
            ),
            field="reason",
        )
    return written


def _first() -> Stale:
    return Stale(
        words("Bước này vừa được người khác quyết định.", "Somebody else has just decided this.")
    )
