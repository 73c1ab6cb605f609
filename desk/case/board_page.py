"""The board: what needs me first, and every incident by the clock that runs out first."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.incident import ENDED, TITLES, Stage
from crisis.model.role import APPROVING, Role
from crisis.model.severity import Severity
from crisis.model.words import words
from crisis.office.attention import everything as attention_list
from crisis.office.attention.waiting import SORT_WORDS, Sort, Wish
from crisis.office.content import law_signing
from crisis.office.duty.duty_planning import due_soon
from crisis.office.office import Office
from crisis.records import board, heartbeat, person, press_request, press_trigger, shift
from crisis.records.act import Act
from crisis.records.board import Wanted
from crisis.records.heartbeat import DISPATCHER, WORKER
from crisis.records.sign_in import SignedIn
from desk.door.app_state import office_of, reading
from desk.door.gate import ACTING, Person, may
from desk.door.page import render
from desk.intake.words import SEVERITY_WORDS, words_of_kinds

SHOWN = 12
"""So many wishes stand open; the rest is one tap away."""

RUNNING = tuple(stage for stage in Stage if stage not in ENDED)

PART_WORDS = {
    DISPATCHER: words("Bộ điều phối", "The dispatcher"),
    WORKER: words("Bộ thực hiện quy trình", "The worker"),
}
"""The parts whose silence stops every automatic step."""

router = APIRouter(include_in_schema=False)


@router.get("/")
async def page(request: Request, signed: Person) -> Response:
    """The board, filtered as the address says."""
    office, wanted = office_of(request), wanted_of(request.query_params)
    async with reading(office) as act:
        wishes = await _wishes(office, act, signed)
        shown = await board.page(act.session, wanted)
        counts = await board.counts(act.session)
        stories = await press_trigger.waiting(act.session)
        asked = await press_request.open_lines(act.session)
        unsigned = await _unsigned(office, act)
        alarms = await heartbeat.alarms(act.session)
        duties = await due_soon(office, act)
        on_duty = await _on_duty(act)
        now = act.now
    return render(
        request,
        "board.html",
        wishes=wishes,
        shown=SHOWN,
        sort_words=SORT_WORDS,
        target_of=target_of,
        asked=asked,
        unsigned_rules=unsigned,
        duties=duties,
        on_duty=on_duty,
        asked_kinds=words_of_kinds(),
        lines=shown.lines,
        wanted=wanted,
        stages=[(stage, TITLES[stage], counts.among((stage,))) for stage in Stage],
        running=counts.among(RUNNING),
        ended=counts.among(ENDED),
        titles=TITLES,
        severities=SEVERITY_WORDS,
        more=_more(request.query_params, shown.after),
        now=now,
        stories=stories,
        alarms=[(PART_WORDS[part], since) for part, since in alarms.items()],
        stage_of=Stage,
        done=request.query_params.get("da", ""),
    )


async def _unsigned(office: Office, act: Act) -> frozenset[str]:
    """The rules of the law in force that no legal officer has signed."""
    law = (await office.in_force(act.session)).law
    return await law_signing.unsigned_rules(act.session, law)


async def _on_duty(act: Act) -> list[tuple[str, datetime]]:
    """Who is on duty now, and until when."""
    names = await person.names(act.session)
    rows = await shift.present(act.session, act.now)
    return [(names[row.user_id], row.ends_at) for row in rows]


async def _wishes(office: Office, act: Act, signed: SignedIn) -> list[Wish]:
    wishes: list[Wish] = []
    if may(signed, *APPROVING, Role.ADMIN):
        wishes += await attention_list.for_approver(act.session, signed.user.id)
    if may(signed, *ACTING):
        wishes += await attention_list.for_coordinator(office, act)
    return wishes


def target_of(wish: Wish) -> str:
    """Where a wish is fulfilled."""
    here = f"/vu-viec/{wish.incident.code}"
    if wish.sort is Sort.APPROVE:
        return f"/duyet/{wish.target}"
    if wish.sort is Sort.REVISE:
        return f"{here}/phat-ngon#st-{wish.target}"
    if wish.sort is Sort.DETERMINE:
        return f"{here}#xac-dinh"
    if wish.sort is Sort.CLEAR_UP:
        return f"{here}#noi-dung-{wish.target}"
    if wish.sort is Sort.DELIVER:
        return f"{here}/phat-ngon"
    return f"{here}#viec-{wish.target}" if wish.target else f"{here}#can-lam"


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """What the address asks for; anything it does not know is left out."""
    stage = next((one for one in Stage if one.value == query.get("giai-doan")), None)
    return Wanted(
        ended=stage in ENDED if stage else query.get("xem") == "ket-thuc",
        stage=stage,
        severity=next((one for one in Severity if one.value == query.get("muc")), None),
        text=query.get("tim", "")[:200],
        after=_place(query.get("sau", "")),
    )


def _place(written: str) -> tuple[datetime, str] | None:
    at, _, key = written.partition("~")
    try:
        place = datetime.fromisoformat(at), str(UUID(key))
    except ValueError:
        return None
    return place if place[0].tzinfo is not None else None


def _more(query: Mapping[str, str], after: tuple[datetime, str] | None) -> str:
    if after is None:
        return ""
    kept = {k: v for k, v in query.items() if k not in {"sau", "da"}}
    return f"/?{urlencode(kept | {'sau': f'{after[0].isoformat()}~{after[1]}'})}"
