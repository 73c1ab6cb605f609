"""Who gets what and when if nobody answers: the functions of production, asked ahead of time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crisis.model.approval_plan import sparing
from crisis.model.claim import Block, Claim, Conclusion
from crisis.model.deadline import due_at
from crisis.model.determination import DETERMINATION, STARTS, are_asked, in_time_until
from crisis.model.incident import Stage
from crisis.model.known_fact import ANSWERS
from crisis.model.law_due import legal_dues
from crisis.model.law_rule import StartingFact
from crisis.model.outlook import Case, Work, outlook
from crisis.model.playbook_section import Step
from crisis.model.role import Role
from crisis.model.severity import Severity
from crisis.model.silence import Event, EventKind, Silence
from crisis.model.silence_task import task_events
from crisis.model.statement import StatementKind
from crisis.model.task_time import target_dues
from crisis.model.verdict import Verdict
from crisis.model.words import words

INITIAL_STATEMENT = "initial_statement"
SHOWN = ANSWERS | {INITIAL_STATEMENT}

_DONE_AT_ONCE = frozenset({Step.TRIAGE, Step.ASSIGN})
"""Confirmed and assigned at the moment of receipt; everything after that waits in vain."""

_ORDER = {kind: place for place, kind in enumerate(EventKind)}


def simulate(silence: Silence) -> tuple[Event, ...]:
    """All that happens, in the order of time. Raises NotFound where no agency can be asked."""
    events = [event for agency in silence.asked() for event in task_events(silence, agency)]
    for more in (_targets, _determinations, _legal, _signatures):
        events += more(silence)
    return tuple(sorted(events, key=lambda event: (event.at, _ORDER[event.kind], event.about)))


def _targets(silence: Silence) -> Iterator[Event]:
    setting = silence.setting
    dues = target_dues(
        setting.playbook, silence.severity, received_at=silence.at, calendar=setting.calendar
    )
    for step, due in dues.items():
        if step not in _DONE_AT_ONCE:
            yield Event(at=due, kind=EventKind.TARGET_DUE, about=step.value)


def _determinations(silence: Silence) -> Iterator[Event]:
    """Both questions about the 24 hours are to be answered by the time of triage."""
    setting, rules = silence.setting, silence.setting.law.rules
    answered = set(STARTS.values()) <= setting.determined
    if not answered and are_asked(rules, setting.calendar.day_of(silence.at), silence.severity):
        target = setting.playbook.target(silence.severity, Step.TRIAGE)
        due = in_time_until(silence.at, target)
        yield Event(at=due, kind=EventKind.TARGET_DUE, about=DETERMINATION)


def _legal(silence: Silence) -> Iterator[Event]:
    """The legal clocks of a first statement and of an answer to a newspaper.

    Until 30/6/2026 the first statement runs from S3 on by the event itself.
    """
    setting = silence.setting
    facts = set(setting.determined)
    if silence.severity.at_least(Severity.S3):
        facts.add(StartingFact.EVENT_OCCURRED)
    purposes = {rule.id: rule.purpose for rule in setting.law.rules}
    for due in legal_dues(setting.law, setting.calendar, dict.fromkeys(facts, silence.at)):
        if purposes[due.rule] in SHOWN:
            yield Event(at=due.due_at, kind=EventKind.LEGAL_DUE, about=due.rule)


def _signatures(silence: Silence) -> Iterator[Event]:
    """The holding statement is drafted at once where the decision table makes it public."""
    if Work.HOLD not in outlook(_unverified(silence.severity)).ripe:
        return
    playbook = silence.setting.playbook
    first, *later = playbook.approval_steps(silence.severity, StatementKind.HOLDING)
    able = [one for one in silence.office if first.role in one.roles]
    if not able:
        yield Event(at=silence.at, kind=EventKind.NOBODY_SIGNS, about=first.role.value)
    due = due_at(first.within, silence.at, silence.setting.calendar)
    for one in sparing(able, later):
        asked = Event(
            at=silence.at,
            kind=EventKind.APPROVAL_REQUEST,
            about=StatementKind.HOLDING.value,
            email=one.email,
            name=one.name,
        )
        yield asked
        yield from _overdue(silence, asked, due)


def _unverified(severity: Severity) -> Case:
    """An incident whose one claim nobody has answered."""
    claim = Claim(id="1", number=1, text=words("?", "?"))
    open_ = Conclusion(claim=claim, verdict=Verdict.UNVERIFIED_YET, block=Block.NO_ANSWER)
    return Case(
        stage=Stage.VERIFYING,
        severity=severity,
        conclusions=(open_,),
        unassigned=(),
        unresolved=(),
        statements=(),
    )


def _overdue(silence: Silence, asked: Event, due: datetime) -> Iterator[Event]:
    """The coordinator who confirmed the incident is told once of each undecided request."""
    for one in silence.office:
        if Role.COORDINATOR in one.roles:
            yield replace(
                asked, at=due, kind=EventKind.APPROVAL_OVERDUE, email=one.email, name=one.name
            )
            return
