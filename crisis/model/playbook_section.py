"""The sections of a playbook file, each with the checks that need nothing but itself."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.fault import fault, refuse
from crisis.model.limit import Target
from crisis.model.role import Role, Rung
from crisis.model.severity import Severity
from crisis.model.text import Line, Said


class Step(StrEnum):
    """A step of the response whose target a playbook sets, in the order of the work."""

    TRIAGE = "triage"
    ASSIGN = "assign"
    HOLDING_STATEMENT = "holding_statement"
    AGENCY_FIRST_FACTS = "agency_first_facts"
    AGENCY_REPORT = "agency_report"
    DRAFT = "draft"
    APPROVE = "approve"
    PUBLISH = "publish"
    NEXT_UPDATE_EVERY = "next_update_every"


class OutletId(StrEnum):
    """A way out of the house."""

    SITE = "site"
    PRESS_LIST = "press_list"
    WEBHOOK = "webhook"


PUBLIC_OUTLETS = frozenset({OutletId.SITE, OutletId.WEBHOOK})


class ReportKind(StrEnum):
    """What sort of matter comes in: where a report came from, a question, or a planned campaign."""

    PRESS = "press"
    SOCIAL = "social"
    CITIZEN = "citizen"
    HOTLINE = "hotline"
    RUMOUR = "rumour"
    PRESS_REQUEST = "press_request"
    POLICY = "policy"


class Section(BaseModel):
    """A frozen part of a content file; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


PerSeverity = dict[Severity, Target]


class Basis(Section):
    """A legal or office basis; `ref` names a source of `law.yaml` or another document."""

    ref: Line
    text: Said


class AppliesTo(Section):
    """Which incidents the playbook is for; an empty list means all of them."""

    kinds: tuple[ReportKind, ...] = ()
    severities: tuple[Severity, ...] = ()
    topics: tuple[Line, ...] = ()


class Acknowledgement(Section):
    """How soon an agency confirms receipt, and when a confirmation without progress lapses.

    `within` counts from the assignment; `no_progress_reminder` (T1) from the confirmation or the
    last activity; `lapses_after` (T2) from that reminder.
    """

    within: PerSeverity
    no_progress_reminder: PerSeverity
    lapses_after: PerSeverity


class LadderStep(Section):
    """One rung that is told; `wait` overrides how long this rung has before the next is told."""

    role: Rung
    wait: PerSeverity = {}


class Escalation(Section):
    """The ladder: the first rung is told when a step is overdue, each next one after a wait."""

    wait: PerSeverity
    steps: tuple[LadderStep, ...] = Field(min_length=1)
    repeat: Annotated[int, Field(ge=0, le=5)] = 0

    @model_validator(mode="after")
    def _each_rung_once_and_upwards(self) -> "Escalation":
        order = list(Rung)
        places = [order.index(step.role) for step in self.steps]
        refuse(
            [
                fault(
                    f"Bậc '{step.role}' phải đứng sau các bậc thấp hơn và chỉ xuất hiện một lần.",
                    f"The rung '{step.role}' must follow lower rungs and appear only once.",
                    "steps",
                    n,
                    "role",
                )
                for n, step in enumerate(self.steps)
                if n and places[n] <= places[n - 1]
            ]
        )
        return self


class ApprovalStep(Section):
    """One signature: a role of the office and the time it has once its turn has come."""

    role: Literal[Role.APPROVER, Role.SPOKESPERSON, Role.LEADER]
    within: Target


class PressAudience(StrEnum):
    """Which newsrooms a press mail goes to."""

    EVERYONE = "everyone"
    REPORTING_OUTLETS = "reporting_outlets"


class StatementPlan(Section):
    """How one kind of statement is written and where it goes."""

    template: Annotated[Line, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    outlets: tuple[OutletId, ...] = Field(min_length=1)
    press: PressAudience = PressAudience.EVERYONE

    @model_validator(mode="after")
    def _each_outlet_once(self) -> "StatementPlan":
        refuse(
            [
                fault(
                    f"Kênh '{outlet}' được ghi hai lần.",
                    f"The outlet '{outlet}' is listed twice.",
                    "outlets",
                    n,
                )
                for n, outlet in enumerate(self.outlets)
                if outlet in self.outlets[:n]
            ]
        )
        return self


class Holding(Section):
    """From which severity a holding statement is kept ready, and from which it is published.

    `doing` and `advice` stand in the statement itself where this kind of crisis has words of its
    own: what is being done, and what people should do.
    """

    prepare_from: Severity
    publish_from: Severity
    doing: Said | None = None
    advice: Said | None = None
    says: tuple[Said, ...] = Field(min_length=1)


class NoResponse(Section):
    """When a report may be left without a public answer; never one that asks for an answer (INV12).

    `reopen_at_outlets`: how many outlets carrying it put the matter back on the table.
    """

    up_to: Severity
    recheck_every: Target
    reopen_at_outlets: Annotated[int, Field(ge=2)]
    reasons: tuple[Said, ...] = Field(min_length=1)
