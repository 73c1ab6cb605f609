"""Answering a task: the draft that saves itself, evidence as it comes in, and the answer itself."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from crisis.model.errors import BadInput, PhatngonError, Stale
from crisis.model.words import words
from crisis.office.agency import verification
from crisis.office.office import Office
from crisis.records import answer_version, claim
from crisis.records.act import Act
from crisis.records.task_link import Held
from desk.agency.check import Faults, findings_of
from desk.agency.evidence import take_evidence
from desk.agency.form import Draft, as_sent, typed, words_of
from desk.agency.link import acting, check_own
from desk.agency.sent import Sent, read_sent
from desk.agency.show import show_refused, show_task, task_path
from desk.agency.view import own_evidence, required_of
from desk.door.app_state import office_of
from desk.door.error_page import status_of
from desk.door.page import seen_after, speech_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a form: the draft as it stands now, and what is wrong with it by field."""

    draft: Draft
    faults: Faults
    too_big: bool = False


@router.post("/viec/{token}/tra-loi")
async def answer(request: Request, token: str) -> Response:
    """Keep what was typed and handed in; with `do=answer` send it as the agency's answer.

    Evidence that is in order is kept even where something else has to be corrected.
    """
    office = office_of(request)
    draft: Draft = {}
    try:
        sent = await read_sent(request, limit=office.settings.upload_limit_bytes)
        claims = _claims(sent)
        draft = typed(sent, claims)
        check_own(request, token, sent)
        async with acting(office, token) as (act, held):
            draft = typed(sent, held.assignment.claims)
            outcome = await _receive(office, act, held, sent, draft)
    except PhatngonError as error:
        return await show_refused(request, token, error, **({"draft": draft} if draft else {}))
    if outcome.faults:
        big = _big(outcome) if outcome.too_big else None
        return await show_task(
            request, token, error=big, draft=outcome.draft, faults=outcome.faults
        )
    done = "tra-loi" if sent.text("do") == "answer" else "nhap"
    return seen_after(task_path(token), done, "xong")


@router.post("/viec/{token}/nhap")
async def autosave(request: Request, token: str) -> Response:
    """Keep what is being typed, for the page's own script: JSON with the number of the draft."""
    office = office_of(request)
    try:
        sent = await read_sent(request, limit=1)
        check_own(request, token, sent)
        async with acting(office, token) as (act, held):
            draft = typed(sent, held.assignment.claims)
            if not await _was_sent(act, held, sent, draft):
                await _autosave(office, act, held, sent, draft)
            number = (held.assignment.draft or {}).get("number", 0)
    except PhatngonError as error:
        said = error.said_in(speech_of(request).language)
        return JSONResponse({"error": error.code, "message": said}, status_code=status_of(error))
    return JSONResponse({"number": number})


def _claims(sent: Sent) -> list[str]:
    """The claims that a form speaks of, for showing it again before the task was read."""
    marks = (name.removeprefix("fact_vi-") for name in sent.fields if name.startswith("fact_vi-"))
    return list(dict.fromkeys(marks))


async def _receive(office: Office, act: Act, held: Held, sent: Sent, draft: Draft) -> Outcome:
    if await _was_sent(act, held, sent, draft):
        return Outcome(draft=draft, faults={})
    _check_seen(held, sent, draft)
    faults, too_big = await take_evidence(
        act, held, sent, draft, limit=office.settings.upload_limit_bytes
    )
    if sent.text("do") == "answer":
        rows = await claim.of_incident(act.session, held.incident.id)
        signed, findings, wrong = findings_of(
            draft, await own_evidence(act, held), required_of(held.assignment, rows)
        )
        faults |= wrong
        if not faults:
            await verification.receive_answer(office, act, held, signed, findings)
            return Outcome(draft=draft, faults={})
    await _keep(office, act, held, sent, draft)
    return Outcome(draft=draft, faults=faults, too_big=too_big)


async def _autosave(office: Office, act: Act, held: Held, sent: Sent, draft: Draft) -> None:
    kept: dict[str, Any] = held.assignment.draft or {}
    _check_seen(held, sent, draft)
    for key, one in kept.get("claims", {}).items():
        # A script's late call must not undo evidence that a form has brought in meanwhile.
        draft["claims"][key]["evidence"] = one["evidence"]
    if words_of(draft) != words_of(kept):
        await _keep(office, act, held, sent, draft)


async def _was_sent(act: Act, held: Held, sent: Sent, draft: Draft) -> bool:
    """Whether this very answer was sent already, by a click before this one.

    Raises Stale where another answer was sent since the page was opened.
    """
    versions = await answer_version.of_task(act.session, held.assignment.id)
    latest = versions[0].answer.version if versions else 0
    if sent.text("answers") == str(latest):
        return False
    if versions and words_of(as_sent(versions[0], held.assignment.claims)) == words_of(draft):
        return True
    raise Stale(
        words(
            "Cơ quan đã có câu trả lời khác được gửi sau khi ông/bà mở trang. Phần ông/bà viết "
            "còn nguyên bên dưới; xin đối chiếu rồi gửi lại.",
            "Another answer of your agency was sent after you opened the page. What you wrote is "
            "kept below; please compare and send it again.",
        )
    )


def _check_seen(held: Held, sent: Sent, draft: Draft) -> None:
    """Refuse to overwrite what somebody else typed meanwhile. Raises Stale."""
    kept: dict[str, Any] = held.assignment.draft or {}
    mine = kept.get("page") == sent.text("page") or str(kept.get("number", 0)) == sent.text("seen")
    if not kept or mine or words_of(kept) == words_of(draft):
        return
    raise Stale(
        words(
            "Đồng nghiệp của ông/bà vừa lưu một bản nháp khác. Phần ông/bà viết còn nguyên trên "
            "trang này; bấm lưu lần nữa để thay bản kia, hoặc mở lại đường dẫn để xem bản kia.",
            "A colleague has just saved another draft. What you wrote is kept on this page; save "
            "once more to replace theirs, or open the link again to read theirs.",
        )
    )


async def _keep(office: Office, act: Act, held: Held, sent: Sent, draft: Draft) -> None:
    before: dict[str, Any] = held.assignment.draft or {}
    number = int(before.get("number", 0)) + 1
    kept = draft | {"number": number, "page": sent.text("page")[:40]}
    await verification.save_draft(office, act, held, kept)


def _big(outcome: Outcome) -> PhatngonError:
    field, sentence = next(iter(outcome.faults.items()))
    return BadInput(sentence, field=field, too_big=True)
