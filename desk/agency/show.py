"""Showing a task page, and what is said when a link or a form no longer acts."""

from typing import Any

from fastapi import Request, Response

from crisis.model.errors import NotFound, PhatngonError, Stale
from crisis.model.verdict import CONTESTING, Verdict
from crisis.model.words import Words, words
from crisis.records.link_issue import ended_link
from crisis.records.task_link import Held
from desk.agency.form import Draft, completed
from desk.agency.link import link_nonce
from desk.agency.sent import TooMuch
from desk.agency.upload import ACCEPTED, TYPES
from desk.agency.verdict import MEANING
from desk.agency.view import read_task
from desk.door.app_state import office_of
from desk.door.error_page import TITLES, status_of
from desk.door.page import render

DONE: dict[str, Words] = {
    "nhan": words("Đã ghi nhận: cơ quan đã nhận việc.", "Recorded: you have taken the task."),
    "nhap": words("Đã lưu nháp.", "The draft is saved."),
    "tra-loi": words(
        "Đã gửi câu trả lời. Điều phối viên đã nhận được; ông/bà có thể sửa bằng bản mới.",
        "Your answer was sent and the coordinator has it; you can amend it by a new version.",
    ),
    "hoi": words("Đã gửi câu hỏi tới điều phối viên.", "Your question was sent."),
    "gia-han": words("Đã gửi đề nghị thêm thời gian.", "Your request for more time was sent."),
    "chuyen": words(
        "Đã chuyển việc: đồng nghiệp sẽ nhận đường dẫn riêng qua thư.",
        "Passed on: your colleague gets a link of their own by mail.",
    ),
}
"""What is said after a form was taken, by the code in the address."""


def task_path(token: str) -> str:
    """Where the task of this link is."""
    return f"/viec/{token}"


async def show_task(
    request: Request,
    token: str,
    *,
    error: PhatngonError | None = None,
    **kept: Any,
) -> Response:
    """The task page; with `error` the sentence stands on top and what was typed stays.

    `kept`: `draft` (the form as typed), `faults` by field, `said` (fields of the smaller forms).
    """
    view = await read_task(office_of(request), token)
    draft: Draft = completed(kept.get("draft") or view.draft, view.assignment.claims)
    faults: dict[str, Words] = kept.get("faults", {})
    return render(
        request,
        "task.html",
        status=_status(error) if error else 422 if faults else 200,
        view=view,
        draft=draft,
        token=token,
        nonce=link_nonce(request, token),
        now=view.now,
        here=task_path(token),
        done=DONE.get(request.query_params.get("da", "")),
        error=error.sentence if error else None,
        error_field=getattr(error, "field", ""),
        faults=faults,
        said=kept.get("said", {}),
        choices=kept.get("choices", ()),
        meaning=MEANING,
        contesting=CONTESTING,
        Verdict=Verdict,
        accepted=ACCEPTED,
        types=TYPES,
        limit=office_of(request).settings.upload_limit_bytes,
        mailbox=office_of(request).settings.office_mailbox,
        language_link=lambda code: f"{task_path(token)}?lang={code}",
    )


def _status(error: PhatngonError) -> int:
    if isinstance(error, TooMuch) or error.facts.get("too_big"):
        return 413
    return status_of(error)


async def show_refused(request: Request, token: str, error: PhatngonError, **kept: Any) -> Response:
    """The task page with the refusal on it, or the page of a link that opens nothing any more."""
    if isinstance(error, NotFound):
        return _forged(request, error)
    try:
        return await show_task(request, token, error=error, **kept)
    except NotFound as forged:
        return _forged(request, forged)
    except Stale as ended:
        return await show_ended(request, token, ended)


def _forged(request: Request, error: PhatngonError) -> Response:
    return render(
        request,
        "error.html",
        status=404,
        title=TITLES[404],
        sentence=error.sentence,
        told="",
        typed=(),
        here="/",
    )


ENDED: dict[str, Words] = {
    "declined": words(
        "Cơ quan đã trả lại việc này vì không thuộc thẩm quyền. Điều phối viên đã nhận được; "
        "ông/bà không cần làm gì thêm.",
        "This task was declined as not within your competence. The coordinator has been told; "
        "nothing more is needed from you.",
    ),
    "recalled": words(
        "Văn phòng đã thu hồi việc này. Ông/bà không cần trả lời nữa.",
        "The office has recalled this task. No answer is needed any more.",
    ),
}


async def show_ended(request: Request, token: str, error: Stale) -> Response:
    """The page of a link that was revoked: what became of the task, or how to get a new link."""
    office = office_of(request)
    async with office.records.look() as session:
        held = await ended_link(session, token)
    why = _why(held)
    return render(
        request,
        "task_ended.html",
        status=410,
        sentence=ENDED.get(why, error.sentence),
        offer=why not in ENDED,
        sent=False,
        nonce=link_nonce(request, token),
        token=token,
        here=task_path(token),
    )


def _why(held: Held | None) -> str:
    if held is None:
        return ""
    told = held.assignment.status
    return told if told in ENDED else held.link.revoked_why or ""
