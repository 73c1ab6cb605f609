"""The witness: gathers what an outsider can see once everything is at rest, and judges it."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Select, or_, select

from crisis.audit.check import check_ledger
from crisis.audit.export import export_pack
from crisis.model.errors import OutsideFailure, PhatngonError
from crisis.records import ledger
from crisis.records.act import OFFICE_CHAIN
from crisis.records.schema.deadline import Timer
from crisis.records.schema.engine import Turn, WakeUp
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail
from crisis.records.schema.publication import Delivery
from desk.drill.demo_check import verify
from desk.parts.setup import OPERATOR
from desk.prove.check_incident import check_incidents
from desk.prove.check_mail import check_mails
from desk.prove.check_publication import check_publications
from desk.prove.diary import Diary
from desk.prove.evidence import Chain, Evidence, Finding, Pack, arrivals, read_pack, site_pages
from desk.prove.ground import Ground
from desk.run_list import runs_for_pack

LOOK_SECONDS = 0.5
AT_ONCE = 2
SLACK_SECONDS = 300.0
"""Real seconds that a due deadline may wait to be recorded while its runs are killed, for a claim
has to run out before another run is started. The rate of the clock makes office time of it."""


async def comes_to_rest(ground: Ground, patience: float) -> list[str]:
    """Wait until nothing is owed any more; what is owed still when the patience has ended."""
    left = ["the records have not answered"]
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while left := await owed(ground):
                await asyncio.sleep(LOOK_SECONDS)
    return left


async def owed(ground: Ground) -> list[str]:
    """What is still on its way inside: wishes, turns, mails, deliveries, due timers, in words."""
    now = await ground.now()
    wanting = or_(Turn.holder.is_not(None), Turn.wanted > Turn.seen)
    questions: dict[str, Select[Any]] = {
        "wake-up": select(WakeUp.made_at).where(WakeUp.dispatched_at.is_(None)),
        "turn": select(Incident.code, Turn.wanted, Turn.seen, Turn.holder, Turn.until)
        .join(Incident, Incident.id == Turn.incident_id)
        .where(wanting),
        "mail": select(Mail.recipient, Mail.next_at).where(Mail.next_at.is_not(None)),
        "delivery": select(Delivery.outlet, Delivery.next_at).where(Delivery.next_at.is_not(None)),
        "timer": select(Timer.flow, Timer.due_at).where(Timer.due_at <= now),
    }
    async with ground.office.records.look() as session:
        return [
            f"{kind} {' '.join(map(str, row))}"
            for kind, question in questions.items()
            for row in await session.execute(question)
        ]


async def gathered(
    ground: Ground,
    diary: Diary,
    expected: Mapping[str, Sequence[str]],
    folder: Path,
    known: Sequence[str] = (),
) -> Evidence:
    """Everything that can be seen from outside of the incidents in the diary.

    `known` incidents are read too, for what they own of the mails.
    """
    ends = await ground.now()
    folder.mkdir(parents=True, exist_ok=True)
    exported = {
        code: await _export(ground, code, folder) for code in dict.fromkeys((*known, *diary.codes))
    }
    places = asyncio.Semaphore(AT_ONCE)

    async def read(code: str, fingerprint: str) -> Pack:
        async with places:
            return read_pack(folder / f"{code}.zip", await _verdict(folder, code, fingerprint))

    found = [read(code, key) for code, key in exported.items() if key]
    packs = {pack.code: pack for pack in await asyncio.gather(*found)}
    checked = await check_ledger(ground.office)
    async with ground.office.records.look() as session:
        office = Chain(code=OFFICE_CHAIN, entries=await ledger.entries(session, OFFICE_CHAIN))
    return Evidence(
        diary=diary,
        expected=expected,
        packs=packs,
        office=office,
        mails=arrivals(ground.cast.mails),
        pages=tuple(site_pages(ground.office.settings.site_dir)),
        calls=ground.receiver.kept(),
        chains=[f"{one.chain} {one.seq}: {one.sentence.en}" for one in checked.breaks],
        ends=ends,
        slack_seconds=SLACK_SECONDS * ground.plan.rate,
    )


async def _export(ground: Ground, code: str, folder: Path) -> str:
    """Write the pack; the fingerprint of its key, empty where there is no such incident."""
    try:
        runs = await runs_for_pack(ground.runs, code)
        target = folder / f"{code}.zip"
        made = await export_pack(ground.office, OPERATOR, code, runs=runs, target=target)
    except PhatngonError as error:
        sys.stderr.write(f"{code}: {error.sentence.en}\n")
        return ""
    return made.fingerprint


async def _verdict(folder: Path, code: str, fingerprint: str) -> str:
    """What the pack's own verifier has against it."""
    try:
        await verify(folder / f"{code}.zip", fingerprint)
    except OutsideFailure as failure:
        return failure.sentence.en
    return ""


def judged(seen: Evidence) -> list[Finding]:
    """Everything that does not hold."""
    return [*check_incidents(seen), *check_mails(seen), *check_publications(seen)]
