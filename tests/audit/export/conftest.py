"""An exercise office with one incident whose agencies have their tasks and links by mail."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from crisis.model.ledger import Actor, ActorKind
from crisis.model.report import ReportIn
from crisis.office.agency import assigning
from crisis.office.case import read_case
from crisis.office.intake.reporting import Filing, file_report
from crisis.office.office import Office, open_office
from crisis.records import incident, mail
from crisis.records.act import SYSTEM
from crisis.settings import Settings
from desk.parts.setup import Plan, set_up

HOUSE = Path(__file__).parents[3]
SECRET = "for-tests-only-" * 4
RUN = "6f1f6c8e-8a35-4f0e-9d55-5d3c53c10b51"
REPORT = {
    "title": "Sân trường ngập nước mỗi khi mưa",
    "outlet": "Pháp Luật TP.HCM",
    "published_at": "2025-10-19T07:00",
    "topics": ["provincial_works", "schools"],
    "claims": [{"text": {"vi": "Sân trường bị ngập", "en": "The yard floods"}}],
}


@dataclass(kw_only=True)
class Audited:
    """An office and its incident."""

    office: Office
    code: str
    actor: Actor

    async def links(self) -> list[str]:
        """The tokens of every task link in the mails of the incident."""
        async with self.office.records.look() as session:
            row = await incident.by_code(session, self.code)
            bodies = [
                await mail.content(session, one) for one in await mail.of_incident(session, row.id)
            ]
        return [
            found.decode() for raw in bodies for found in re.findall(rb"/viec/([\w-]{40,})", raw)
        ]


def settings_at(var: Path) -> Settings:
    """Settings of an exercise in `var`."""
    return Settings(
        _env_file=None,
        installation="exercise",
        var=var,
        database_url="",
        secret_key=SECRET,
        playbooks=HOUSE / "playbooks",
        templates=HOUSE / "templates",
    )


async def _told(var: Path) -> tuple[str, Actor]:
    """An office in `var` with an incident that was reported and assigned."""
    plan = Plan(
        contacts=HOUSE / "examples" / "contacts.yaml",
        clock=datetime.fromisoformat("2025-10-19T10:00+07:00"),
        announced=True,
    )
    ready = await set_up(settings_at(var), plan)
    office = ready.office
    user = next(one.user for one in ready.made if one.id == "coordinator")
    actor = Actor(kind=ActorKind.USER.value, id=user)
    async with office.records.act(actor) as act:
        report = ReportIn.model_validate(REPORT)
        code = (await file_report(office, act, report, Filing(confirmed=True))).code
    async with office.records.act(SYSTEM, RUN) as act:
        row = await incident.by_code(act.session, code)
        await assigning.assign_resolved(office, act, await read_case(office, act, row))
    async with office.records.database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await office.records.close()
    return code, actor


@pytest.fixture(scope="session")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Actor]:
    """The database of such an office, to be copied."""
    var = tmp_path_factory.mktemp("audited")
    return var / "records.db", *asyncio.run(_told(var))


@pytest.fixture
async def audited(told_once: tuple[Path, str, Actor], tmp_path: Path) -> AsyncIterator[Audited]:
    """An incident that was reported and assigned, in an office of its own."""
    file, code, actor = told_once
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(file, var / "records.db")
    office = open_office(settings_at(var))
    yield Audited(office=office, code=code, actor=actor)
    await office.records.close()
