"""Incidents brought as far as a test needs them, by the same acts as the flows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from crisis.model.approval import Decision
from crisis.model.outlook import Work
from crisis.model.statement import Lifecycle
from crisis.model.verdict import Verdict
from crisis.office.agency import assigning, verification
from crisis.office.case import Standing, hold_case
from crisis.office.statement import (
    approval_round,
    drafting,
    press_mail,
    publishing,
    settling,
    signing,
)
from crisis.records import delivery, delivery_outcome, incident, wording
from crisis.records.act import SYSTEM, Act
from crisis.records.answer import NewFinding, Signed
from crisis.records.approval import Answered
from crisis.records.schema.assignment import Assignment
from crisis.records.task_link import Held, Recipient, issue, open_link
from crisis.records.task_work import NewEvidence, add_evidence

Doing = Callable[[Act, Standing], Awaitable[Any]]


@dataclass(kw_only=True)
class Case:
    """One incident and what happens to it outside of the pages under test."""

    desk: Any
    code: str

    @property
    def path(self) -> str:
        """Its page."""
        return f"/vu-viec/{self.code}"

    async def do(self, doing: Doing, actor: Any = SYSTEM) -> Any:
        """One act on the incident."""
        async with self.desk.office.records.act(actor) as act:
            row = await incident.by_code(act.session, self.code)
            return await doing(act, await hold_case(self.desk.office, act, row))

    async def standing(self) -> Standing:
        """How the incident stands."""

        async def look(_act: Act, standing: Standing) -> Standing:
            return standing

        found: Standing = await self.do(look)
        return found

    async def play(self) -> None:
        """Take every step that is ripe, once, as a run does; deliveries stay owed."""
        await self.do(self._prepare)
        await self.do(self._follow)

    async def _prepare(self, act: Act, standing: Standing) -> None:
        office, ripe = self.desk.office, standing.outlook.ripe
        if Work.ASSIGN in ripe:
            await assigning.assign_resolved(office, act, standing)
        if Work.HOLD in ripe:
            await drafting.draft_holding(office, act, standing)
        if Work.DRAFT in ripe:
            await drafting.draft_final(office, act, standing)

    async def _follow(self, act: Act, standing: Standing) -> None:
        for row in standing.statements:
            if row.lifecycle == Lifecycle.PENDING.value:
                await approval_round.ask_step(self.desk.office, act, standing, row)
            if row.lifecycle == Lifecycle.APPROVED.value:
                made = await publishing.freeze(act, standing, row)
                await press_mail.write_press_mails(self.desk.office, act, standing, made)

    async def held(self, act: Act, task: Assignment) -> Held:
        """A task as its agency holds it, by a fresh link."""
        to = Recipient(name="Nguyễn Văn Ví Dụ", title="Đầu mối", email=task.contact_email or "")
        row = await incident.by_code(act.session, self.code)
        return await open_link(act.session, await issue(act, row, task, to))

    async def answer(self, verdict: Verdict = Verdict.ACCURATE, fact: str = "Đúng.") -> None:
        """Every agency answers every claim of its task, with a file as evidence."""

        async def answers(act: Act, standing: Standing) -> None:
            for task in standing.assignments:
                await self._answer(act, task, verdict, fact)

        await self.do(answers)

    async def _answer(self, act: Act, task: Assignment, verdict: Verdict, fact: str) -> None:
        held = await self.held(act, task)
        new = NewEvidence(
            title="Biên bản",
            holder=task.agency,
            issuer="Đoàn kiểm tra",
            issued_on=None,
            file_name="biên bản.txt",
            media_type="text/html",
            content=f"<script>alert(1)</script>{task.id}".encode(),
        )
        piece = await add_evidence(act, held, new)
        remedy = {"what_vi": "Nạo vét", "what_en": "Clear it", "by": "2025-11-15"}
        findings = [
            NewFinding(
                claim=key,
                verdict=verdict,
                fact_vi=fact,
                fact_en=fact,
                remedy=remedy,
                evidence=(piece.id,),
            )
            for key in task.claims
        ]
        signed = Signed(name="Nguyễn Văn Ví Dụ", title="Đầu mối")
        await verification.receive_answer(self.desk.office, act, held, signed, findings)

    async def decide(self, who: str, decision: Decision, reason: str = "") -> None:
        """An approver decides about the newest statement."""

        async def decides(act: Act, standing: Standing) -> None:
            row = standing.statements[-1]
            subject = await wording.subject_of(act.session, standing.incident, row)
            said = Answered(decision=decision, reason=reason, digest=subject.digest)
            await signing.decide(self.desk.office, act, standing, row, said)

        await self.do(decides, self.desk.actor(who))

    async def publish(self) -> None:
        """Approved, frozen and taken for delivered: what a page says of a published statement."""
        await self.decide("approver", Decision.APPROVE)
        await self.play()

        async def settles(act: Act, standing: Standing) -> None:
            for owed in await delivery.of_incident(act.session, standing.incident.id):
                claimed = await delivery.begin(act, owed.id)
                if claimed is not None:
                    await delivery_outcome.accepted(act, claimed, "taken")
            await settling.settle(self.desk.office, act, standing, standing.statements[-1])

        await self.do(settles)

    @property
    async def stage(self) -> str:
        """Where it stands."""
        return (await self.standing()).incident.stage


@pytest.fixture
async def case(desk: Any) -> Case:
    """An incident that the coordinator has just opened."""
    return Case(desk=desk, code=await desk.report())


@pytest.fixture
async def candidate(desk: Any) -> Case:
    """A report that nobody has confirmed."""
    return Case(desk=desk, code=await desk.report(confirmed=False))


@pytest.fixture
async def drafted(case: Case) -> Case:
    """An incident whose statement waits for its approver."""
    await case.play()
    await case.answer()
    await case.play()
    return case
