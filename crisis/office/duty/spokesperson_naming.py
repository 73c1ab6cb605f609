"""A decision that names a spokesperson: their data are owed on the portal in time."""

from dataclasses import replace

from crisis.model.deadline import due_at
from crisis.model.errors import BadInput
from crisis.model.law import Law, rules_in_force
from crisis.model.law_rule import LawRule
from crisis.model.periodic_duty import CONTACTS, DECISION
from crisis.model.rule import inv8_no_state_secret
from crisis.model.words import words
from crisis.office.clock_book import start_clock
from crisis.office.duty import duty_planning
from crisis.office.office import Office, local_day
from crisis.records import duty
from crisis.records.act import Act
from crisis.records.deadline import NewDeadline
from crisis.records.duty import Done


async def name_spokesperson(office: Office, act: Act, decided: Done) -> None:
    """Record a decision by its number; the limit to publish runs from its signature.

    Raises BadInput for a decision in the future, without number, or before the rule.
    """
    if not decided.reference.strip() or decided.done_at > act.now:
        raise BadInput(
            words(
                "Xin ghi số quyết định và thời điểm ký, không ở tương lai.",
                "Please give the decision's number and when it was signed, not in the future.",
            ),
            field="reference",
        )
    inv8_no_state_secret(decided.reference)
    force = await office.in_force(act.session)
    rule = _rule(force.law, decided)
    decision = replace(decided, kind=DECISION, form="")
    fact = await duty.add_decision(act, decision, exercise=office.settings.exercise)
    new = NewDeadline(
        rule=rule.id,
        title=rule.title,
        legal=True,
        fact=str(rule.starts_at),
        starts_at=decided.done_at,
        due_at=due_at(rule.counted, decided.done_at, force.calendar),
        source=force.law.citation(rule.sources).vi,
        confidence=rule.confidence.value,
        subject=fact.id,
    )
    await duty_planning.watch(act, await start_clock(act, None, new))


def _rule(law: Law, decided: Done) -> LawRule:
    found = rules_in_force(law.rules, CONTACTS, local_day(decided.done_at))
    rule = next((one for one in found if one.limit is not None), None)
    if rule is None:
        raise BadInput(
            words(
                "Ngày ký này chưa có quy định về thời hạn công bố.",
                "No rule on the time of publication was in force on that day.",
            ),
            field="done_at",
        )
    return rule
