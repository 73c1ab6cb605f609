"""The simulation against the office itself: the real dispatcher, on a clock that jumps to each due.

A server of paper answers the dispatcher as Prefect does; what it is asked to start is then run by
the tasks' own functions, so every letter below was written, queued and sent by production code.
"""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crisis.calendar_source import office_calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.law import Law
from crisis.model.law_rule import StartingFact
from crisis.model.playbook import Playbook
from crisis.model.severity import Floor, Severity
from crisis.model.silence import LETTERS, Event, EventKind, Setting, Silence
from crisis.model.simulation import simulate
from crisis.office.incident import choosing, triage
from crisis.writing.content_file import read_content
from desk.dispatch import Dispatcher
from desk.runs import Runs
from tasks import dispatch, watch
from tests.desk.dispatch.conftest import Paper, paper_at
from tests.office.story.moment import next_moment

HOME = Path(__file__).parents[3]
BOOKS = HOME / "playbooks"
OTHERS = {"law", "directory", "calendar", "press_sources"}
SHIPPED = sorted(file.stem for file in BOOKS.glob("*.yaml") if file.stem not in OTHERS)
ONE_OF_EACH_UNIT = (Severity.S2, Severity.S3)
BEFORE_TET = "2027-02-05T16:00"
OTHER_STARTS = (
    "2026-08-21T17:10",  # a Friday evening before a Saturday that is worked
    "2026-08-28T23:59",  # 31/8 to 2/9 are off
    "2026-11-29T00:00",  # a Sunday at midnight
    "2026-12-31T11:30",  # the last minute of a morning before New Year
    "2027-04-29T13:29",  # 30/4 and 1/5
    "2027-05-31T08:00",  # a month's end
)
CASES = [
    (name, severity, BEFORE_TET)
    for name in SHIPPED
    for severity in (Severity if name == "press-report" else ONE_OF_EACH_UNIT)
] + [
    (name, severity, start)
    for name, start in zip(SHIPPED, OTHER_STARTS, strict=True)
    for severity in ONE_OF_EACH_UNIT
]
UNTIL = timedelta(days=45)
DETERMINED = frozenset({StartingFact.AGENCY_RECEIVED_AND_HANDLING})


@pytest.fixture
async def paper(unused_tcp_port: int) -> AsyncIterator[Paper]:
    async with paper_at(unused_tcp_port) as made:
        yield made


async def lived(story: Any, paper: Paper, dispatcher: Dispatcher, until: datetime) -> None:
    """Let the office live: the dispatcher starts runs, they are run, the clock goes to the next."""
    while True:
        while await dispatcher.round():
            asked, paper.started = paper.started, []
            for flow, body in asked:
                await ran(story, flow, body["parameters"])
        due_at = await next_moment(story.office)
        if due_at is None or due_at > until:
            return
        await story.at(due_at)


async def ran(story: Any, flow: str, given: dict[str, Any]) -> None:
    if flow == "respond":
        await story.play(given["code"])
    elif flow in {"remind", "escalate"}:
        run = {"remind": watch.remind, "escalate": watch.escalate}[flow]
        for subject in given["subjects"]:
            await run.fn(given["code"], subject)
    await dispatch.send_mail.fn()


def setting(name: str, severity: Severity) -> Setting:
    playbook = read_content(BOOKS / f"{name}.yaml", Playbook)
    return Setting(
        playbook=playbook,
        law=read_content(BOOKS / "law.yaml", Law),
        directory=read_content(BOOKS / "directory.yaml", Directory),
        contacts=read_content(HOME / "examples" / "contacts.yaml", ContactBook),
        calendar=office_calendar(read_content(BOOKS / "calendar.yaml", CalendarTable)),
        topics=playbook.applies_to.topics[:1] or ("provincial_works", "schools"),
        determined=DETERMINED if severity.at_least(Severity.S3) else frozenset(),
    )


async def filed(story: Any, told: Setting, severity: Severity, at: datetime) -> str:
    """A report handled by the playbook of `told`, confirmed at the moment of its receipt."""
    code: str = await story.report(
        confirmed=False,
        kind=told.playbook.applies_to.kinds[0].value,
        topics=list(told.topics),
        severity=severity.value,
        received_at=at.isoformat(),
        published_at=at.isoformat(),
        floors=[Floor.MAJOR_EVENT.value] if severity.at_least(Severity.S3) else [],
    )
    async with story.acting("coordinator", code) as (act, standing):
        if standing.playbook.id != told.playbook.id:
            name = told.playbook.id
            await choosing.change_playbook(story.office, act, standing, name, "cho bài kiểm tra")
        await triage.confirm(story.office, act, standing.incident)
    return code


async def letters(story: Any, code: str) -> list[tuple[datetime, EventKind, str]]:
    """Every mail of the incident: when it was queued on the office's clock, which, and to whom."""
    by_id = {mail.id: mail for mail in await story.mails(code)}
    tasks = {task.id for task in (await story.standing(code)).assignments}
    told = []
    for entry in await story.entries(code):
        if entry["action"] != "mail.queued":
            continue
        mail = by_id[entry["data"]["mail"]]
        kind = EventKind(mail.letter)
        if kind is EventKind.ESCALATION and mail.subject_id not in tasks:
            kind = EventKind.APPROVAL_OVERDUE
        told.append((datetime.fromisoformat(entry["data"]["as_of"]), kind, mail.recipient))
    return told


async def skipped(story: Any, code: str) -> list[tuple[datetime, str]]:
    """When a rung reached nobody."""
    return [
        (datetime.fromisoformat(entry["data"]["as_of"]), entry["data"]["role"])
        for entry in await story.entries(code)
        if entry["action"] == "escalation.step_skipped" and entry["data"]["why"] == "skip_empty"
    ]


async def missed(story: Any, code: str) -> dict[str, datetime]:
    """The deadlines that were recorded as missed, and when each was due."""
    begun: dict[str, tuple[str, datetime]] = {}
    found = {}
    for entry in await story.entries(code):
        data = entry["data"]
        if entry["action"] == "clock.started":
            begun[data["deadline"]] = (data["rule"], datetime.fromisoformat(data["due_at"]))
        elif entry["action"] == "clock.missed":
            rule, due = begun[data["deadline"]]
            found[rule] = due
    return found


def dues(events: tuple[Event, ...]) -> dict[str, datetime]:
    names = {EventKind.TARGET_DUE: "playbook.", EventKind.LEGAL_DUE: ""}
    return {f"{names[e.kind]}{e.about}": e.at for e in events if e.kind in names}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("name", "severity", "start"), CASES)
async def test_the_simulation_is_what_the_office_does(
    story: Any, paper: Paper, name: str, severity: Severity, start: str
) -> None:
    told, at = setting(name, severity), datetime.fromisoformat(f"{start}+07:00")
    events = simulate(Silence(setting=told, severity=severity, at=at))
    await story.at(at)
    code = await filed(story, told, severity, at)
    dispatcher = Dispatcher(office=story.office, runs=Runs(api_url=paper.url))
    await lived(story, paper, dispatcher, at + UNTIL)

    foretold = [(e.at, e.kind, e.email) for e in events if e.kind in LETTERS]
    assert Counter(await letters(story, code)) == Counter(foretold)
    empty = [(e.at, e.rung) for e in events if e.kind is EventKind.RUNG_SKIPPED]
    assert Counter(await skipped(story, code)) == Counter(empty)
    late, due = await missed(story, code), dues(events)
    assert {rule: late.get(rule) for rule in due} == due
    assert {rule for rule in late if rule.startswith("playbook.")} <= set(due)
    assert len(foretold) > 5
