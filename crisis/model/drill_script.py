"""An exercise as a list of steps: who does what, how long after the report came in, with what."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from crisis.model.contact import PersonId
from crisis.model.drill_part import (
    Answer,
    Assignment,
    Draft,
    Ground,
    Handover,
    MoreTime,
    Nothing,
    Part,
    Question,
    Refusal,
    Triage,
)
from crisis.model.fault import fault, refuse
from crisis.model.moment import Moment, Offset
from crisis.model.statement import StatementKind
from crisis.model.text import Said


class _Step(Part):
    at: Offset
    who: PersonId


class TriageStep(_Step):
    """The coordinator judges the report."""

    does: Literal["triage"]
    details: Triage = Field(alias="with")


class AssignStep(_Step):
    """The coordinator assigns."""

    does: Literal["assign"]
    details: Assignment = Field(alias="with")


class AnswerStep(_Step):
    """An agency answers or amends its answer."""

    does: Literal["answer"]
    details: Answer = Field(alias="with")


class AskBackStep(_Step):
    """An agency asks back."""

    does: Literal["ask_back"]
    details: Question = Field(alias="with")


class AskTimeStep(_Step):
    """An agency asks for time."""

    does: Literal["ask_time"]
    details: MoreTime = Field(alias="with")


class PassOnStep(_Step):
    """An agency's contact passes the task on."""

    does: Literal["pass_on"]
    details: Handover = Field(alias="with")


class DeclineStep(_Step):
    """An agency declines and names another."""

    does: Literal["decline"]
    details: Refusal = Field(alias="with")


class DraftStep(_Step):
    """The coordinator submits a draft for approval."""

    does: Literal["draft"]
    details: Draft = Field(alias="with")


class PlainStep(_Step):
    """A confirmation or an approval."""

    does: Literal["acknowledge", "approve"]
    details: Nothing = Field(alias="with", default=Nothing())


class GroundStep(_Step):
    """A return or rejection by an approver, or the closing of the incident."""

    does: Literal["return", "reject", "close"]
    details: Ground = Field(alias="with")


DrillStep = Annotated[
    TriageStep
    | AssignStep
    | PlainStep
    | AnswerStep
    | AskBackStep
    | AskTimeStep
    | PassOnStep
    | DeclineStep
    | DraftStep
    | GroundStep,
    Field(discriminator="does"),
]


class DrillScript(Part):
    """Invented answers to one report; `report` names the report file in the folder above."""

    report: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*\.yaml$")]
    invented: Literal[True]
    note: Said
    starts_at: Moment
    publishes: tuple[StatementKind, ...]
    steps: tuple[DrillStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "DrillScript":
        refuse(
            [
                fault(
                    "Bước này xảy ra trước bước đứng trên nó.",
                    "This step happens before the one above it.",
                    *("steps", n, "at"),
                )
                for n, (one, next_one) in enumerate(pairwise(self.steps), start=1)
                if next_one.at < one.at
            ]
        )
        return self
