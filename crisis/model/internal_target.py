"""The office's own targets, which lie inside the limits of the law: defaults for a playbook."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence, Provision
from crisis.model.fault import fault, refuse
from crisis.model.limit import Target, Unit
from crisis.model.playbook_section import PerSeverity, Step
from crisis.model.role import Rung
from crisis.model.severity import Severity
from crisis.model.words import Words


class EscalationDefaults(BaseModel):
    """Who is told when nobody acts, from the lowest rung, and how long each has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rungs: Annotated[tuple[Rung, ...], Field(min_length=1)]
    wait: PerSeverity
    repeat: Annotated[int, Field(ge=0, le=5)]


class InternalTargets(BaseModel):
    """Targets per severity counted from detection, reminder shares, and the escalation.

    Clock-hour targets may not exceed `legal_cap`, the shortest limit of the law that they serve.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: Annotated[tuple[Provision, ...], Field(min_length=1)]
    confidence: Confidence
    legal_cap: Target
    steps: dict[Severity, dict[Step, Target]]
    promotion: Words
    reminders: tuple[Annotated[float, Field(gt=0, le=1)], ...]
    escalation: EscalationDefaults

    @model_validator(mode="after")
    def _inside_the_law(self) -> Self:
        for severity, steps in self.steps.items():
            for step, limit in steps.items():
                if limit.unit is Unit.HOUR and limit.span > self.legal_cap.span:
                    refuse(
                        [
                            fault(
                                f"Mục tiêu {limit} dài hơn thời hạn luật định {self.legal_cap}.",
                                f"The target {limit} is longer than the law's {self.legal_cap}.",
                                *("steps", severity.value, step.value),
                            )
                        ]
                    )
        return self
