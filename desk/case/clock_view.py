"""What an incident's page shows of its clocks: limits, determinations, shadow, press requests."""

from typing import Any

from crisis.model.determination import QUESTION_WORDS
from crisis.model.incident import Stage
from crisis.office.case import Standing
from crisis.office.clock_book import EVENT, cited
from crisis.office.incident import determining, fact_clock
from crisis.office.office import local_day
from crisis.records import clock_change, deadline, determination, press_request, report_list
from crisis.records.act import Act
from desk.case.clock_words import CHANGE_WORDS, FACT_WORDS
from desk.intake.words import words_of_kinds


async def clock_values(act: Act, standing: Standing) -> dict[str, Any]:
    """The values of the templates about clocks and determinations."""
    case, session, law = standing.incident, act.session, standing.force.law
    clocks, calendar = await deadline.of_incident(session, case.id), standing.force.calendar
    changes = await clock_change.of(session, [row.id for row in clocks])
    first = min(case.received_at, await report_list.happened_at(session, case))
    return {
        "clocks": clocks,
        "assumes_publication": any(row.fact == EVENT for row in clocks),
        "clock_changes": changes,
        "clock_question": {row.id: fact_clock.question_of(calendar, row) for row in clocks},
        "extends": {
            row.id
            for row in clocks
            if fact_clock.extension_of(law, row, changes[row.id], act.now) is not None
        },
        "facts": FACT_WORDS,
        "change_words": CHANGE_WORDS,
        "startable": fact_clock.offered(law, local_day(first)),
        "citations": {rule.id: cited(law, rule) for rule in law.rules},
        "asked": await press_request.of_incident(session, case.id),
        "asked_kinds": words_of_kinds(),
        "shadow": await determining.shadow_of(act, standing),
        "questions": QUESTION_WORDS if _may_determine(standing) else {},
        "wanted": await determining.wanted_of(act, standing),
        "determined": await determination.standing(session, case.id),
        "determinations": await determination.history(session, case.id),
    }


def _may_determine(standing: Standing) -> bool:
    """A candidate is confirmed first: until then nobody has received and handles the matter."""
    ripe = Stage(standing.incident.stage) is not Stage.CANDIDATE
    return ripe and determining.count(standing)
