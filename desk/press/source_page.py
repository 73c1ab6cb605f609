"""Sources and the health of their addresses on the desk; OPML in and out; mutes."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from crisis.intake.address import must_be_read
from crisis.model.errors import BadInput, NotAllowed, NotFound, PhatngonError, RuleBroken
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.press import directory as press_directory
from crisis.office.press.asking import policy_of
from crisis.office.press.directory import Imported
from crisis.records import press_feed, press_mute, press_source
from crisis.records.act import Act
from crisis.records.sign_in import SignedIn
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed, typed_of
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.press import mute_form
from desk.press.health import grouped
from desk.press.words import DONE, STATE_WORDS, TIER_WORDS, imported_words

router = APIRouter(include_in_schema=False, prefix="/bao-chi/nguon")

HERE = "/bao-chi/nguon"
OPML_LIMIT = 2**20
NO_OPML = BadInput(
    words("Xin chọn một tệp OPML không quá 1 MB.", "Please choose an OPML file up to 1 MB."),
    field="file",
)

Deed = Callable[[Office, Act, Form], Awaitable[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """A form that was sent: its name, what it holds, and what does it."""

    name: str
    form: Form
    deed: Deed


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """Every source with its addresses, those in trouble in front."""
    return await _shown(request, None)


async def _shown(
    request: Request, failed: Failed | None, imported: Imported | None = None
) -> Response:
    office = office_of(request)
    async with reading(office) as act:
        rows = await press_feed.health(act.session)
        mutes = await mute_form.standing(office, act)
        polls = {feed.id: await press_feed.readings(act.session, feed.id) for feed, _ in rows}
        topics = (await office.in_force(act.session)).directory.topics
        real, now, missing = act.real, act.now, len(await press_directory.missing(office, act))
    shown = grouped(rows, real)
    return render(
        request,
        "press_sources.html",
        status=failed.status if failed else 200,
        now=now,
        failed=failed,
        typed=typed_of(failed),
        sources=[one for one in shown if one.read or one.trouble or polls[one.feeds[0].id]],
        off=[one for one in shown if not (one.read or one.trouble or polls[one.feeds[0].id])],
        read=sum(feed.next_at is not None for feed, _ in rows),
        ill=sum(one.trouble for one in shown),
        every=len(rows),
        polls=polls,
        missing=missing,
        states=STATE_WORDS,
        tiers=TIER_WORDS,
        mutes=mutes,
        choices=mute_form.choices_of([(one.source.id, one.source.name) for one in shown], topics),
        done=imported_words(imported) if imported else DONE.get(request.query_params.get("da", "")),
        refused=imported.refused if imported else (),
    )


@router.get("/opml")
async def export(request: Request, signed: Person) -> Response:
    """The feeds as an OPML file."""
    async with reading(office_of(request)) as act:
        told = await press_directory.export_opml(act)
    headers = {
        "Content-Disposition": 'attachment; filename="nguon-bao-chi.opml"',
        "Cache-Control": "no-store",
    }
    return Response(told, media_type="text/x-opml", headers=headers)


async def _shipped(office: Office, act: Act, form: Form) -> str:
    added = await press_directory.add_shipped(office, act)
    return "press-listed" if added else "press-all-there"


async def _turn(office: Office, act: Act, form: Form) -> str:
    wanted, one = form.text("wanted") == "1", form.text("source")
    for source in [one] if one else [row.id for row in await press_source.everyone(act.session)]:
        await press_source.read_it(act, source, wanted=wanted)
    return "press-on" if wanted else "press-off"


async def _add(office: Office, act: Act, form: Form) -> str:
    name, url, pattern = form.text("name"), form.text("url"), form.text("pattern")
    if not name:
        raise BadInput(
            words("Xin ghi tên báo hoặc trang.", "Please give the source's name."), field="name"
        )
    if not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise BadInput(
            words(
                "Xin ghi địa chỉ bắt đầu bằng http:// hoặc https://.",
                "Please give an address that begins with http:// or https://.",
            ),
            field="url",
        )
    try:
        must_be_read(url, policy_of(office))
    except NotAllowed as error:
        raise BadInput(error.sentence, field="url") from error
    rule = press_directory.page_rule(pattern) if pattern else None
    added = await press_directory.add_address(act, name, url, rule)
    return "press-listed" if added else "press-known"


async def _unmute(office: Office, act: Act, form: Form) -> str:
    await press_mute.end(act, form.key("mute"))
    return "press-unmuted"


async def _mute(office: Office, act: Act, form: Form) -> str:
    await mute_form.take(office, act, form)
    return "press-muted"


DEEDS: dict[str, Deed] = {
    "mau": _shipped,
    "doc": _turn,
    "moi": _add,
    "tam-dung": _mute,
    "thoi-tam-dung": _unmute,
}
"""The acts of this page by the last part of their address; each answers what was done."""


@router.post("/opml")
async def take_opml(request: Request, signed: Person) -> Response:
    """Add the feeds of an OPML file."""
    try:
        form = await own_form(request)
        must(signed, *ACTING)
        sent = (await request.form()).get("file")
        data = await sent.read(OPML_LIMIT + 1) if isinstance(sent, UploadFile) else b""
    finally:
        await request.close()

    if not data or len(data) > OPML_LIMIT:
        return await _shown(request, Failed(name="opml", error=NO_OPML, form=form))
    office = office_of(request)
    try:
        async with office.records.act(actor_of(signed)) as act:
            imported = await press_directory.import_opml(office, act, data)
    except BadInput as error:
        return await _shown(request, Failed(name="opml", error=error, form=form))
    return await _shown(request, None, imported)


@router.post("/{what}")
async def take(request: Request, signed: Person, what: str) -> Response:
    """Do what a form of this page asks for. Raises NotFound for an unknown act."""
    form = await own_form(request)
    must(signed, *ACTING)
    if what not in DEEDS:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    return await _tried(request, signed, Sent(name=what, form=form, deed=DEEDS[what]))


async def _tried(request: Request, signed: SignedIn, sent: Sent) -> Response:
    office = office_of(request)
    refused: PhatngonError
    try:
        async with office.records.act(actor_of(signed)) as act:
            done = await sent.deed(office, act, sent.form)
    except (BadInput, RuleBroken, NotFound) as error:
        refused = error
    else:
        return seen_after(HERE, done)
    return await _shown(request, Failed(name=sent.name, error=refused, form=sent.form))
