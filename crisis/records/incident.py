"""Incidents in the records: numbered, moved by the table, amended with the old value kept."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound, PhatngonError, RuleBroken
from crisis.model.incident import ENDED, Stage, check_move
from crisis.model.severity import Floor, Severity, with_floors
from crisis.model.words import Words, words
from crisis.records import ledger, viewing
from crisis.records.act import Act
from crisis.records.conditional import won
from crisis.records.one_at_a_time import one_at_a_time
from crisis.records.schema.incident import Counter, Incident
from crisis.records.timer import clear_incident
from crisis.records.upsert import put_new

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
EXERCISE_PREFIX = "DT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What an incident begins with; `confirmed_by` is the named person who opened it, if any."""

    title: Words
    kind: str
    severity: Severity
    floors: frozenset[Floor]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    received_at: datetime
    playbook: str
    event_at: datetime | None = None
    summary: str = ""
    confirmed_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbering:
    """How codes are made here: the office's prefix, or the exercise one."""

    prefix: str
    exercise: bool

    @property
    def used(self) -> str:
        """`DT` in an exercise, else the office's prefix."""
        return EXERCISE_PREFIX if self.exercise else self.prefix


async def next_code(act: Act, prefix: str) -> str:
    """The next free code of the local year, `PREFIX-YYYY-nnnn`.

    Acts that number wait for each other in the order in which they came: who waits for a row of
    PostgreSQL alone is overtaken by those who come later, in a surge for minutes.
    """
    await one_at_a_time(act.session, f"number {prefix}")
    year = act.now.astimezone(LOCAL).year
    here = (Counter.prefix == prefix, Counter.year == year)
    one_more = update(Counter).where(*here).values(last=Counter.last + 1)
    if not await won(act.session, one_more):
        # Two first ones of a year meet on the row, not on an error.
        await put_new(act.session, Counter, {"prefix": prefix, "year": year, "last": 0})
        await act.session.execute(one_more)
    last = await act.session.scalar(select(Counter.last).where(*here))
    return f"{prefix}-{year}-{last:04d}"


async def open_incident(act: Act, opening: Opening, numbering: Numbering) -> Incident:
    """Open an incident, or a candidate where no named person has confirmed it."""
    stage = Stage.OPEN if opening.confirmed_by else Stage.CANDIDATE
    row = Incident(
        code=await next_code(act, numbering.used),
        exercise=numbering.exercise,
        stage=stage.value,
        severity=with_floors(opening.severity, opening.floors).value,
        kind=opening.kind,
        title=opening.title.vi,
        title_en=opening.title.en,
        summary=opening.summary,
        floors=sorted(floor.value for floor in opening.floors),
        topics=list(opening.topics),
        places=list(opening.places),
        playbook=opening.playbook,
        event_at=opening.event_at,
        received_at=opening.received_at,
        opened_at=act.now,
        confirmed_at=act.now if opening.confirmed_by else None,
        stage_since=act.now,
        coordinator_id=opening.confirmed_by,
    )
    act.session.add(row)
    await act.session.flush()
    await act.note(
        row.code,
        Action.INCIDENT_OPENED,
        {
            "incident": row.id,
            "stage": row.stage,
            "kind": row.kind,
            "severity": row.severity,
            "floors": row.floors,
            "exercise": row.exercise,
        },
    )
    return row


async def move(act: Act, row: Incident, there: Stage, *, reason: str = "") -> None:
    """Move along the table, with its ledger entry; ending stops every timer.

    Raises RuleBroken.
    """
    here = Stage(row.stage)
    check_move(here, there, reason)
    row.stage, row.stage_since = there.value, act.now
    row.closed_at = act.now if there is Stage.CLOSED else None
    if there in ENDED:
        await clear_incident(act, row.id)
    await act.session.flush()
    await act.note(row.code, _move_action(here, there), {"from": here.value, "to": there.value})


def _move_action(here: Stage, there: Stage) -> Action:
    if there is Stage.CLOSED:
        return Action.INCIDENT_CLOSED
    return Action.INCIDENT_REOPENED if here in ENDED else Action.INCIDENT_MOVED


async def confirm(act: Act, row: Incident) -> None:
    """A named person confirms a candidate: only now may an agency be mailed."""
    await move(act, row, Stage.OPEN)
    row.confirmed_at = act.now
    row.coordinator_id = act.actor.id
    await act.session.flush()


async def judge(act: Act, row: Incident, severity: Severity, floors: frozenset[Floor]) -> None:
    """Set the severity; facts that forbid a lower one raise it."""
    row.floors = sorted(floor.value for floor in floors)
    row.severity = with_floors(severity, floors).value
    await act.session.flush()
    await act.note(row.code, Action.SEVERITY_SET, {"severity": row.severity, "floors": row.floors})


async def block(act: Act, row: Incident, step: str, error: PhatngonError) -> None:
    """No run can take `step` until a person acts: the reason is shown, and recorded by its code."""
    row.blocked = {"step": step, "vi": error.sentence.vi, "en": error.sentence.en}
    await act.session.flush()
    rule = error.rule if isinstance(error, RuleBroken) else error.code
    await act.note(row.code, Action.STATEMENT_BLOCKED, {"step": step, "rule": rule})


async def by_code(session: AsyncSession, code: str) -> Incident:
    """The incident with this code. Raises NotFound, also where it is not for these eyes."""
    row = await session.scalar(select(Incident).where(Incident.code == code.strip().upper()))
    if row is None or await viewing.is_hidden(session, row):
        raise NotFound(
            words(f"Không có vụ việc mã {code}.", f"There is no incident with code {code}.")
        )
    return row


async def held(act: Act, code: str) -> Incident:
    """The incident with this code; nobody else acts on it until this act has ended.

    An act holds before it reads or locks anything else of the incident: what it decides upon is
    then what stands, and acts that meet wait for each other in one order. Raises NotFound.
    """
    row = await by_code(act.session, code)
    await ledger.hold(act.session, row.code)
    await act.session.refresh(row)
    return row


def subject(row: Incident) -> Words:
    """The matter's name in both languages."""
    return Words(vi=row.title, en=row.title_en)
