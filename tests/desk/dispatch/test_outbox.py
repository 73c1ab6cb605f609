"""What is left lying: one run at a time is started for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crisis.records import incident, press_source
from crisis.records.press_source import NewSource
from crisis.records.schema.mail import Mail
from desk.dispatch import Dispatcher
from desk.outbox import AT_WORK, Outbox
from desk.runs import Runs


async def left_lying(office: Any, code: str) -> None:
    """A mail that was due a minute ago."""
    async with office.records.act() as act:
        row = await incident.by_code(act.session, code)
        ago = act.real - timedelta(minutes=1)
        act.session.add(
            Mail(
                incident_id=row.id, chain=code, key="k", message_id="<k@x>", letter="reminder",
                recipient="a@b.example", subject="s", sha256="0" * 64, state="queued",
                queued_at=ago, next_at=ago,
            )
        )  # fmt: skip


async def test_a_mail_that_no_run_sent_gets_a_run_for_the_outbox(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    await left_lying(desk.office, await desk.report())
    await dispatcher.round()
    assert len(paper.keys("send_mail")) == 1


@pytest.mark.parametrize(
    ("state", "runs"), [("SCHEDULED", 1), ("PENDING", 1), ("RUNNING", 1), ("CRASHED", 2)]
)
async def test_nothing_is_started_for_the_outbox_while_its_last_run_is_unfinished(
    desk: Any, paper: Any, state: str, runs: int
) -> None:
    await left_lying(desk.office, await desk.report())
    outbox = Outbox(office=desk.office, runs=Runs(api_url=paper.url), pace=timedelta())
    await outbox.look()
    paper.state = state
    await outbox.look()
    assert len(set(paper.keys("send_mail"))) == runs


@pytest.mark.parametrize(
    ("state", "runs"), [("SCHEDULED", 1), ("PAUSED", 1), ("PENDING", 2), ("RUNNING", 2)]
)
async def test_a_run_whose_worker_died_with_it_gives_way_after_a_while(
    desk: Any, paper: Any, state: str, runs: int
) -> None:
    await left_lying(desk.office, await desk.report())
    outbox = Outbox(office=desk.office, runs=Runs(api_url=paper.url), pace=timedelta())
    await outbox.look()
    paper.state = state
    last = outbox.last["send_mail"]
    outbox.last["send_mail"] = replace(last, at=last.at - 2 * AT_WORK)
    await outbox.look()
    assert len(set(paper.keys("send_mail"))) == runs


async def test_leftovers_that_may_not_go_yet_do_not_bring_run_after_run(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    await left_lying(desk.office, await desk.report())
    await dispatcher.round()
    await dispatcher.round()
    assert len(paper.keys("send_mail")) == 1


async def test_a_paper_that_is_due_gets_a_run_of_the_press_watch(
    desk: Any, dispatcher: Dispatcher, paper: Any
) -> None:
    new = NewSource(id="bao-a", name="Báo A", addresses={"http://127.0.0.1:9/rss": None})
    async with desk.office.records.act() as act:
        await press_source.put_source(act, new)
    await dispatcher.look()
    assert paper.keys("watch_press") == []
    async with desk.office.records.act() as act:
        await press_source.read_it(act, "bao-a", wanted=True)
    await dispatcher.look()
    assert len(paper.keys("watch_press")) == 1
