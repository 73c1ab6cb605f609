"""Invented people who do at once whatever the office asks of them."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from crisis.clock import Clock
from crisis.model.approval import Decision
from crisis.model.errors import PhatngonError
from crisis.model.incident import Stage
from crisis.model.ledger import Actor, ActorKind
from crisis.model.report import ReportIn
from crisis.model.verdict import Verdict
from crisis.office.agency import verification
from crisis.office.case import hold_case
from crisis.office.incident import triage
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.office import Office
from crisis.office.statement import signing
from crisis.records import approval_request, assignment, incident, task_link
from crisis.records.answer import NewFinding, Signed
from crisis.records.approval import Answered
from crisis.records.schema.statement import StatementRow
from crisis.records.task_link import Recipient
from crisis.records.wording import subject_of
from crisis.writing.content_file import read_content
from desk.parts.patience import until

PATIENCE = 600.0
SOMEBODY = Recipient(name="Bench", title="", email="bench@phatngon.example")


def just_now(report: ReportIn) -> ReportIn:
    """The report as if it came at this moment: what came long ago would be overdue at once."""
    told = report.model_dump(mode="json", exclude_none=True, exclude={"received_at"})
    published = Clock.real().real_now() - timedelta(hours=1)
    return ReportIn.model_validate(told | {"published_at": published.isoformat()})


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Everybody whom the incidents of `report` need; `people` are user ids by role."""

    office: Office
    people: dict[str, str]
    report: Path

    async def play(self, number: int) -> str:
        """One incident: filed, answered by every agency, approved, published; its code."""
        code = await self.file(number)
        await until(f"{code}: tasks", lambda: self._answer_all(code), seconds=PATIENCE)
        await until(f"{code}: approval", lambda: self._approve(code), seconds=PATIENCE)
        await until(f"{code}: publication", lambda: self._is_published(code), seconds=PATIENCE)
        return code

    async def file(self, number: int, *, fresh: bool = False) -> str:
        """The coordinator files the report, told apart by its number; the incident's code.

        A `fresh` one came just now: none of its clocks has run out yet.
        """
        report = read_content(self.report, ReportIn)
        report = (just_now(report) if fresh else report).model_copy(
            update={"title": f"{report.title} ({number})"}
        )
        async with self.office.records.act(self.actor("coordinator")) as act:
            filed = await file_report(self.office, act, report, Filing(confirmed=True))
        return filed.code

    async def confirm(self, code: str) -> None:
        """The coordinator confirms a candidate: now its agencies may be mailed."""
        async with self.office.records.act(self.actor("coordinator")) as act:
            await triage.confirm(self.office, act, await incident.held(act, code))

    def actor(self, role: str) -> Actor:
        """The person of the office with this id, as the ledger names them."""
        return Actor(kind=ActorKind.USER.value, id=self.people[role])

    async def _answer_all(self, code: str) -> bool:
        async with self.office.records.look() as session:
            row = await incident.by_code(session, code)
            tasks = await assignment.of_incident(session, row.id)
        for task in tasks:
            await self._answer(code, task.id)
        return bool(tasks)

    async def link(self, code: str, task_id: str) -> str:
        """The token of a new link to the task."""
        async with self.office.records.act() as act:
            case = await incident.by_code(act.session, code)
            tasks = await assignment.of_incident(act.session, case.id)
            task = next(one for one in tasks if one.id == task_id)
            return await task_link.issue(act, case, task, SOMEBODY)

    async def _answer(self, code: str, task_id: str) -> None:
        token = await self.link(code, task_id)
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
            async with self.office.records.act(self.actor("approver")) as act:
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
