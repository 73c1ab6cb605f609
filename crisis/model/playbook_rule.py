"""What must hold between the sections of a playbook; each rule answers with the faults it found."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crisis.model.fault import Fault, fault
from crisis.model.limit import Limit, Unit
from crisis.model.playbook_section import (
    Acknowledgement,
    Escalation,
    Step,
)
from crisis.model.severity import Severity

Targets = Mapping[Severity, Mapping[Step, Limit]]

LEGAL_CAP = Limit(value=24, unit=Unit.HOUR)
"""Initial information within 24 clock hours (Decree 244/2026, article 7, clauses 3 and 4)."""

URGENT = (Severity.S3, Severity.S4)
_WORK = (Step.TRIAGE, Step.ASSIGN, Step.AGENCY_FIRST_FACTS, Step.AGENCY_REPORT)
_ORDER = (*_WORK, Step.DRAFT, Step.APPROVE, Step.PUBLISH)
_HOLDING_ORDER = (Step.ASSIGN, Step.HOLDING_STATEMENT, Step.PUBLISH)
_NEEDED = {
    Severity.S1: (Step.TRIAGE, Step.ASSIGN),
    Severity.S2: _HOLDING_ORDER[:1] + _ORDER[-3:],
    Severity.S3: (*_HOLDING_ORDER, *_ORDER[-3:-1], Step.NEXT_UPDATE_EVERY),
    Severity.S4: (*_HOLDING_ORDER, *_ORDER[-3:-1], Step.NEXT_UPDATE_EVERY),
}


def answer_step(targets: Mapping[Step, Limit]) -> Step:
    """The step by which the agency answers: first facts, or its report where only that is set."""
    return Step.AGENCY_FIRST_FACTS if Step.AGENCY_FIRST_FACTS in targets else Step.AGENCY_REPORT


def target_faults(targets: Targets) -> Iterator[Fault]:
    """Every severity has its steps, in one unit, in order, and S3 and S4 inside the legal limit."""
    for severity in Severity:
        if severity not in targets:
            yield missing("targets", severity)
            continue
        steps = targets[severity]
        yield from _missing_steps(severity, steps)
        yield from _unit_faults(severity, steps)
        for order in (_ORDER, _HOLDING_ORDER):
            yield from _order_faults(severity, steps, order)
        yield from _cap_faults(severity, steps)


def _missing_steps(severity: Severity, steps: Mapping[Step, Limit]) -> Iterator[Fault]:
    needed = (*_NEEDED[severity], answer_step(steps))
    yield from (missing("targets", severity, step) for step in needed if step not in steps)


def _unit_faults(severity: Severity, steps: Mapping[Step, Limit]) -> Iterator[Fault]:
    allowed = {Unit.HOUR} if severity in URGENT else {Unit.HOUR, Unit.WORKING_HOUR}
    first = next(iter(steps.values()), None)
    for step, limit in steps.items():
        if limit.unit not in allowed or (first is not None and limit.unit is not first.unit):
            yield fault(
                f"Thời hạn {limit} của {severity} sai đơn vị: S3, S4 tính giờ đồng hồ (4h), S1, S2 "
                "tính giờ đồng hồ hoặc giờ làm việc (16wh), cùng một đơn vị trong một mức.",
                f"The target {limit} of {severity} has the wrong unit: S3 and S4 count clock hours "
                "(4h), S1 and S2 clock or working hours (16wh), one unit within a severity.",
                "targets",
                severity,
                step,
            )
        elif limit.value <= 0:
            yield fault(
                "Thời hạn phải lớn hơn 0.",
                "A target must be longer than nothing.",
                *("targets", severity, step),
            )


def _order_faults(
    severity: Severity, steps: Mapping[Step, Limit], order: Sequence[Step]
) -> Iterator[Fault]:
    present = [step for step in order if step in steps]
    for before, after in pairwise(present):
        if steps[after].value < steps[before].value:
            yield fault(
                f"Hạn của '{after}' ({steps[after]}) sớm hơn hạn của bước trước đó '{before}' "
                f"({steps[before]}).",
                f"'{after}' ({steps[after]}) is due before the step that precedes it, '{before}' "
                f"({steps[before]}).",
                *("targets", severity, after),
            )


def _cap_faults(severity: Severity, steps: Mapping[Step, Limit]) -> Iterator[Fault]:
    for step in (Step.HOLDING_STATEMENT, Step.PUBLISH) if severity in URGENT else ():
        if step in steps and steps[step].value > LEGAL_CAP.value:
            yield fault(
                f"Hạn {steps[step]} vượt thời hạn luật định 24 giờ (Nghị định 244/2026, Điều 7).",
                f"{steps[step]} is beyond the legal 24 hours (Decree 244/2026, article 7).",
                *("targets", severity, step),
            )


def acknowledgement_faults(ack: Acknowledgement, targets: Targets) -> Iterator[Fault]:
    """Every severity is set, and receipt is due before the answer is."""
    for name in ("within", "no_progress_reminder", "lapses_after"):
        limits: Mapping[Severity, Limit] = getattr(ack, name)
        yield from _every_severity(("acknowledgement", name), limits, targets)
    for severity, limit in ack.within.items():
        room = _room(targets, severity, Step.ASSIGN)
        if room is not None and limit.value > room:
            yield fault(
                f"Hạn xác nhận {limit} dài hơn thời gian từ lúc giao đến lúc phải trả lời.",
                f"Receipt within {limit} is later than the time from assignment to answer.",
                *("acknowledgement", "within", severity),
            )


def _room(targets: Targets, severity: Severity, since: Step) -> float | None:
    steps = targets.get(severity, {})
    answer = answer_step(steps)
    if since not in steps or answer not in steps:
        return None
    return steps[answer].value - steps[since].value


def escalation_faults(ladder: Escalation, targets: Targets) -> Iterator[Fault]:
    """Every severity has its wait, and S3 and S4 reach the top rung inside the legal limit."""
    yield from _every_severity(("escalation", "wait"), ladder.wait, targets)
    for severity in URGENT:
        steps = targets.get(severity, {})
        answer = steps.get(answer_step(steps))
        waits = [step.wait.get(severity, ladder.wait.get(severity)) for step in ladder.steps[:-1]]
        total = sum(wait.value for wait in waits if wait is not None)
        if answer is not None and answer.value + total > LEGAL_CAP.value:
            yield fault(
                f"Ở mức {severity}, bậc cuối chỉ được báo sau {answer.value + total:g} giờ, quá "
                "24 giờ luật định.",
                f"At {severity} the last rung is told after {answer.value + total:g} hours, beyond "
                "the legal 24.",
                *("escalation", "wait", severity),
            )


def _every_severity(
    at: tuple[str, ...], limits: Mapping[Severity, Limit], targets: Targets
) -> Iterator[Fault]:
    for severity in Severity:
        limit = limits.get(severity)
        units = {target.unit for target in targets.get(severity, {}).values()}
        if limit is None:
            yield missing(*at, severity)
        elif limit.value <= 0 or (units and limit.unit not in units):
            yield fault(
                f"{limit} phải lớn hơn 0 và cùng đơn vị với các hạn của {severity}.",
                f"{limit} must be more than nothing and in the unit of the targets of {severity}.",
                *at,
                severity,
            )


def missing(*at: str) -> Fault:
    """The fault that the field at the path `at` is not there."""
    return fault(f"Thiếu mục '{at[-1]}'.", f"'{at[-1]}' is missing.", *at)
