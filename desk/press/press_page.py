"""The press watch on the desk: one card per story, with what decided and what can be done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.press_watch import GRAVITY_WORDS, RULE_WORDS, Rule
from crisis.records import press_story_list, press_trigger
from crisis.records.press_story_list import Wanted
from crisis.records.schema.story import PressStory
from desk.door.app_state import office_of, reading
from desk.door.gate import Person
from desk.door.page import render
from desk.press import mute_form
from desk.press.card import cards_of
from desk.press.words import DONE, STANDING_WORDS, TONE_WORDS, VIEWS

router = APIRouter(include_in_schema=False)

RECENT = timedelta(days=2)


@router.get("/bao-chi")
async def page(request: Request, signed: Person) -> Response:
    """The stories that the address asks for: what waits for a decision with the gravest in front,
    other lists with the newest.
    """
    office, query = office_of(request), request.query_params
    view = query.get("xem", "") if query.get("xem", "") in VIEWS else ""
    async with reading(office) as act:
        wanted = Wanted(
            alerts=VIEWS[view].alerts,
            states=VIEWS[view].states,
            unseen=VIEWS[view].unseen,
            before=_place(query.get("sau", "")),
        )
        found = await press_story_list.page(act.session, wanted)
        shown = found[: wanted.limit]
        cards = await cards_of(office, act, shown)
        volumes = await press_trigger.volumes(act.session, act.now - RECENT)
        mutes = await mute_form.standing(office, act)
        topics = (await office.in_force(act.session)).directory.topics
    return render(
        request,
        "press.html",
        view=view,
        views=VIEWS,
        cards=cards,
        more=_more(query, shown[-1]) if len(found) > len(shown) else "",
        volumes=volumes,
        mutes=mutes,
        done=DONE.get(query.get("da", "")),
        **words_of(topics),
    )


def words_of(topics: Mapping[str, Any]) -> dict[str, Any]:
    """The words that every page of the press watch shows."""
    return {
        "gravity": GRAVITY_WORDS,
        "tones": TONE_WORDS,
        "standings": STANDING_WORDS,
        "rules": RULE_WORDS,
        "rule_of": Rule,
        "topics": topics,
        "acting": ("coordinator", "admin"),
    }


def _place(written: str) -> tuple[int, datetime, str] | None:
    try:
        gravity, at, key = written.split("~")
        place = int(gravity), datetime.fromisoformat(at), str(UUID(key))
    except ValueError:
        return None
    return place if place[1].tzinfo is not None and 0 <= place[0] < len(GRAVITY_WORDS) else None


def _more(query: Mapping[str, str], last: PressStory) -> str:
    kept = {k: v for k, v in query.items() if k not in {"sau", "da"}}
    place = f"{last.severity}~{last.last_at.isoformat()}~{last.id}"
    return f"/bao-chi?{urlencode(kept | {'sau': place})}"
