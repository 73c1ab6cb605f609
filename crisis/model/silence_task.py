"""The silence of one agency: its task, the reminders, and the ladder over it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crisis.model.agency import Agency
from crisis.model.contact import Contact, first_recipient, reached
from crisis.model.escalation import Action, ActionKind, advance, begun
from crisis.model.ladder import ladder_of
from crisis.model.reminder import ReminderSeries, due_reminders
from crisis.model.role import Rung
from crisis.model.silence import Event, EventKind, Silence
from crisis.model.task_time import TaskTimes, ladder_begins, task_moments, task_times


def task_events(silence: Silence, agency: Agency) -> Iterator[Event]:
    """The task of `agency`: letter, receipt due, reminders, and the rungs that are told."""
    setting = silence.setting
    times = task_times(
        setting.playbook,
        silence.severity,
        received_at=silence.at,
        given_at=silence.at,
        calendar=setting.calendar,
    )
    on = setting.calendar.day_of(silence.at)
    to = first_recipient(setting.contacts.of_agency(agency.id, on))
    if to is not None:
        yield _mail(EventKind.ASSIGNMENT, silence.at, agency, to)
        yield Event(at=times.acknowledge, kind=EventKind.ACKNOWLEDGE_DUE, about=agency.id)
        yield from _reminders(silence, agency, to, times)
    begins = ladder_begins(times, given_at=silence.at, reachable=to is not None)
    yield from _climb(silence, agency, begins)


def _reminders(silence: Silence, agency: Agency, to: Contact, times: TaskTimes) -> Iterator[Event]:
    setting = silence.setting
    moments = task_moments(
        setting.playbook,
        starts_at=silence.at,
        due_at=times.answer,
        severity=silence.severity,
        calendar=setting.calendar,
    )
    series = ReminderSeries(
        task=agency.id, recipient=to.email, anchor=times.answer.isoformat(), moments=moments
    )
    now: datetime | None = moments[0].at
    while now is not None:
        found = due_reminders(series, now)
        for level in found.send:
            kind = EventKind.OVERDUE if now >= times.answer else EventKind.REMINDER
            yield replace(_mail(kind, now, agency, to), level=level.level)
        settled = {level.level for level in (*found.send, *found.skipped)}
        series = replace(series, settled=series.settled | settled)
        now = found.next_at


_WITHOUT_MAIL = {
    ActionKind.SKIP_EMPTY: EventKind.RUNG_SKIPPED,
    ActionKind.NOBODY_REACHED: EventKind.NOBODY_REACHED,
    ActionKind.EXHAUST: EventKind.LADDER_OVER,
    ActionKind.HARD_STOP: EventKind.LADDER_OVER,
}


def _climb(silence: Silence, agency: Agency, begins: datetime) -> Iterator[Event]:
    setting, state = silence.setting, begun(begins)
    ladder = ladder_of(setting.playbook, silence.severity)
    while state.next_at is not None:
        now = state.next_at
        people = {rung: _people(silence, agency, rung, now) for rung in Rung}
        outcome = advance(
            ladder,
            state,
            now,
            resolve={rung: [p.email for p in found] for rung, found in people.items()},
            calendar=setting.calendar,
        )
        for action in outcome.actions:
            told = people[action.role] if action.role else ()
            yield from _rung(agency, now, action, told)
        state = outcome.state


def _rung(
    agency: Agency, now: datetime, action: Action, told: tuple[Contact, ...]
) -> Iterator[Event]:
    if action.kind in _WITHOUT_MAIL:
        kind = _WITHOUT_MAIL[action.kind]
        yield Event(at=now, kind=kind, about=agency.id, rung=action.role)
    for person in told:
        yield replace(_mail(EventKind.ESCALATION, now, agency, person), rung=action.role)


def _people(silence: Silence, agency: Agency, rung: Rung, at: datetime) -> tuple[Contact, ...]:
    setting = silence.setting
    on = setting.calendar.day_of(at)
    return reached(
        rung,
        agency=agency.id,
        directory=setting.directory,
        contacts_of=lambda body: setting.contacts.of_agency(body, on),
        on=on,
    )


def _mail(kind: EventKind, at: datetime, agency: Agency, to: Contact) -> Event:
    return Event(at=at, kind=kind, about=agency.id, email=to.email, name=to.name)
