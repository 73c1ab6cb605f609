"""The law of the office as effective-dated data, and which rule is in force on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence, Instrument, Provision
from crisis.model.day_word import day_words
from crisis.model.decision_row import DecisionRow
from crisis.model.errors import BadInput, NotFound
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
from crisis.model.words import Words, words


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
    decisions: tuple[DecisionRow, ...]
    invariants: tuple[Invariant, ...]
    refusal_grounds: tuple[RefusalGround, ...]
    speaking_forms: tuple[Named, ...]
    report_metrics: tuple[Named, ...]

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


def rule_in_force(rules: Iterable[LawRule], name: str, on: date) -> LawRule:
    """The one rule of that id or purpose in force on the day `on`.

    Raises `NotFound` where there is none and `BadInput` where a purpose has several.
    """
    known = [rule for rule in rules if name in (rule.id, rule.purpose)]
    found = rules_in_force(known, name, on)
    if not found:
        raise _not_in_force(name, on, known)
    if len(found) > 1:
        vi = "; ".join(f"{rule.id} ({rule.title.vi})" for rule in found)
        en = "; ".join(f"{rule.id} ({rule.title.en})" for rule in found)
        raise BadInput(
            words(
                f"“{name}” gồm nhiều quy định đang có hiệu lực; hãy chọn một: {vi}.",
                f"“{name}” has several rules in force; choose one of: {en}.",
            ),
            field="rule",
        )
    return found[0]


def _not_in_force(name: str, on: date, known: list[LawRule]) -> NotFound:
    if not known:
        return NotFound(
            words(f"Không có quy định nào tên là “{name}”.", f"There is no rule named “{name}”.")
        )
    day, spans = day_words(on), [_span(rule) for rule in known]
    vi, en = "; ".join(one.vi for one in spans), "; ".join(one.en for one in spans)
    return NotFound(
        words(
            f"“{name}” không có hiệu lực vào ngày {day.vi}; hiệu lực {vi}.",
            f"“{name}” is not in force on {day.en}; it holds {en}.",
        )
    )


def _span(rule: LawRule) -> Words:
    since, until = day_words(rule.valid_from), rule.valid_to and day_words(rule.valid_to)
    return words(
        f"từ {since.vi}" + (f" đến {until.vi}" if until else ""),
        f"from {since.en}" + (f" to {until.en}" if until else ""),
    )
