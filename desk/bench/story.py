"""`bench story`: incidents through all their runs, beside as many empty runs in the same pool."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from crisis.model.approval import Decision
from crisis.model.errors import PhatngonError
from crisis.model.incident import Stage
from crisis.model.ledger import Actor, ActorKind
from crisis.model.report import ReportIn
from crisis.model.verdict import Verdict
from crisis.office import signing, verification
from crisis.office.case import hold_case
from crisis.office.office import Office
from crisis.office.reporting import Filing, file_report
from crisis.records import approval_request, assignment, incident, task_link
from crisis.records.answer import NewFinding, Signed
from crisis.records.approval import Answered
from crisis.records.schema.statement import StatementRow
from crisis.records.task_link import Recipient
from crisis.records.wording import subject_of
from crisis.writing.content_file import read_content
from desk.parts.patience import until
from desk.runs import Runs

PATIENCE = 600.0
SETTLE_SECONDS = 5.0
"""Prefect writes task runs down in batches, seconds after they ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What was measured; times in seconds.

    `runs` and `tasks` are what Prefect counted of the story; the floor is as many empty runs with
    as many tasks through the same pool, `in_process_seconds` the same without pool and worker.
    `ratio` is story over floor.
    """

    bench: str
    database: str
    incidents: int
    runs: int
    tasks: int
    story_seconds: float
    floor_seconds: float
    in_process_seconds: float
    ratio: float

    def as_json(self) -> dict[str, Any]:
        """The figures as one JSON object."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One running installation to be measured; `people` are user ids by role."""

    office: Office
    runs: Runs
    people: dict[str, str]
    report: Path
    in_process: Callable[[Sequence[int]], Awaitable[float]]

    async def story(self, incidents: int) -> Measured:
        """Play `incidents` at once with people who answer at once, then the floor."""
        loop = asyncio.get_running_loop()
        await self._floor([1, 1])
        began = loop.time()
        await asyncio.gather(*(self._play(n) for n in range(incidents)))
        story = loop.time() - began
        runs, tasks = await self._counted()
        shares = spread(tasks, runs)
        began = loop.time()
        await self._floor(shares)
        floor = loop.time() - began
        return Measured(
            bench="story",
            database=self.office.records.database.engine.dialect.name,
            incidents=incidents,
            runs=runs,
            tasks=tasks,
            story_seconds=round(story, 2),
            floor_seconds=round(floor, 2),
            in_process_seconds=await self.in_process(shares),
            ratio=round(story / floor, 2),
        )

    async def _play(self, number: int) -> None:
        """One incident: filed, answered by every agency, approved, published."""
        code = await self._file(number)
        await until(f"{code}: tasks", lambda: self._answer_all(code), seconds=PATIENCE)
        await until(f"{code}: approval", lambda: self._approve(code), seconds=PATIENCE)
        await until(f"{code}: publication", lambda: self._is_published(code), seconds=PATIENCE)

    async def _file(self, number: int) -> str:
        report = read_content(self.report, ReportIn)
        report = report.model_copy(update={"title": f"{report.title} ({number})"})
        async with self.office.records.act(self._actor("coordinator")) as act:
            filed = await file_report(self.office, act, report, Filing(confirmed=True))
        return filed.code

    def _actor(self, role: str) -> Actor:
        return Actor(kind=ActorKind.USER.value, id=self.people[role])

    async def _answer_all(self, code: str) -> bool:
        async with self.office.records.look() as session:
            row = await incident.by_code(session, code)
            tasks = await assignment.of_incident(session, row.id)
        for task in tasks:
            await self._answer(code, task.id)
        return bool(tasks)

    async def _answer(self, code: str, task_id: str) -> None:
        async with self.office.records.act() as act:
            case = await incident.by_code(act.session, code)
            task = next(
                t for t in await assignment.of_incident(act.session, case.id) if t.id == task_id
            )
            token = await task_link.issue(
                act, case, task, Recipient(name="Bench", title="", email="bench@phatngon.example")
            )
        async with self.office.records.act(Actor(kind="agency", id=task_id)) as act:
            held = await task_link.open_link(act.session, token)
            findings = [
                NewFinding(
                    claim=claim,
                    verdict=Verdict.ACCURATE,
                    fact_vi="Nội dung báo nêu là đúng.",
                    fact_en="What was reported is right.",
                    remedy={"what_vi": "Khắc phục ngay", "what_en": "Put right at once"},
                )
                for claim in held.assignment.claims
            ]
            await verification.receive_answer(
                self.office, act, held, Signed(name="Bench", title="Bench"), findings
            )

    async def _approve(self, code: str) -> bool:
        try:
            async with self.office.records.act(self._actor("approver")) as act:
                standing = await hold_case(
                    self.office, act, await incident.by_code(act.session, code)
                )
                pending = [s for s in standing.statements if await self._asked(act.session, s)]
                for row in pending:
                    subject = await subject_of(act.session, standing.incident, row)
                    given = Answered(decision=Decision.APPROVE, reason="", digest=subject.digest)
                    await signing.decide(self.office, act, standing, row, given)
        except PhatngonError:
            return False
        return bool(pending)

    async def _asked(self, session: Any, row: StatementRow) -> bool:
        rows = await approval_request.of_version(session, row.id, row.current)
        return any(r.person_id == self.people["approver"] and r.decision is None for r in rows)

    async def _is_published(self, code: str) -> bool:
        async with self.office.records.look() as session:
            return (await incident.by_code(session, code)).stage == Stage.PUBLISHED.value

    async def _counted(self) -> tuple[int, int]:
        """The runs and tasks of the story as Prefect has them, once it has written all down."""
        before, counts = (0, 0), await self.runs.counted()
        while counts != before:
            await asyncio.sleep(SETTLE_SECONDS)
            before, counts = counts, await self.runs.counted()
        return counts

    async def _floor(self, shares: Sequence[int]) -> None:
        """An empty run for each number of tasks through the same pool, until all have ended."""
        ids = [
            await self.runs.start(
                "empty", parameters={"tasks": tasks}, key=str(uuid4()), name="empty"
            )
            for tasks in shares
        ]
        await until("floor", lambda: self._all_ended(ids), seconds=PATIENCE)

    async def _all_ended(self, ids: Sequence[str]) -> bool:
        return await self.runs.state_of(ids[-1]) == "Completed" and all(
            [await self.runs.state_of(run_id) == "Completed" for run_id in ids]
        )


def spread(tasks: int, runs: int) -> list[int]:
    """`tasks` over `runs` as evenly as whole numbers allow."""
    share, more = divmod(tasks, max(runs, 1))
    return [share + (n < more) for n in range(runs)]
