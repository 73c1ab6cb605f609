"""The law of the office as effective-dated data, and which rule is in force on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.citation import Confidence, Instrument, Provision
from crisis.model.continuity import Placed, gaps, overlaps
from crisis.model.decision_row import DecisionRow
from crisis.model.errors import BadInput, NotFound
from crisis.model.fault import Fault, fault, refuse
from crisis.model.internal_target import InternalTargets
from crisis.model.law_rule import LawRule
from crisis.model.refusal_ground import RefusalGround
from crisis.model.severity import Floor, Severity
from crisis.model.validity import Dated, holding_on
from crisis.model.verdict import Verdict
from crisis.model.words import Words, words


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Regime(Dated):
    """Which instruments govern a topic in a period."""

    topic: str
    instruments: Annotated[tuple[str, ...], Field(min_length=1)]
    confidence: Confidence
    note: Words | None = None


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
    def _ids_are_unique(self) -> Self:
        ids = [rule.id for rule in self.rules]
        taken = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if taken:
            msg = f"these rule ids are used twice: {', '.join(taken)}"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _codes_exist(self) -> Self:
        cited = {p.ref for rule in self.rules for p in rule.sources}
        cited |= {p.ref for p in self.internal.sources}
        cited |= {code for regime in self.regimes for code in regime.instruments}
        borrowed = {id_ for rule in self.rules for id_ in rule.same_as}
        plain = {rule.id for rule in self.rules if not rule.same_as}
        missing = sorted((cited - set(self.instruments)) | (borrowed - plain))
        if missing:
            names = ", ".join(missing)
            refuse(
                [
                    fault(
                        f"Tệp này không có văn bản hoặc quy định nào mang mã {names}.",
                        f"No instrument or rule of this file is called {names}.",
                    )
                ]
            )
        return self

    @model_validator(mode="after")
    def _time_is_covered(self) -> Self:
        purposes = _grouped([(rule.purpose, rule) for rule in self.rules])
        topics = _grouped([(regime.topic, regime) for regime in self.regimes])
        found: list[Fault] = []
        for of, rules in purposes.items():
            found += [*overlaps(rules, of=of, at="rules", beside=_beside)]
            found += [*gaps(rules, of=of, at="rules")]
        for of, one in topics.items():
            found += [*overlaps(one, of=of, at="regimes"), *gaps(one, of=of, at="regimes")]
        refuse(found)
        return self

    def citation(self, sources: Iterable[Provision]) -> Words:
        """The citations of `sources` in both languages, separated by semicolons."""
        cited = [source.cited(self.instruments[source.ref].title) for source in sources]
        return words("; ".join(c.vi for c in cited), "; ".join(c.en for c in cited))


def _beside(one: LawRule, other: LawRule) -> bool:
    """Rules of one purpose hold together where one instrument sets both, each from its own fact."""
    shared = {source.ref for source in one.sources} & {source.ref for source in other.sources}
    return bool(shared) and one.starts_at is not other.starts_at


D = TypeVar("D", bound=Dated)


def _grouped(keyed: Sequence[tuple[str, D]]) -> dict[str, list[Placed[D]]]:
    found: dict[str, list[Placed[D]]] = {}
    for number, (key, one) in enumerate(keyed):
        found.setdefault(key, []).append((number, one))
    return found


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
        ids = ", ".join(rule.id for rule in found)
        raise BadInput(
            words(
                f"“{name}” gồm nhiều quy định đang có hiệu lực; hãy chọn một: {ids}.",
                f"“{name}” has several rules in force; choose one of: {ids}.",
            ),
            field="rule",
        )
    return found[0]


def _not_in_force(name: str, on: date, known: list[LawRule]) -> NotFound:
    if not known:
        return NotFound(
            words(f"Không có quy định nào tên là “{name}”.", f"There is no rule named “{name}”.")
        )
    spans_vi = "; ".join(_span(rule, "từ", "đến") for rule in known)
    spans_en = "; ".join(_span(rule, "from", "to") for rule in known)
    return NotFound(
        words(
            f"“{name}” không có hiệu lực vào ngày {on:%d/%m/%Y}; hiệu lực {spans_vi}.",
            f"“{name}” is not in force on {on.isoformat()}; it holds {spans_en}.",
        )
    )


def _span(rule: LawRule, since: str, until: str) -> str:
    end = f" {until} {rule.valid_to:%d/%m/%Y}" if rule.valid_to else ""
    return f"{since} {rule.valid_from:%d/%m/%Y}{end}"
