"""Press requests: received, with the clock of their own article of law; answered, or refused."""

from dataclasses import dataclass
from datetime import datetime

from crisis.model.action import Action
from crisis.model.errors import BadInput
from crisis.model.ledger import instant
from crisis.model.press_request import (
    AT_CONCLUSION,
    AT_RECEIPT,
    SPOKEN,
    RequestIn,
    RequestKind,
    RequestStatus,
    check_form,
    check_open,
    legal_rules,
)
from crisis.model.rule import inv4_refusal_has_ground_and_reason, inv8_no_state_secret
from crisis.model.validity import holding_on
from crisis.model.words import words
from crisis.office.incident.triage import look_at_threshold
from crisis.office.office import Office, local_day
from crisis.office.request import request_clock
from crisis.office.request.refusing import write_refusal
from crisis.records import deadline, press_request
from crisis.records.act import Act
from crisis.records.person import normal_email
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest


async def receive(
    office: Office, act: Act, told: RequestIn, incident: Incident | None = None
) -> PressRequest:
    """Write a press request down; its clock runs from the receipt, under the law of that day.

    Raises BadInput for a receipt in the future or an unfit address, RuleBroken for a secrecy mark.
    """
    inv8_no_state_secret(f"{told.subject}\n{told.question or ''}")
    _check_past(act, told.received_at, "received_at")
    if told.email:
        told = told.model_copy(update={"email": normal_email(told.email)})
    row = await press_request.add(act, told, incident, exercise=office.settings.exercise)
    force = await office.in_force(act.session)
    rules = legal_rules(force.law, AT_RECEIPT.get(told.kind), local_day(row.received_at))
    if rules:
        await request_clock.start_legal(act, row, force, rules, row.received_at)
    else:
        await request_clock.start_own(act, row, force)
    if incident is not None:
        await look_at_threshold(office, act, incident)
    return row


async def join(office: Office, act: Act, row: PressRequest, incident: Incident) -> None:
    """Say which incident a request belongs to; one that was only monitored is taken up again."""
    await press_request.join(act, row, incident)
    await look_at_threshold(office, act, incident)


async def conclude(office: Office, act: Act, row: PressRequest, at: datetime) -> None:
    """The conclusion on a forwarded complaint was issued at `at`: the newspaper is told in time.

    Raises BadInput for another kind of request or a time in the future.
    """
    check_open(RequestStatus(row.status))
    if row.kind != RequestKind.COMPLAINT.value:
        raise BadInput(
            words("Yêu cầu này không phải khiếu nại, tố cáo.", "This is no complaint."), field="at"
        )
    _check_time(act, row, at)
    force = await office.in_force(act.session)
    rules = legal_rules(force.law, AT_CONCLUSION, local_day(at))
    await press_request.note(act, row, Action.REQUEST_CONCLUDED, {"concluded_at": instant(at)})
    await request_clock.start_legal(act, row, force, rules, at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """How the outlet was answered: the form of speaking, when, and what was said or where."""

    form: str
    at: datetime
    text: str = ""
    link: str | None = None
    statement_id: str | None = None


async def answer(office: Office, act: Act, row: PressRequest, said: Answer) -> None:
    """Record that the request was answered; the clocks it has are met, or done late.

    Raises RuleBroken where it has ended or the law asks for a written answer, BadInput.
    """
    check_open(RequestStatus(row.status))
    law = (await office.in_force(act.session)).law
    if said.form not in {form.id for form in law.speaking_forms}:
        raise BadInput(
            words("Xin chọn hình thức trả lời.", "Please choose how it was answered."), field="form"
        )
    if not (said.text.strip() or said.link or said.statement_id):
        raise BadInput(
            words(
                "Xin ghi tóm tắt nội dung đã trả lời, đường dẫn hoặc phát ngôn đã công bố.",
                "Please give what was answered in short, a link, or the published statement.",
            ),
            field="answer",
        )
    _check_time(act, row, said.at)
    clocks = await deadline.of_subject(act.session, row.id)
    ids = {clock.rule for clock in clocks}
    check_form(said.form, (rule for rule in law.rules if rule.id in ids))
    row.form, row.answer, row.answer_link = said.form, said.text.strip(), said.link
    row.statement_id = said.statement_id
    facts: dict[str, object] = {
        "form": said.form,
        "written": said.form not in SPOKEN,
        "statement": said.statement_id,
    }
    await press_request.settle(act, row, RequestStatus.ANSWERED, facts, at=said.at)
    await request_clock.meet(act, row, said.at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why the office may not inform: a ground of the Press Law, its reason, and the address."""

    ground: str
    reason: str
    email: str


async def refuse(office: Office, act: Act, row: PressRequest, said: Refusal) -> None:
    """Refuse on a legal ground; the outlet gets the ground and the reason by letter (INV4).

    Raises RuleBroken where it has ended, or ground or reason is missing; BadInput.
    """
    check_open(RequestStatus(row.status))
    force = await office.in_force(act.session)
    grounds = {one.id: one for one in holding_on(local_day(act.now), force.law.refusal_grounds)}
    inv4_refusal_has_ground_and_reason(said.ground, said.reason, grounds)
    row.email = normal_email(said.email)
    row.ground, row.reason = said.ground, said.reason.strip()
    await press_request.settle(act, row, RequestStatus.REFUSED, {"ground": said.ground}, at=act.now)
    await write_refusal(office, act, row, grounds[said.ground], force.law)
    await request_clock.meet(act, row, act.now)


def _check_time(act: Act, row: PressRequest, at: datetime) -> None:
    _check_past(act, at, "at")
    if at < row.received_at:
        raise BadInput(
            words("Thời điểm này trước lúc nhận yêu cầu.", "This is before the request came."),
            field="at",
        )


def _check_past(act: Act, at: datetime, field: str) -> None:
    if at > act.now:
        raise BadInput(
            words("Thời điểm này còn ở tương lai.", "This time lies in the future."), field=field
        )
