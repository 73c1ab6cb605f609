"""One proposed change: what differs, what it does to the timeline, and the second person's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.calendar import HANOI
from crisis.model.errors import BadInput, NotFound, PhatngonError, RuleBroken, Stale
from crisis.model.severity import Severity
from crisis.model.silence import Silence
from crisis.model.words import Words
from crisis.office.content import content_silence, proposing
from crisis.office.content.content_check import Bundle
from crisis.office.content.content_silence import Asked
from crisis.office.content.proposing import Change
from crisis.office.office import local_day
from crisis.records import content, person, proposal
from crisis.records.act import Act
from crisis.records.content import ContentKind
from crisis.records.schema.proposal import ContentProposal
from desk.content.content_page import CONFIRMING
from desk.content.diff import Row, rows_of
from desk.content.silence_picture import picture_of
from desk.content.silence_view import Line, PairLine, lines_of, pair_lines, unsure_end
from desk.content.view import STATE_WORDS, title_of
from desk.door.app_state import office_of, reading
from desk.door.form import own_form
from desk.door.gate import Person, actor_of, may, must
from desk.door.page import render, seen_after, speech_of
from desk.door.page_time import field_value
from desk.intake.words import SEVERITY_WORDS

router = APIRouter(include_in_schema=False, prefix="/noi-dung/de-nghi/{proposal_id}")

DEFAULT = "press-report"


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The content before and after a proposal, and the silence that is looked at in both."""

    before: Bundle
    after: Bundle
    asked: Asked
    silences: tuple[Silence, Silence]


@router.get("")
async def page(request: Request, signed: Person, proposal_id: UUID) -> Response:
    """The proposal."""
    return await _shown(request, proposal_id, may(signed, *CONFIRMING), None)


@router.get("/truoc.svg")
async def before(request: Request, signed: Person, proposal_id: UUID) -> Response:
    """The timeline as it is."""
    return await _picture(request, proposal_id, 0)


@router.get("/sau.svg")
async def after(request: Request, signed: Person, proposal_id: UUID) -> Response:
    """The timeline as it would be."""
    return await _picture(request, proposal_id, 1)


@router.post("")
async def decide(request: Request, signed: Person, proposal_id: UUID) -> Response:
    """Confirm, refuse with a reason, or withdraw one's own."""
    form = await own_form(request)
    office = office_of(request)
    try:
        async with office.records.act(actor_of(signed)) as act:
            row = await proposal.by_id(act.session, str(proposal_id))
            if row.by != act.actor.id:
                must(signed, *CONFIRMING)
            if form.get("act") == "confirm":
                await proposing.confirm(office, act, row)
            else:
                await proposing.refuse(act, row, form.text("answer"))
    except (BadInput, RuleBroken, Stale) as error:
        return await _shown(request, proposal_id, may(signed, *CONFIRMING), error)
    return seen_after(f"/noi-dung/de-nghi/{row.id}", "decided")


async def _shown(
    request: Request, proposal_id: UUID, confirming: bool, error: PhatngonError | None
) -> Response:
    async with reading(office_of(request)) as act:
        row = await proposal.by_id(act.session, str(proposal_id))
        sides = await _sides(request, act, row)
        overtaken = await proposal.is_overtaken(act.session, row)
        names = await person.names(act.session)
        diff = await _diff(act, row)
        findings = await proposing.new_findings(sides.before, sides.after, local_day(act.now))
        pairs, problem = _pairs(sides)
        titles = {placed.value.id: placed.value.title for placed in sides.after.playbooks}
    return render(
        request,
        "content_proposal.html",
        status=409 if error else 200,
        row=row,
        title=title_of(ContentKind(row.kind), row.name, titles),
        state=STATE_WORDS[row.state],
        overtaken=proposing.OVERTAKEN if overtaken else None,
        names=names,
        diff=diff,
        findings=findings,
        pairs=pairs,
        problem=problem,
        unsure=_unsure(sides, pairs),
        confirming=confirming,
        error=error,
        asked=sides.asked,
        received=field_value(sides.asked.at),
        severities=SEVERITY_WORDS,
        playbooks=[placed.value for placed in sides.after.playbooks],
        done=request.query_params.get("da", ""),
        query=_query(sides.asked),
    )


def _pairs(sides: Sides) -> tuple[tuple[PairLine, ...], PhatngonError | None]:
    try:
        return pair_lines(*sides.silences), None
    except NotFound as error:
        return (), error


def _unsure(sides: Sides, pairs: Sequence[PairLine]) -> Words | None:
    """What must still be confirmed on either timeline, each by its own calendar."""
    before, after = (silence.setting.calendar for silence in sides.silences)
    return unsure_end(after, [pair.after for pair in pairs if pair.after]) or unsure_end(
        before, [pair.before for pair in pairs if pair.before]
    )


async def _diff(act: Act, row: ContentProposal) -> tuple[Row, ...]:
    old = await content.at_hash(act.session, row.base_sha) if row.base_sha else b""
    new = await content.at_hash(act.session, row.sha256)
    return rows_of(old.decode(), new.decode())


async def _sides(request: Request, act: Act, row: ContentProposal) -> Sides:
    """Both versions among what is in force now; a decided proposal is shown against its base."""
    now = await proposing.bundle_in_force(office_of(request), act.session)
    kind = ContentKind(row.kind)
    old = await content.at_hash(act.session, row.base_sha) if row.base_sha else None
    new = await content.at_hash(act.session, row.sha256)
    old_bundle = now
    if old is not None:
        old_bundle = proposing.with_change(now, Change(kind=kind, name=row.name, data=old))
    new_bundle = proposing.with_change(now, Change(kind=kind, name=row.name, data=new))
    asked = _asked(request, row, act.now)
    people = await content_silence.office_people(act)
    first, second = (
        content_silence.silence_of(bundle, asked, people) for bundle in (old_bundle, new_bundle)
    )
    return Sides(
        before=old_bundle,
        after=new_bundle,
        asked=asked,
        silences=(first, second),
    )


def _asked(request: Request, row: ContentProposal, now: datetime) -> Asked:
    told = request.query_params
    own = row.name if row.kind == ContentKind.PLAYBOOK.value else DEFAULT
    severity = next((one for one in Severity if one.value == told.get("muc")), Severity.S3)
    return Asked(
        playbook=told.get("kich-ban") or own, severity=severity, at=_moment(told.get("nhan"), now)
    )


def _moment(written: str | None, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(written or "")
    except ValueError:
        at = now.replace(second=0, microsecond=0)
    # A timeline reaches months beyond its receipt; the calendar of Python ends with 9999.
    at = at if 1900 < at.year < 2200 else now.replace(second=0, microsecond=0)
    return at if at.tzinfo else at.replace(tzinfo=HANOI)


async def _picture(request: Request, proposal_id: UUID, side: int) -> Response:
    async with reading(office_of(request)) as act:
        row = await proposal.by_id(act.session, str(proposal_id))
        sides = await _sides(request, act, row)
    lines: tuple[Line, ...] = lines_of(sides.silences[side])
    drawn = picture_of(lines, sides.silences[side].setting.calendar, speech_of(request).language)
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def _query(asked: Asked) -> str:
    return f"?kich-ban={asked.playbook}&muc={asked.severity}&nhan={field_value(asked.at)}"
