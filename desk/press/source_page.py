"""Sources and the health of their addresses on the desk; OPML in and out; mutes."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.office import press_directory
from crisis.records import press_feed, press_mute, press_source
from desk.door.app_state import office_of, reading
from desk.door.form import own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.press.health import grouped
from desk.press.words import DONE, STATE_WORDS, TIER_WORDS

router = APIRouter(include_in_schema=False, prefix="/bao-chi/nguon")

HERE = "/bao-chi/nguon"
OPML_LIMIT = 2**20


@router.get("")
async def page(request: Request, signed: Person) -> Response:
    """Every source with its addresses, those in trouble in front."""
    office = office_of(request)
    async with reading(office) as act:
        rows = await press_feed.health(act.session)
        mutes = await press_mute.standing(act.session, act.now)
        polls = {feed.id: await press_feed.readings(act.session, feed.id) for feed, _ in rows}
        topics = (await office.in_force(act.session)).directory.topics
        real = act.real
    shown = grouped(rows, real)
    return render(
        request,
        "press_sources.html",
        sources=[one for one in shown if one.read or one.trouble or polls[one.feeds[0].id]],
        off=[one for one in shown if not (one.read or one.trouble or polls[one.feeds[0].id])],
        read=sum(feed.next_at is not None for feed, _ in rows),
        ill=sum(one.trouble for one in shown),
        every=len(rows),
        polls=polls,
        states=STATE_WORDS,
        tiers=TIER_WORDS,
        mutes=mutes,
        names={one.source.id: one.source.name for one in shown},
        topics=topics,
        acting=("coordinator", "admin"),
        done=DONE.get(request.query_params.get("da", "")),
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


@router.post("/opml")
async def take_opml(request: Request, signed: Person) -> Response:
    """Add the feeds of an OPML file."""
    try:
        await own_form(request)
        must(signed, *ACTING)
        sent = (await request.form()).get("file")
        data = await sent.read(OPML_LIMIT + 1) if isinstance(sent, UploadFile) else b""
    finally:
        await request.close()
    if not data or len(data) > OPML_LIMIT:
        raise BadInput(
            words(
                "Xin chọn một tệp OPML không quá 1 MB.", "Please choose an OPML file up to 1 MB."
            ),
            field="file",
        )
    async with office_of(request).records.act(actor_of(signed)) as act:
        await press_directory.import_opml(act, data)
    return seen_after(HERE, "press-opml")


@router.post("/mau")
async def take_shipped(request: Request, signed: Person) -> Response:
    """Add the shipped list of sources; none is read yet."""
    await own_form(request)
    must(signed, *ACTING)
    office = office_of(request)
    async with office.records.act(actor_of(signed)) as act:
        await press_directory.add_shipped(office, act)
    return seen_after(HERE, "press-listed")


@router.post("/doc")
async def turn(request: Request, signed: Person) -> Response:
    """Begin or stop reading a source, or all of them."""
    form = await own_form(request)
    must(signed, *ACTING)
    wanted, one = form.text("wanted") == "1", form.text("source")
    async with office_of(request).records.act(actor_of(signed)) as act:
        every = [row.id for row in await press_source.everyone(act.session)]
        for source in [one] if one else every:
            await press_source.read_it(act, source, wanted=wanted)
    return seen_after(HERE, "press-on" if wanted else "press-off")


@router.post("/moi")
async def add(request: Request, signed: Person) -> Response:
    """Add a source by its name and the address of its feed, or of a page with a link pattern."""
    form = await own_form(request)
    must(signed, *ACTING)
    name, url, pattern = form.text("name"), form.text("url"), form.text("pattern")
    if not name or not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise BadInput(
            words(
                "Xin ghi tên nguồn và địa chỉ bắt đầu bằng http:// hoặc https://.",
                "Please give the source's name and an address that begins with http(s)://.",
            ),
            field="url",
        )
    rule = press_directory.page_rule(pattern) if pattern else None
    async with office_of(request).records.act(actor_of(signed)) as act:
        await press_directory.add_address(act, name, url, rule)
    return seen_after(HERE, "press-listed")


@router.post("/thoi-tam-dung")
async def unmute(request: Request, signed: Person) -> Response:
    """End a mute before its time."""
    form = await own_form(request)
    must(signed, *ACTING)
    async with office_of(request).records.act(actor_of(signed)) as act:
        await press_mute.end(act, form.key("mute"))
    return seen_after(HERE, "press-unmuted")


@router.post("/tam-dung")
async def mute(request: Request, signed: Person) -> Response:
    """Mute a source or a topic until a time, with a reason."""
    form = await own_form(request)
    must(signed, *ACTING)
    kind, _, target = form.text("what").partition(":")
    until = form.moment("until")
    async with office_of(request).records.act(actor_of(signed)) as act:
        await press_mute.mute(
            act, kind=kind, target=target, until=until or act.now, reason=form.text("reason")
        )
    return seen_after(HERE, "press-muted")
