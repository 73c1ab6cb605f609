"""The same deployments on Prefect's own process worker: how an office outgrows one machine."""

import sys
from pathlib import Path

from crisis.model.ledger import Actor
from crisis.model.report import ReportIn
from crisis.office.intake.reporting import Filing, file_report
from crisis.settings import Settings
from crisis.writing.content_file import read_content
from desk.parts import setup
from tests.flows.conftest import HOUSE, Engine


async def reported(var: Path) -> str:
    """An exercise under `var` with one incident that a named person has confirmed; its code."""
    settings = Settings(var=var, installation="exercise", playbooks=HOUSE / "playbooks")
    settings = settings.model_copy(update={"templates": HOUSE / "templates"})
    ready = await setup.set_up(settings, setup.Plan(contacts=HOUSE / "examples/contacts.yaml"))
    report = read_content(HOUSE / "examples/01-plo-school-yard.yaml", ReportIn)
    person = Actor(kind="user", id=ready.made[0].user)
    async with ready.office.records.act(person) as act:
        filed = await file_report(ready.office, act, report, Filing(confirmed=True))
    await ready.office.records.close()
    return filed.code


async def test_the_playbook_runs_unchanged_on_a_stock_process_pool(
    engine: Engine, tmp_path: Path
) -> None:
    code = await reported(tmp_path)
    await engine.api.post("/work_pools/", {"name": "stock", "type": "process"})
    here = {"PHATNGON_VAR": str(tmp_path), "PHATNGON_INSTALLATION": "exercise"}
    deploying = [sys.executable, "-m", "flows.deployment", "--pool", "stock"]
    with engine.process(deploying, here) as deploy:
        await engine.waits_for(lambda: deploy.poll() is not None)
    assert deploy.returncode == 0
    run = await engine.runs.start("respond", parameters={"code": code}, key="stock", name="stock")
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "stock", "--run-once"]
    with engine.process(command, here):
        assert await engine.state(run) == "Waiting for verification"
