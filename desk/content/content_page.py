"""The office's content: what is in force and who confirmed it, and proposing a change of it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadContent, BadInput, NotFound, PhatngonError
from crisis.model.role import Role
from crisis.model.words import words
from crisis.office.content.proposing import MODELS, Change, propose
from crisis.records import content, person, proposal
from crisis.records.content import ContentKind
from desk.content import sheet_upload
from desk.content.view import KIND_WORDS, STATE_WORDS, overview, title_of
from desk.door.app_state import office_of, reading
from desk.door.form import Form, own_form
from desk.door.gate import Person, actor_of, must
from desk.door.page import render, seen_after

router = APIRouter(include_in_schema=False, prefix="/noi-dung")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROPOSING = (Role.COORDINATOR, Role.LEGAL, Role.LEADER, Role.ADMIN)
CONFIRMING = (Role.LEGAL, Role.LEADER, Role.ADMIN)


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """What is in force, in which version, and who confirmed it; proposals that wait."""
    async with reading(office_of(request)) as act:
        lines = await overview(act)
        proposals = await proposal.newest(act.session)
        overtaken = {p.id for p in proposals if await proposal.is_overtaken(act.session, p)}
        names = await person.names(act.session)
    titles = {
        line.version.name: line.title for line in lines if line.version.kind is ContentKind.PLAYBOOK
    }
    return render(
        request,
        "content.html",
        title_of=lambda row: title_of(ContentKind(row.kind), row.name, titles),
        lines=lines,
        proposals=proposals,
        overtaken=overtaken,
        names=names,
        kinds=KIND_WORDS,
        kind_of=ContentKind,
        states=STATE_WORDS,
        done=request.query_params.get("da", ""),
    )


@router.get("/danh-ba.xlsx")
async def sheets(request: Request, signed: Person) -> Response:
    """The directory and its contacts as a workbook, to be changed and sent back."""
    must(signed, *PROPOSING)
    office = office_of(request)
    async with reading(office) as act:
        data = await sheet_upload.workbook(office, act)
    named = {"Content-Disposition": 'attachment; filename="danh-ba.xlsx"'}
    return Response(data, media_type=XLSX, headers=named)


@router.get("/sua/{kind}/{name}")
async def form(request: Request, signed: Person, kind: str, name: str) -> Response:
    """The text in force, to be changed."""
    must(signed, *PROPOSING)
    what = _kind(kind)
    async with reading(office_of(request)) as act:
        _, data = await content.active(act.session, what, name)
    return _form(request, what, name, {"text": data.decode()})


@router.post("/sua/{kind}/{name}")
async def take(request: Request, signed: Person, kind: str, name: str) -> Response:
    """Propose what was typed or uploaded; shown again with every fault where it is wrong."""
    sent = await own_form(request)
    must(signed, *PROPOSING)
    what, office = _kind(kind), office_of(request)
    typed = {"text": sent.get("text", ""), "reason": sent.text("reason")}
    try:
        typed["text"] = await _text(request, sent, what)
        change = Change(kind=what, name=name, data=typed["text"].encode())
        async with office.records.act(actor_of(signed)) as act:
            row = await propose(office, act, change, sent.text("reason"))
    except BadContent as bad:
        several = getattr(bad, "errors", (bad,))
        found = [(one.place, one.sentence) for one in several]
        return _form(request, what, name, typed, faults=found)
    except BadInput as error:
        return _form(request, what, name, typed, error=error)
    return seen_after(f"/noi-dung/de-nghi/{row.id}", "proposed")


async def _text(request: Request, sent: Form, kind: ContentKind) -> str:
    """The uploaded file where there is one, else the text that was typed.

    Raises BadInput, and BadContent for a faulty workbook.
    """
    upload = (await request.form()).get("file")
    if upload is None or isinstance(upload, str):
        return sent.get("text", "")
    data = await upload.read()
    await upload.close()
    name, office = upload.filename or "", office_of(request)
    if data and sheet_upload.is_sheet(name, kind):
        async with reading(office) as act:
            return await sheet_upload.text_of(office, act, kind, (name, data))
    try:
        return data.decode("utf-8-sig") if data else sent.get("text", "")
    except UnicodeDecodeError as error:
        raise BadInput(
            words(
                "Tệp không phải dạng UTF-8; hãy lưu lại với bảng mã UTF-8.",
                "The file is not UTF-8; save it again with the encoding UTF-8.",
            ),
            field="file",
        ) from error


def _kind(kind: str) -> ContentKind:
    found = next((one for one in MODELS if one.value == kind), None)
    if found is None:
        raise NotFound(words("Không có loại nội dung này.", "There is no such content."))
    return found


def _form(
    request: Request,
    kind: ContentKind,
    name: str,
    typed: dict[str, str],
    **wrong: Any,
) -> Response:
    error: PhatngonError | None = wrong.get("error")
    faults = wrong.get("faults", ())
    return render(
        request,
        "content_form.html",
        status=422 if error or faults else 200,
        kind=kind,
        title=KIND_WORDS[kind],
        file_name=name,
        typed=typed,
        sheets=kind in sheet_upload.TABLES,
        faults=faults,
        error=error,
    )
