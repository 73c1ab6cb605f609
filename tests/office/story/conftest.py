"""The whole office at work, without an engine: `story` plays as people do, `play` takes the steps
of `flows.respond` through the tasks' own functions, and the clock stands where a test puts it.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from crisis.model.approval import Decision
from crisis.model.errors import PhatngonError, Stale
from crisis.model.ledger import Actor, ActorKind
from crisis.model.outlook import Outlook, Work
from crisis.model.report import ReportIn
from crisis.model.verdict import Verdict
from crisis.office.agency import verification
from crisis.office.case import Standing, hold_case
from crisis.office.intake import reporting
from crisis.office.office import Office
from crisis.office.statement import signing
from crisis.records import (
    approval_request,
    incident,
    ledger,
    mail,
    office_clock,
    task_link,
    timer,
    wording,
)
from crisis.records import turn as wake_ups
from crisis.records.act import SYSTEM, Act
from crisis.records.answer import NewFinding, Signed
from crisis.records.approval import Answered
from crisis.records.schema.mail import Mail
from crisis.records.task_work import NewEvidence, add_evidence
from flows.respond import PLAYBOOK, ROUNDS
from tasks import dispatch, turn, watch
from tasks import step as steps
from tests.office.story.moment import fallen_due, next_moment

START = datetime.fromisoformat("2025-10-20T08:00+07:00")
LINK = re.compile(r"/viec/([\w-]{20,})")

TOLD: dict[str, Any] = {
    "title": "Sân trường ngập nước mỗi khi mưa",
    "outlet": "Pháp Luật TP.HCM",
    "published_at": "2025-10-20T07:00",
    "received_at": "2025-10-20T08:00",
    "topics": ["provincial_works", "schools"],
    "claims": [
        {"text": {"vi": "Sân trường bị ngập", "en": "The yard floods"}},
        {"text": {"vi": "Nước không thoát được", "en": "Water does not drain"}},
    ],
}
PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Play:
    """What one run did, and what the incident waits for after it."""

    outlook: Outlook
    did: tuple[str, ...]


@dataclass(kw_only=True)
class Story:
    """The office under test, and what people do with it."""

    house: Any

    @property
    def office(self) -> Office:
        """The office of this process."""
        return self.house.office

    def actor(self, name: str) -> Actor:
        """A person as the ledger names them."""
        return Actor(kind=ActorKind.USER.value, id=self.house.people[name].user)

    async def at(self, when: str | datetime) -> None:
        """Let the office's clock stand at `when` (Vietnamese time without a zone)."""
        moment = datetime.fromisoformat(f"{when}+07:00") if isinstance(when, str) else when
        async with self.office.records.act() as act:
            await office_clock.set_clock(act, moment, rate=0, exercise=True)

    async def report(self, *, confirmed: bool = True, into: str = "", **given: Any) -> str:
        """File a report as the coordinator (or, unconfirmed, the system); its incident's code."""
        actor = self.actor("coordinator") if confirmed else SYSTEM
        filing = reporting.Filing(confirmed=confirmed, into=into or None)
        async with self.office.records.act(actor) as act:
            report = ReportIn.model_validate(TOLD | given)
            return (await reporting.file_report(self.office, act, report, filing)).code

    async def play(self, code: str, holder: str = "run") -> Play:
        """Do for the incident whatever can be done now, as `flows.respond` does."""
        holding = await turn.take(code, holder)
        assert holding is not None, "another run has the incident"
        did: list[str] = []
        while True:
            wishes = await turn.wishes(holding)
            outlook = await self._walk(holding, did)
            await dispatch.send_its_mail.fn(code, holding)
            if await turn.give_back(holding, wishes):
                return Play(outlook=outlook, did=tuple(did))

    async def _walk(self, holding: turn.Holding, did: list[str]) -> Outlook:
        outlook = await turn.look(holding)
        for _ in range(ROUNDS):
            before = outlook
            for work, step in PLAYBOOK:
                if work in outlook.ripe:
                    did.append(await taken(step, work, holding))
                    outlook = await turn.look(holding)
            if not outlook.ripe or outlook == before:
                return outlook
        pytest.fail(f"{holding.code} never comes to rest: {did}")

    @asynccontextmanager
    async def acting(self, who: str, code: str) -> AsyncIterator[tuple[Act, Standing]]:
        """One act of a person of the office on an incident, with the incident as it stands."""
        async with self.office.records.act(self.actor(who)) as act:
            row = await incident.by_code(act.session, code)
            yield act, await hold_case(self.office, act, row)

    async def standing(self, code: str) -> Standing:
        """The incident as it stands."""
        async with self.acting("coordinator", code) as (_, standing):
            return standing

    async def stage(self, code: str) -> str:
        return (await self.standing(code)).incident.stage

    async def lifecycles(self, code: str) -> list[tuple[str, str]]:
        """Kind and lifecycle of each statement, oldest first."""
        return [(s.kind, s.lifecycle) for s in (await self.standing(code)).statements]

    @asynccontextmanager
    async def as_agency(self, email: str) -> AsyncIterator[tuple[Act, task_link.Held]]:
        """One act by whoever holds the newest task link that `email` was sent."""
        token = self.token(email)
        async with self.office.records.look() as session:
            who = verification.actor_of(await task_link.open_link(session, token))
        async with self.office.records.act(who) as act:
            yield act, await task_link.open_link(act.session, token)

    def token(self, email: str) -> str:
        """The token of the newest task link that `email` was sent."""
        found = [LINK.findall(self.text(name)) for name in reversed(self.house.folder.names(email))]
        return next(tokens[-1] for tokens in reversed(found) if tokens)

    def text(self, name: str) -> str:
        """The plain text of a mail in the folder."""
        opened = self.house.folder.mail(name)
        assert opened is not None
        return opened.text

    async def acknowledge(self, email: str) -> None:
        async with self.as_agency(email) as (act, held):
            await verification.acknowledge(self.office, act, held)

    async def answer(
        self,
        email: str,
        *verdicts: str,
        proof: bool = False,
        issuer: str = "",
        remedy: bool = True,
    ) -> int:
        """The agency answers claim after claim, with a document where `proof`; its version."""
        async with self.as_agency(email) as (act, held):
            evidence: tuple[str, ...] = ()
            if proof:
                told = NewEvidence(
                    title="Biên bản kiểm tra",
                    holder=held.assignment.name_vi,
                    issuer=issuer or None,
                    issued_on=None,
                    content=b"BIEN BAN",
                )
                evidence = ((await add_evidence(act, held, told)).id,)
            findings = [
                finding(claim, verdict, evidence, remedy=remedy)
                for claim, verdict in zip(held.assignment.claims, verdicts, strict=False)
            ]
            signed = Signed(name="Nguyễn Văn Ví Dụ", title="Đầu mối")
            return await verification.receive_answer(self.office, act, held, signed, findings)

    async def decide(
        self, who: str, code: str, decision: Decision = Decision.APPROVE, reason: str = ""
    ) -> None:
        """The person decides about the statement that waits for them."""
        async with self.acting(who, code) as (act, standing):
            asked = await approval_request.waiting_for(act.session, self.house.people[who].user)
            row = await wording.get(
                act.session, asked[0].statement_id if asked else standing.incident.id
            )
            digest = (await wording.subject_of(act.session, standing.incident, row)).digest
            given = Answered(decision=decision, reason=reason, digest=digest)
            await signing.decide(self.office, act, standing, row, given)

    async def decide_about(
        self, who: str, code: str, page: tuple[str, str], reason: str = ""
    ) -> None:
        """The person decides on a page they opened before: (statement, digest).

        With a reason it is returned, without one approved.
        """
        async with self.acting(who, code) as (act, standing):
            row = next(s for s in standing.statements if s.id == page[0])
            decision = Decision.RETURN if reason else Decision.APPROVE
            given = Answered(decision=decision, reason=reason, digest=page[1])
            await signing.decide(self.office, act, standing, row, given)

    async def page(self, code: str) -> tuple[str, str]:
        """The newest statement as an approver's page shows it: its id, and what is signed."""
        async with self.acting("coordinator", code) as (act, standing):
            row = standing.statements[-1]
            return row.id, (await wording.subject_of(act.session, standing.incident, row)).digest

    async def mails(self, code: str) -> list[Mail]:
        """The mails of an incident, oldest first."""
        async with self.office.records.look() as session:
            row = await incident.by_code(session, code)
            return list(await mail.of_incident(session, row.id))

    async def entries(self, chain: str) -> tuple[dict[str, Any], ...]:
        """The ledger entries of one chain."""
        async with self.office.records.look() as session:
            return await ledger.entries(session, chain)

    async def actions(self, chain: str) -> list[str]:
        """What was done, in order."""
        return [entry["action"] for entry in await self.entries(chain)]

    async def wait_until(self, end: str) -> None:
        """Let office time pass until `end`; whatever falls due is run at its instant."""
        last = datetime.fromisoformat(f"{end}+07:00")
        while True:
            due_at = await next_moment(self.office)
            if due_at is None or due_at > last:
                return await self.at(last)
            await self.at(due_at)
            for one in await fallen_due(self.office):
                await self._run(one)

    async def _look_again(self, one: timer.Due) -> None:
        """As the dispatcher does: the timer becomes a wake-up, which a run follows."""
        async with self.office.records.act() as act:
            row = await incident.by_code(act.session, one.code)
            await wake_ups.wake(act, row, because="time to look again")
            await timer.clear_timer(act, flow=one.flow, subject=one.subject)
        await self.play(one.code)

    async def _run(self, one: timer.Due) -> None:
        if one.flow == "respond":
            await self._look_again(one)
            return
        run = {"remind": watch.remind, "escalate": watch.escalate}[one.flow]
        await run.fn(one.code, one.subject)
        await dispatch.send_mail.fn()


async def taken(step: Any, work: Work, holding: turn.Holding) -> str:
    """Take a step as `flows.respond` does: one that cannot succeed is set aside for a person."""
    try:
        return str(await step.fn(holding))
    except PhatngonError as error:
        if not error.permanent or isinstance(error, Stale):
            raise
        return await steps.set_aside.fn(holding, work, error)


def finding(claim: str, verdict: str, evidence: tuple[str, ...], *, remedy: bool) -> NewFinding:
    """What an agency says about one claim; what is right comes with a remedy if there is one."""
    told = {"what_vi": "Nạo vét rãnh", "what_en": "Clear the drain", "by": "2025-11-30"}
    return NewFinding(
        claim=claim,
        verdict=Verdict(verdict),
        fact_vi="Đã kiểm tra tại chỗ.",
        fact_en="Inspected on the spot.",
        remedy=told if remedy and verdict == "accurate" else None,
        evidence=evidence,
    )


@pytest.fixture
async def story(house: Any) -> Story:
    """The office at work on 20 October 2025, 08:00, a Monday."""
    told = Story(house=house)
    await told.at(START)
    return told
