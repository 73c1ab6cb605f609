"""One story on the desk, and what a coordinator does with it."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.errors import BadInput, NotFound, PhatngonError, RuleBroken, Stale
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.press import deciding as press_deciding
from crisis.office.press import opening as press_opening
from crisis.records import press_story, press_story_list
from crisis.records.act import Act
from crisis.records.press_story_list import Wanted
from crisis.records.schema.story import PressStory
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed, typed_of
from desk.door.form import Form, own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.press import mute_form
from desk.press.card import cards_of
from desk.press.press_page import words_of
from desk.press.words import DONE

router = APIRouter(include_in_schema=False, prefix="/bao-chi")

SHOWN = 40

Doing = Callable[[Office, Act, PressStory, Form], Awaitable[str]]


@router.get("/{key}")
async def page(request: Request, signed: Person, key: str) -> Response:
    """The story with its articles."""
    return await _shown(request, key, None)


async def _shown(request: Request, key: str, failed: Failed | None) -> Response:
    office = office_of(request)
    async with reading(office) as act:
        story = await press_story.standing_of(act.session, _id(key))
        cards = await cards_of(office, act, [story])
        if not cards:
            raise NotFound(words("Không có câu chuyện này.", "There is no such story."))
        sought = request.query_params.get("tim", "").strip()[:200]
        others = [one for one in await _others(act, sought) if one.id != story.id]
        missing = await press_opening.unfiled(act, story) if story.incident_id else ()
        moves = await press_story.moves_of(act.session, story.id)
        mutes = await mute_form.standing(office, act)
        topics = (await office.in_force(act.session)).directory.topics
        now = act.now
    own = {key: topics[key] for key in story.topics if key in topics}
    choices = mute_form.choices_of(cards[0].sources, own, story.id)
    return render(
        request,
        "press_story.html",
        status=failed.status if failed else 200,
        now=now,
        failed=failed,
        typed=typed_of(failed),
        card=cards[0],
        choices=choices,
        others=others,
        sought=sought,
        missing=missing,
        moves=moves,
        mutes=[one for one in mutes if one.value in choices],
        done=DONE.get(request.query_params.get("da", "")),
        **words_of(topics),
    )


async def _others(act: Act, sought: str) -> Sequence[PressStory]:
    """The stories that this one may be merged into: those sought, else the newest."""
    if sought:
        return await press_story_list.titled(act.session, sought, SHOWN)
    return await press_story_list.page(act.session, Wanted(alerts=False, limit=SHOWN))


async def _open(office: Office, act: Act, story: PressStory, form: Form) -> str:
    code = await press_opening.open_incident(office, act, story)
    return f"/vu-viec/{code}"


async def _join(office: Office, act: Act, story: PressStory, form: Form) -> str:
    code = await press_opening.join_incident(office, act, story, form.text("code"))
    return f"/vu-viec/{code}"


async def _add(office: Office, act: Act, story: PressStory, form: Form) -> str:
    await press_opening.add_new(office, act, story)
    return f"/bao-chi/{story.id}"


async def _differ(office: Office, act: Act, story: PressStory, form: Form) -> str:
    await press_deciding.refuse_match(act, story, form.text("code"))
    return f"/bao-chi/{story.id}"


async def _dismiss(office: Office, act: Act, story: PressStory, form: Form) -> str:
    await press_deciding.dismiss(act, story, form.text("reason"))
    return "/bao-chi"


async def _restore(office: Office, act: Act, story: PressStory, form: Form) -> str:
    await press_deciding.restore(act, story)
    return f"/bao-chi/{story.id}"


async def _merge(office: Office, act: Act, story: PressStory, form: Form) -> str:
    into = await press_story.standing_of(act.session, form.key("into") or _id(""))
    await press_story.merge(act, story, into)
    return f"/bao-chi/{into.id}"


async def _split(office: Office, act: Act, story: PressStory, form: Form) -> str:
    made = await press_story.split(act, story, form.texts("items"))
    return f"/bao-chi/{made.id}"


async def _mute(office: Office, act: Act, story: PressStory, form: Form) -> str:
    await mute_form.take(office, act, form)
    return f"/bao-chi/{story.id}"


ACTS: dict[str, tuple[str, Doing]] = {
    "mo": ("opened", _open),
    "them-vao": ("added", _join),
    "bo-sung": ("press-added", _add),
    "khac": ("press-differ", _differ),
    "khong-lien-quan": ("press-dismissed", _dismiss),
    "xem-lai": ("press-restored", _restore),
    "gop": ("press-merged", _merge),
    "tach": ("press-split", _split),
    "tam-dung": ("press-muted", _mute),
}
"""The acts of this page by the last part of their address, with the code of what was done."""


@router.post("/{key}/{what}")
async def act_on(request: Request, signed: Person, key: str, what: str) -> Response:
    """Do what a coordinator's form asks for."""
    form = await own_form(request)
    must(signed, *ACTING)
    if what not in ACTS:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    done, do = ACTS[what]
    office = office_of(request)
    refused: PhatngonError
    try:
        async with office.records.act(actor_of(signed)) as act:
            story = await press_story.standing_of(act.session, _id(key))
            there = await do(office, act, story, form)
    except (BadInput, RuleBroken, Stale, NotFound) as error:
        refused = error
    else:
        return seen_after(there, done)
    return await _shown(request, key, Failed(name=what, error=refused, form=form))


def _id(written: str) -> str:
    try:
        return str(UUID(written))
    except ValueError as error:
        raise NotFound(words("Không có câu chuyện này.", "There is no such story.")) from error
