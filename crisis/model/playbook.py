"""A playbook: how fast, who signs, who is told and what goes where for one kind of crisis."""

from collections.abc import Collection
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from crisis.model.approval_plan import (
    Chain,
    approval_faults,
    chain_for,
    silence_faults,
    statement_faults,
)
from crisis.model.fault import fault, refuse
from crisis.model.limit import Limit, Target
from crisis.model.playbook_rule import (
    acknowledgement_faults,
    answer_step,
    escalation_faults,
    target_faults,
)
from crisis.model.playbook_section import (
    Acknowledgement,
    AppliesTo,
    ApprovalStep,
    Basis,
    Escalation,
    Holding,
    LadderStep,
    NoResponse,
    OutletId,
    PressAudience,
    ReportKind,
    Section,
    StatementPlan,
    Step,
)
from crisis.model.press_watch import PressWatch
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.text import Said


class Playbook(Section):
    """One version of a playbook file. Targets count from the moment the report was received.

    An incident pins the version under which it began. Raises pydantic's `ValidationError`, which
    `crisis.model.fault.faults` turns into sentences.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    version: Annotated[int, Field(ge=1)]
    title: Said
    basis: tuple[Basis, ...] = Field(min_length=1)
    applies_to: AppliesTo
    targets: dict[Severity, dict[Step, Target]]
    acknowledgement: Acknowledgement
    reminders: tuple[Annotated[float, Field(gt=0, le=1)], ...] = Field(min_length=1, max_length=10)
    escalation: Escalation
    asks: tuple[Said, ...] = Field(default=(), max_length=10)
    approvals: dict[StatementKind | Literal["default"], dict[Severity, tuple[ApprovalStep, ...]]]
    statements: dict[StatementKind, StatementPlan]
    holding: Holding
    no_response: NoResponse
    press_watch: PressWatch = PressWatch()

    @field_validator("reminders")
    @classmethod
    def _rising(cls, shares: tuple[float, ...]) -> tuple[float, ...]:
        refuse(
            [
                fault(
                    "Các mốc nhắc việc phải tăng dần, không lặp lại.",
                    "The shares must rise and not repeat.",
                    n,
                )
                for n in range(1, len(shares))
                if shares[n] <= shares[n - 1]
            ]
        )
        return shares

    @model_validator(mode="after")
    def _sections_agree(self) -> "Playbook":
        refuse(
            list(
                chain(
                    target_faults(self.targets),
                    acknowledgement_faults(self.acknowledgement, self.targets),
                    escalation_faults(self.escalation, self.targets),
                    approval_faults(self.approvals, self.targets),
                    statement_faults(self.statements),
                    silence_faults(self.holding, self.no_response),
                )
            )
        )
        return self

    def applies(self, *, kind: ReportKind, severity: Severity, topics: Collection[str]) -> bool:
        """Whether this playbook is for such an incident."""
        wanted = self.applies_to
        return (
            (not wanted.kinds or kind in wanted.kinds)
            and (not wanted.severities or severity in wanted.severities)
            and (not wanted.topics or bool(set(wanted.topics) & set(topics)))
        )

    def target(self, severity: Severity, step: Step) -> Limit | None:
        """How long `step` may take at `severity`, or None where the playbook sets no target."""
        return self.targets[severity].get(step)

    def answer_target(self, severity: Severity) -> Limit:
        """By when the agency answers: its first facts, or its report where only that is set."""
        steps = self.targets[severity]
        return steps[answer_step(steps)]

    def acknowledge_within(self, severity: Severity) -> Limit:
        """How soon after the assignment an agency confirms receipt."""
        return self.acknowledgement.within[severity]

    def progress_limits(self, severity: Severity) -> tuple[Limit, Limit]:
        """T1 (silence after a confirmation before a reminder) and T2 (then until it lapses)."""
        rule = self.acknowledgement
        return rule.no_progress_reminder[severity], rule.lapses_after[severity]

    def ladder(self) -> tuple[LadderStep, ...]:
        """The rungs from the lowest to the highest."""
        return self.escalation.steps

    def ladder_wait(self, severity: Severity, rung: int) -> Limit:
        """How long the rung at position `rung` (from 0) has before the next one is told."""
        own = self.escalation.steps[rung].wait.get(severity)
        return own if own is not None else self.escalation.wait[severity]

    def approval_steps(self, severity: Severity, kind: StatementKind) -> Chain:
        """The signatures that `kind` needs at `severity`, in order, at least one."""
        return chain_for(self.approvals, severity, kind)

    def outlets_for(self, kind: StatementKind) -> tuple[OutletId, ...]:
        """Where a statement of `kind` is published."""
        return self.statements[kind].outlets

    def press_audience(self, kind: StatementKind) -> PressAudience:
        """Which newsrooms the press mail of `kind` goes to."""
        return self.statements[kind].press

    def template_for(self, kind: StatementKind) -> str:
        """The name of the statement template of `kind`."""
        return self.statements[kind].template
