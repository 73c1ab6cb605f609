"""A story becomes an incident: its articles are filed as reports, by a person or for one."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from crisis.model.action import Action
from crisis.model.errors import RuleBroken, Stale
from crisis.model.ledger import ActorKind
from crisis.model.press_watch import incident_severity
from crisis.model.quotation import quoted
from crisis.model.report import ReportIn
from crisis.model.words import Words, words
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.office import Office
from crisis.records import (
    incident,
    intake,
    press_judgement,
    press_label,
    press_match,
    press_trigger,
)
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.incident import Incident
from crisis.records.schema.story import PressStory
from crisis.watch.lesson import Said


async def open_candidate(office: Office, act: Act, story: PressStory) -> str | None:
    """Open a candidate for a person to confirm; None where a rule forbids it (it stays raised)."""
    try:
        return await _file(office, act, story)
    except RuleBroken:
        return None


async def open_incident(office: Office, act: Act, story: PressStory) -> str:
    """A named person opens the story as an incident; its code. Raises Stale, RuleBroken."""
    if story.state != "new":
        raise Stale(
            words(
                "Câu chuyện này vừa được xử lý. Xin xem lại.",
                "This story has just been dealt with. Please look again.",
            )
        )
    return await _file(office, act, story)


async def join_incident(office: Office, act: Act, story: PressStory, code: str) -> str:
    """A named person says the story is a known incident's matter: its articles are added there."""
    row = await incident.by_code(act.session, code)
    await _add(office, act, await press_judgement.of_story(act.session, story.id), row.code)
    await _opened(act, story, row)
    await press_match.decide(act, story.id, row.id, same=True)
    return row.code


async def add_new(office: Office, act: Act, story: PressStory) -> int:
    """A named person adds what was printed since the story was opened; how many articles."""
    if story.incident_id is None:
        return 0
    row = await act.session.get_one(Incident, story.incident_id)
    missing = await unfiled(act, story)
    await _add(office, act, missing, row.code)
    return len(missing)


async def unfiled(act: Act, story: PressStory) -> Sequence[Seen]:
    """The articles of an opened story that its incident does not have."""
    printed = await press_judgement.of_story(act.session, story.id)
    filed = await intake.known(act.session, [_key(one) for one in printed])
    return [one for one in printed if _key(one) not in filed]


async def _file(office: Office, act: Act, story: PressStory) -> str:
    first, *others = await press_judgement.of_story(act.session, story.id)
    person = act.actor.kind == ActorKind.USER.value
    told = report_of(first, await _names(office, act), gravity=story.severity)
    filed = await file_report(office, act, told, Filing(confirmed=person, key=_key(first)))
    await _add(office, act, others, filed.code)
    await _opened(act, story, await incident.by_code(act.session, filed.code))
    return filed.code


async def _opened(act: Act, story: PressStory, row: Incident) -> None:
    story.state, story.incident_id, story.state_at = "opened", row.id, act.now
    story.state_by = act.actor.id if act.actor.kind == ActorKind.USER.value else None
    await act.session.flush()
    await press_trigger.decide(act, story.id, press_trigger.OPENED, row.id)
    told = {"story": story.id, "incident": row.id, "confirmed": story.state_by is not None}
    await act.note(OFFICE_CHAIN, Action.PRESS_CONFIRMED, told)
    if story.state_by is not None:
        await _wanted(act, story)


async def _wanted(act: Act, story: PressStory) -> None:
    """What a person opens was rightly told: its articles are labels, unless one says otherwise."""
    items = [one.item.id for one in await press_judgement.of_story(act.session, story.id)]
    said = await press_label.of_items(act.session, items)
    for item in items:
        if item not in said:
            await press_label.say(act, item, Said.YES.value)


async def _add(office: Office, act: Act, printed: Sequence[Seen], code: str) -> None:
    names = await _names(office, act)
    for one in printed:
        filing = Filing(confirmed=False, key=_key(one), into=code)
        await file_report(office, act, report_of(one, names), filing)


async def _names(office: Office, act: Act) -> Mapping[str, Words]:
    return (await office.in_force(act.session)).directory.names


def _key(seen: Seen) -> str:
    return f"press:{seen.item.id}"


def report_of(seen: Seen, names: Mapping[str, Words], *, gravity: int | None = None) -> ReportIn:
    """An article as a report: link, outlet, time and a short quotation, nothing else; its places
    by their names.
    """
    item, judged = seen.item, seen.judgement
    told = {
        "title": " ".join((item.title or item.lead or item.link).split())[:300],
        "outlet": {"name": seen.source.name},
        "link": item.link or None,
        "published_at": seen.at,
        "quotation": item.quotation or quoted(item.lead) or None,
        "topics": judged.topics,
        "places": [names[code].vi for code in judged.places if code in names],
        "severity": None if gravity is None else incident_severity(gravity),
    }
    try:
        return ReportIn.model_validate(told)
    except ValidationError:
        # A paper's address that no browser takes is not worth losing the report for.
        return ReportIn.model_validate(told | {"link": None})
