"""Where the office says whether the press watch judged rightly, and sees what it learned."""

import re
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.words import words
from crisis.office.press import brief as press_brief
from crisis.office.press import learning as press_learning
from crisis.records import press_label, press_model
from crisis.records.press_judgement import Seen
from crisis.watch.lesson import LEAST_LABELS, LEAST_OF_A_SIDE, Said
from desk.door.app_state import office_of, reading
from desk.door.form import own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.press.verdict import figures_of, verdict
from desk.press.words import MODEL_WORDS, TONE_WORDS

router = APIRouter(include_in_schema=False)

LOOKED_BACK = timedelta(days=7)
SHOWN = 40
ANSWERS = {
    Said.YES.value: words("Đúng, cần biết", "Right, we need to know"),
    Said.NOT_US.value: words("Không liên quan đến tỉnh", "Not about us"),
    Said.WRONG_TONE.value: words("Sai sắc thái", "Wrong tone"),
}


@router.get("/diem-bao/bo-loc")
async def page(request: Request, signed: Person) -> Response:
    """Recent items with three answers each, alerts first; the versions with their figures."""
    office = office_of(request)
    async with reading(office) as act:
        seen = await press_brief.ours_of(office, act, act.now - LOOKED_BACK, act.now)
        after = _place(request.query_params.get("sau", ""))
        every = sorted(((_key(one), one) for one in seen), key=lambda pair: pair[0])
        left = [one for place, one in every if after is None or place > after]
        items = left[:SHOWN]
        given = await press_label.of_items(act.session, [one.item.id for one in items])
        counts = await press_label.count(act.session)
        models = await press_model.everyone(act.session)
        heaviest = await press_learning.heaviest(act.session)
    return render(
        request,
        "press_lesson.html",
        items=items,
        given=given,
        counts=counts,
        labels=sum(counts.values()),
        answers=ANSWERS,
        models=[(row, *figures_of(row), verdict(row)) for row in models],
        states=MODEL_WORDS,
        heaviest=heaviest,
        least=LEAST_LABELS,
        least_of_a_side=LEAST_OF_A_SIDE,
        tones=TONE_WORDS,
        every=len(seen),
        more="~".join(map(str, _key(items[-1]))) if len(left) > len(items) else "",
        here_after=request.query_params.get("sau", "") if after else "",
        done=request.query_params.get("da", ""),
    )


@router.post("/diem-bao/bo-loc")
async def say(request: Request, signed: Person) -> Response:
    """Take an answer for one item."""
    must(signed, *ACTING)
    form = await own_form(request)
    item, after = form.key("item"), form.text("sau")
    async with office_of(request).records.act(actor_of(signed)) as act:
        await press_learning.label(act, item, form.text("said"))
    there = f"/diem-bao/bo-loc?sau={after}" if _place(after) else "/diem-bao/bo-loc"
    return seen_after(there, "ghi", f"tin-{item}")


def _key(one: Seen) -> tuple[int, int]:
    """Its place in the list: alerts first, each side by the newest."""
    return int(not one.judgement.alert), -one.item.number


def _place(written: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"([01])~(-\d{1,12})", written)
    return (int(found[1]), int(found[2])) if found else None
