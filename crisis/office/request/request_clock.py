"""The clocks of a press request: the limit of its article of law, or the office's own target."""

from datetime import datetime

from crisis.model.deadline import due_at
from crisis.model.law_rule import LawRule, StartingFact
from crisis.model.playbook_section import Step
from crisis.model.severity import Severity
from crisis.model.words import words
from crisis.office.clock_book import start_clock
from crisis.office.office import InForce
from crisis.records import deadline, timer
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.deadline import NewDeadline
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest

OWN_TARGET = "press_request.answer"
"""The office's own target where the law sets no limit; it is no law."""


async def meet(act: Act, row: PressRequest, at: datetime) -> None:
    """The request was settled at `at`: its clocks are met, or done late."""
    for clock in await deadline.of_subject(act.session, row.id):
        if clock.state in {deadline.RUNNING, deadline.MISSED}:
            await timer.clear_timer(act, flow="remind", subject=clock.id)
            await deadline.done(act, await _incident(act, clock.incident_id), clock, at=at)


async def _incident(act: Act, incident_id: str | None) -> Incident | None:
    return await act.session.get_one(Incident, incident_id) if incident_id else None


async def start_legal(
    act: Act,
    row: PressRequest,
    force: InForce,
    rules: tuple[LawRule, ...],
    at: datetime,
) -> None:
    """Start the limits of `rules` for the fact of the time `at`."""
    for rule in rules:
        await _start(
            act,
            row,
            NewDeadline(
                rule=rule.id,
                title=rule.title,
                legal=True,
                fact=str(rule.starts_at),
                starts_at=at,
                due_at=due_at(rule.counted, at, force.calendar),
                source=force.law.citation(rule.sources).vi,
                confidence=rule.confidence.value,
                subject=row.id,
            ),
        )


async def start_own(act: Act, row: PressRequest, force: InForce) -> None:
    """Start the office's own target, counted from the receipt."""
    target = force.law.internal.steps[Severity.S2][Step.PUBLISH]
    await _start(
        act,
        row,
        NewDeadline(
            rule=OWN_TARGET,
            title=words("Trả lời báo chí", "Answer the newspaper"),
            legal=False,
            fact=StartingFact.REQUEST_RECEIVED.value,
            starts_at=row.received_at,
            due_at=due_at(target, row.received_at, force.calendar),
            source=force.law.citation(force.law.internal.sources).vi,
            confidence=force.law.internal.confidence.value,
            subject=row.id,
        ),
    )


async def _start(act: Act, row: PressRequest, new: NewDeadline) -> None:
    """A request that came inside an incident has its clocks there, any other in the office."""
    own = row.chain == OFFICE_CHAIN
    await start_clock(act, None if own else await _incident(act, row.incident_id), new)
