"""Recording that a duty was done, or that such a record was a mistake."""

from crisis.model.duty_form import check_done, check_done_at, check_period_over
from crisis.model.errors import BadInput, RuleBroken
from crisis.model.law import Law
from crisis.model.reporting_year import year_of
from crisis.model.rule import inv8_no_state_secret
from crisis.model.words import words
from crisis.office.duty import duty_planning
from crisis.office.duty.duty_planning import REMIND
from crisis.office.office import Office
from crisis.records import deadline, duty, timer
from crisis.records.act import Act
from crisis.records.duty import Done
from crisis.records.schema.deadline import DeadlineRow
from crisis.records.schema.duty import DutyRecord


async def record(office: Office, act: Act, done: Done, clock_id: str = "") -> DutyRecord:
    """A named person records what was done; the duty that it fulfils is met, or done late.

    `clock_id` names the duty that a person chose; without it the one that was running on that day.
    Raises BadInput (also for a report on a period that is not over), RuleBroken for a secrecy mark,
    a duty that is no longer owed, or what is recorded already: once more it would fulfil the very
    duty that it began.
    """
    law = (await office.in_force(act.session)).law
    check_done(done.kind, done.form, done.reference, {one.id for one in law.speaking_forms})
    inv8_no_state_secret(f"{done.reference}\n{done.note}")
    check_done_at(done.done_at, act.now)
    if await duty.is_recorded(act.session, done):
        raise RuleBroken(
            words(
                "Việc này vào đúng thời điểm ấy đã được ghi nhận.",
                "This is recorded already, at that very time.",
            ),
            rule="duty",
        )
    rules = [rule.id for rule in law.rules if rule.purpose == done.kind]
    clock = await _clock(act, rules, done, clock_id)
    if clock is not None:
        _check_period(law, clock, done)
    row = await duty.add(act, done, clock, exercise=office.settings.exercise)
    if clock is not None:
        await timer.clear_timer(act, flow=REMIND, subject=clock.id)
        await deadline.done(act, None, clock, at=done.done_at)
    await duty_planning.plan(office, act)
    return row


def _check_period(law: Law, clock: DeadlineRow, done: Done) -> None:
    """A yearly report is about the whole of its period."""
    for rule in law.rules:
        if rule.id == clock.rule and rule.yearly is not None:
            check_period_over(year_of(rule.yearly, clock.starts_at), done.done_at)


async def _clock(act: Act, rules: list[str], done: Done, clock_id: str) -> DeadlineRow | None:
    owed = [row for row in await duty.clocks(act.session, rules) if duty.is_owed(row)]
    if clock_id:
        chosen = next((row for row in owed if row.id == clock_id), None)
        if chosen is None:
            raise RuleBroken(
                words("Nhiệm vụ này không còn chờ thực hiện.", "This duty is no longer owed."),
                rule="duty",
            )
        if done.done_at < chosen.starts_at:
            raise BadInput(
                words(
                    "Thời điểm này trước khi nhiệm vụ bắt đầu.", "This is before the duty began."
                ),
                field="done_at",
            )
        return chosen
    return next((row for row in owed if row.starts_at <= done.done_at), None)


async def withdraw(office: Office, act: Act, key: str, reason: str) -> None:
    """The record was a mistake: the duty that it fulfilled is owed again, what it started is not.

    Raises BadInput without a reason, RuleBroken where it is withdrawn already, NotFound.
    """
    row = await duty.by_id(act.session, key)
    if row.withdrawn_at is not None:
        raise RuleBroken(words("Đã hủy ghi nhận này.", "It is withdrawn already."), rule="duty")
    if not reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give the reason."), field="reason")
    await duty.withdraw(act, row, reason.strip())
    started = await deadline.of_subject(act.session, row.id)
    await duty_planning.drop(act, [one for one in started if duty.is_owed(one)])
    clock = await act.session.get(DeadlineRow, row.deadline_id) if row.deadline_id else None
    if clock is not None:
        await duty.reopen(act, clock)
        await duty_planning.watch(act, clock)
    await duty_planning.plan(office, act)
