"""Where the office says whether the press watch judged rightly, and sees what it learned."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.words import words
from crisis.office.press import brief as press_brief
from crisis.office.press import learning as press_learning
from crisis.records import press_label, press_model
from crisis.records.schema.lesson import PressModel
from crisis.watch.lesson import LEAST_LABELS, Figures, Said
from desk.door.app_state import office_of, reading
from desk.door.form import own_form
from desk.door.gate import ACTING, Person, actor_of, must
from desk.door.page import render, seen_after
from desk.press.words import MODEL_WORDS

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
        items = sorted(seen, key=lambda one: (not one.judgement.alert, -one.item.number))[:SHOWN]
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
        models=[(row, *figures_of(row)) for row in models],
        states=MODEL_WORDS,
        heaviest=heaviest,
        least=LEAST_LABELS,
        done=request.query_params.get("da", ""),
    )


@router.post("/diem-bao/bo-loc")
async def say(request: Request, signed: Person) -> Response:
    """Take an answer for one item."""
    must(signed, *ACTING)
    form = await own_form(request)
    item = form.key("item")
    async with office_of(request).records.act(actor_of(signed)) as act:
        await press_learning.label(act, item, form.text("said"))
    return seen_after("/diem-bao/bo-loc", "ghi", f"tin-{item}")


def figures_of(row: PressModel) -> tuple[Figures, Figures]:
    """How the shipped judge and this version fared on the labels held back."""
    return (
        Figures(
            labels=row.held,
            wanted=row.held_wanted,
            alerts=row.shipped_alerts,
            right=row.shipped_right,
        ),
        Figures(
            labels=row.held, wanted=row.held_wanted, alerts=row.model_alerts, right=row.model_right
        ),
    )
