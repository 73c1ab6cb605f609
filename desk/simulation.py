"""What a playbook does when nobody answers: every letter and due time, without sending any."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crisis.model.calendar import Calendar
from crisis.model.contact import Contact, ContactBook, reached
from crisis.model.deadline import due_at
from crisis.model.directory import Directory
from crisis.model.errors import NotFound
from crisis.model.escalation import ActionKind, advance, begun
from crisis.model.ladder import ladder_of
from crisis.model.playbook import Playbook
from crisis.model.reminder import AT_DUE, reminder_moments
from crisis.model.role import RUNG_WORDS, Rung
from crisis.model.severity import Severity
from crisis.model.words import Words, words
from crisis.office.clock_book import STEP_WORDS

MOST = 200
"""No ladder takes so many steps; a wrong one would go on for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """The content under which an agency says nothing."""

    playbook: Playbook
    directory: Directory
    contacts: ContactBook
    calendar: Calendar
    agency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happens at an instant, and who is told."""

    at: datetime
    what: Words
    to: Words


def simulate_silence(
    silence: Silence, *, received_at: datetime, severity: Severity
) -> tuple[Event, ...]:
    """All that happens, in order, when a report comes in at `received_at` and nobody reacts.

    Raises NotFound for an agency that is not in force on that day.
    """
    on = silence.calendar.day_of(received_at)
    if silence.directory.agency(silence.agency, on) is None:
        raise NotFound(
            words(
                f"Danh bạ không có cơ quan {silence.agency} vào ngày này.",
                f"The directory has no agency {silence.agency} on that day.",
            )
        )
    events = [
        *_targets(silence, received_at, severity),
        *_task(silence, received_at, severity),
        *_climb(silence, received_at, severity),
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def _targets(silence: Silence, at: datetime, severity: Severity) -> Iterator[Event]:
    for step, title in STEP_WORDS.items():
        target = silence.playbook.target(severity, step)
        if target is not None:
            due = due_at(target, at, silence.calendar)
            what = words(f"Hạn: {title.vi}", f"Due: {title.en}")
            yield Event(at=due, what=what, to=OFFICE)


def _task(silence: Silence, at: datetime, severity: Severity) -> Iterator[Event]:
    playbook, calendar = silence.playbook, silence.calendar
    agency = silence.directory.agency(silence.agency, calendar.day_of(at))
    to = agency.name if agency else OFFICE
    yield Event(at=at, what=words("Thư giao việc", "Assignment letter"), to=to)
    acknowledged = due_at(playbook.acknowledge_within(severity), at, calendar)
    yield Event(at=acknowledged, what=words("Hạn xác nhận", "Confirmation due"), to=to)
    answered = max(due_at(playbook.answer_target(severity), at, calendar), acknowledged)
    moments = reminder_moments(
        playbook.reminders,
        starts_at=at,
        due_at=answered,
        unit=playbook.answer_target(severity).unit,
        calendar=calendar,
    )
    for one in moments:
        late = one.level >= AT_DUE
        vi = "Thư báo quá hạn" if late else f"Thư nhắc ({one.level} % thời gian)"
        en = "Overdue letter" if late else f"Reminder ({one.level} % of the time)"
        yield Event(at=one.at, what=words(vi, en), to=to)


def _climb(silence: Silence, at: datetime, severity: Severity) -> Iterator[Event]:
    calendar = silence.calendar
    ladder = ladder_of(silence.playbook, severity)
    state = begun(due_at(silence.playbook.acknowledge_within(severity), at, calendar))
    for _ in range(MOST):
        if state.next_at is None:
            return
        now = state.next_at
        people = {rung: _people(silence, rung, now) for rung in Rung}
        outcome = advance(
            ladder,
            state,
            now,
            resolve={rung: [p.email for p in found] for rung, found in people.items()},
            calendar=calendar,
        )
        for action in outcome.actions:
            if action.role is not None:
                yield Event(
                    at=now,
                    what=_WHAT[action.kind],
                    to=_names(action.role, people[action.role]),
                )
        state = outcome.state


def _people(silence: Silence, rung: Rung, at: datetime) -> tuple[Contact, ...]:
    on = silence.calendar.day_of(at)
    return reached(
        rung,
        agency=silence.agency,
        directory=silence.directory,
        contacts_of=lambda agency: silence.contacts.of_agency(agency, on),
        on=on,
    )


def _names(rung: Rung, people: tuple[Contact, ...]) -> Words:
    title = RUNG_WORDS[rung]
    names = ", ".join(person.name for person in people)
    return words(f"{title.vi}: {names}", f"{title.en}: {names}") if names else title


OFFICE = words("Văn phòng", "The office")

_WHAT = {
    ActionKind.TELL: words("Báo cáo cấp trên", "Escalation"),
    ActionKind.SKIP_EMPTY: words("Bỏ qua: không có người nhận", "Skipped: nobody to tell"),
}
