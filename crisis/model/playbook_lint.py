"""What a playbook does on a real day that it must not do: mail nobody, or end too late.

Asked of the simulation itself, so that nothing is judged by other rules than those that run.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from crisis.model.assumed_contact import assumed_contacts
from crisis.model.day_word import day_words
from crisis.model.deadline import due_at
from crisis.model.fault import Fault, fault
from crisis.model.law_rule import StartingFact
from crisis.model.limit import BY_THE_HOUR
from crisis.model.playbook_rule import LEGAL_CAP
from crisis.model.role import ROLE_WORDS, RUNG_WORDS, Role
from crisis.model.severity import Severity
from crisis.model.silence import Event, EventKind, Setting, Silence
from crisis.model.simulation import INITIAL_STATEMENT, simulate
from crisis.model.validity import holding_on
from crisis.model.words import words

ASKED = frozenset({StartingFact.REQUEST_RECEIVED, StartingFact.FORWARDED_ITEM_RECEIVED})
"""Facts that start a limit of the law for whoever is asked by the press."""

MORNING = time(8)
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A playbook in its setting, tried on the days from `on`."""

    setting: Setting
    on: date

    def starts(self) -> Iterator[datetime]:
        """A morning of each day of a week, weekends and holidays included."""
        for n in range(WEEK):
            day = self.on + timedelta(days=n)
            yield datetime.combine(day, MORNING, tzinfo=self.setting.calendar.timezone)


def late_faults(trial: Trial) -> Iterator[Fault]:
    """Ladders that are still climbing when the legal time is over, with everybody in office."""
    first = Silence(setting=trial.setting, severity=Severity.S1, at=next(trial.starts()))
    contacts = assumed_contacts(trial.setting.directory, first.asked(), trial.on)
    setting = replace(trial.setting, contacts=contacts)
    for severity in Severity:
        for at in trial.starts():
            told = _told(simulate(Silence(setting=setting, severity=severity, at=at)))
            last, legal = max(told), _legal(setting, severity, at)
            if last > legal:
                local, due = setting.calendar.local(last), setting.calendar.local(legal)
                told_on, due_on = day_words(local.date()), day_words(due.date())
                yield fault(
                    f"Mức {severity}: hạn luật định {due:%H:%M} ngày {due_on.vi} đến trước khi bậc "
                    f"cuối được báo ({local:%H:%M} ngày {told_on.vi}).",
                    f"{severity}: the legal time ends ({due_on.en}, {due:%H:%M}) before the last "
                    f"rung is told ({told_on.en}, {local:%H:%M}).",
                    *("escalation", "wait", severity),
                )
                break


def _told(events: tuple[Event, ...]) -> list[datetime]:
    return [event.at for event in events if event.kind is EventKind.ESCALATION]


def _legal(setting: Setting, severity: Severity, at: datetime) -> datetime:
    """The earliest legal time: the first statement's for S3 and S4, the press's answer for others.

    Where the data hold no rule for a first statement of that day, 24 hours.
    """
    on = setting.calendar.day_of(at)
    here = holding_on(on, setting.law.rules)
    if severity.at_least(Severity.S3):
        first = [one.limit for one in here if one.purpose == INITIAL_STATEMENT and one.limit]
        return min(due_at(one, at, setting.calendar) for one in first or [LEGAL_CAP])
    asked = [one.limit for one in here if one.starts_at in ASKED and one.limit]
    dues = [due_at(one, at, setting.calendar) for one in asked if one.unit not in BY_THE_HOUR]
    return min(dues, default=datetime.max.replace(tzinfo=at.tzinfo))


def nobody_faults(trial: Trial) -> Iterator[Fault]:
    """Rungs and signatures that nobody in the contact file holds on that day."""
    yield from unreached_faults(trial)
    office = Silence(setting=trial.setting, severity=Severity.S2, at=next(trial.starts())).office
    yield from _unsigned(trial.setting, {role for one in office for role in one.roles})


def unreached_faults(trial: Trial) -> Iterator[Fault]:
    """Rungs that nobody in the contact file holds on that day, and a ladder that mails nobody."""
    setting, at = trial.setting, next(trial.starts())
    events = simulate(Silence(setting=setting, severity=Severity.S2, at=at))
    if not _told(events):
        yield fault(
            "Thang báo cáo không tới được ai: chưa có người nhận nào trong danh bạ liên hệ.",
            "The ladder would mail nobody: no rung has a contact in force.",
            *("escalation", "steps"),
        )
    empty = {event.rung for event in events if event.kind is EventKind.RUNG_SKIPPED}
    for n, step in enumerate(setting.playbook.ladder()):
        if step.role in empty:
            rung, day = RUNG_WORDS[step.role], day_words(trial.on)
            yield fault(
                f"Bậc '{rung.vi}' không có ai đương nhiệm vào ngày {day.vi}.",
                f"Nobody holds the rung '{rung.en}' on {day.en}.",
                *("escalation", "steps", n, "role"),
            )


def _unsigned(setting: Setting, held: set[Role]) -> Iterator[Fault]:
    for name, chains in setting.playbook.approvals.items():
        for severity, chain in chains.items():
            for n, step in enumerate(chain):
                if step.role not in held:
                    role = ROLE_WORDS[Role(step.role)]
                    told = words(role.vi.lower(), role.en.lower())
                    yield fault(
                        f"Bước duyệt này cần {told.vi}, nhưng văn phòng chưa có ai giữ vai trò đó.",
                        f"This signature needs a {told.en}, and nobody in the office is one.",
                        *("approvals", name, severity, n, "role"),
                    )
