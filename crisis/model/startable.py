"""The limits of the law that a person can start on an incident by recording a fact."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from crisis.model.errors import BadInput
from crisis.model.law import Law
from crisis.model.law_rule import LawRule, StartingFact
from crisis.model.rule_of_day import rule_in_force
from crisis.model.words import Words, words

OUTLETS = "press_outlet"


@dataclass(frozen=True, kw_only=True, slots=True)
class Startable:
    """One entry of the list: `value` names purpose and case, `waits` that another body owes it."""

    value: str
    title: Words
    fact: StartingFact
    waits: bool


def startable(
    law: Law, elsewhere: Collection[str], since: date = date.min
) -> tuple[Startable, ...]:
    """Every purpose with a starting fact, but those of `elsewhere`; one entry per case.

    No purpose whose rules had all ended before the day `since`.
    """
    found: dict[str, Startable] = {}
    for rule in law.rules:
        ended = rule.valid_to is not None and rule.valid_to < since
        if rule.purpose not in elsewhere and not ended:
            # The rule of today names the purpose; the one of the fact's day counts.
            found |= {one.value: one for one in _entries(law, rule)}
    return tuple(found.values())


def _entries(law: Law, rule: LawRule) -> Iterator[Startable]:
    waits = rule.actor == OUTLETS
    if rule.starts_at is not None:
        yield Startable(value=rule.purpose, title=rule.title, fact=rule.starts_at, waits=waits)
    for case in (one for one in law.rules if one.id in rule.same_as and one.starts_at):
        title = Words(
            vi=f"{rule.title.vi}: {case.title.vi}", en=f"{rule.title.en}: {case.title.en}"
        )
        fact = case.starts_at or StartingFact.EVENT_OCCURRED
        yield Startable(value=f"{rule.purpose}/{case.id}", title=title, fact=fact, waits=waits)


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """The rule of the day of the fact, and the rule whose limit it counts by (itself mostly)."""

    rule: LawRule
    counts_by: LawRule


def started_by(law: Law, value: str, on: date) -> Started:
    """What a fact of the day `on` starts. Raises NotFound or BadInput."""
    purpose, _, case = value.partition("/")
    rule = rule_in_force(law, purpose, on)
    by = next((one for one in law.rules if case and one.id == case and case in rule.same_as), rule)
    if by.starts_at is None or by.limit is None or bool(case) is not (by is not rule):
        raise BadInput(
            words("Quy định này không bắt đầu từ một mốc.", "No fact starts this rule."),
            field="rule",
        )
    return Started(rule=rule, counts_by=by)
