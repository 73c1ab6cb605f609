"""The law of the office as effective-dated data, and which rule is in force on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence, Instrument, Provision
from crisis.model.fault import refuse
from crisis.model.internal_target import InternalTargets
from crisis.model.law_lint import (
    cited_words,
    codes_missing,
    ids_twice,
    sources_missing,
    time_uncovered,
)
from crisis.model.law_rule import LawRule
from crisis.model.refusal_ground import RefusalGround
from crisis.model.regime import Regime
from crisis.model.severity import Floor, Severity
from crisis.model.validity import holding_on
from crisis.model.verdict import Verdict
from crisis.model.words import Words


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Invariant(_Part):
    """A rule that the code enforces, with its ground in law or practice."""

    id: Annotated[str, Field(pattern=r"^INV\d+$")]
    rule: Words
    ground: Words
    confidence: Confidence


class Named(_Part):
    """A code with its name."""

    id: str
    title: Words


class Level(_Part):
    """What a severity is called and when it applies."""

    title: Words
    when: Words


class SeverityScale(_Part):
    """The severities in words, and the facts that forbid a lower one."""

    levels: dict[Severity, Level]
    floors: dict[Floor, Severity]


class Law(_Part):
    """Everything in `playbooks/law.yaml`; codes refer to what exists, ids are unique."""

    compiled: date
    instruments: dict[str, Instrument]
    regimes: tuple[Regime, ...]
    rules: tuple[LawRule, ...]
    internal: InternalTargets
    severity: SeverityScale
    verdicts: dict[Verdict, Words]
    invariants: tuple[Invariant, ...]
    refusal_grounds: tuple[RefusalGround, ...]
    speaking_forms: tuple[Named, ...]
    report_metrics: tuple[Named, ...]

    @model_validator(mode="before")
    @classmethod
    def _without_decisions(cls, told: object) -> object:
        # Files of earlier releases repeat the decision table; what may be said is no file's choice.
        return (
            {k: v for k, v in told.items() if k != "decisions"} if isinstance(told, dict) else told
        )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        instruments = self.instruments
        refuse(
            [
                *ids_twice(self.rules),
                *codes_missing(self.rules, self.regimes, instruments),
                *sources_missing(self.internal.sources, instruments, "internal"),
            ]
        )
        refuse([*time_uncovered(self.rules, self.regimes, instruments)])
        return self

    def citation(self, sources: Iterable[Provision]) -> Words:
        """The citations of `sources` in both languages, separated by semicolons."""
        return cited_words(self.instruments, sources)


def rules_in_force(rules: Iterable[LawRule], name: str, on: date) -> tuple[LawRule, ...]:
    """The rules in force on the day `on` whose id or purpose is `name`; none is no error."""
    return holding_on(on, (rule for rule in rules if name in (rule.id, rule.purpose)))
