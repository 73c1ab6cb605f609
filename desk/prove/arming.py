"""Arming a part before it starts: the kill points are put around functions of the product.

The product itself knows nothing of this: it has no hook, no variable and no branch for it.
"""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.outlets.press_list import PressListOutlet
from crisis.outlets.site import SiteOutlet
from crisis.outlets.smtp import SmtpRelay
from crisis.outlets.webhook import WebhookOutlet
from crisis.records import turn
from crisis.records.act import Act
from crisis.records.database import Database
from desk.parts.mail_folder import MailFolder
from desk.prove.kill_point import Point, Watch
from desk.runs import Runs

CHAIN, LEASE = "proof_chain", "proof_lease"
OUTLETS = (SiteOutlet, PressListOutlet, WebhookOutlet)

Work = Callable[..., Awaitable[Any]]


def arm(watch: Watch) -> None:
    """Put every kill point in its place, for this process only."""
    _commits(watch)
    _leases()
    _around(watch, SmtpRelay, "send", (Point.BEFORE_SMTP, Point.AFTER_SMTP), _nothing)
    for outlet in OUTLETS:
        _around(
            watch, outlet, "deliver", (Point.BEFORE_OUTLET, Point.AFTER_OUTLET), _code_of_parcel
        )
    _around(watch, Runs, "start", (Point.BEFORE_RUN, Point.AFTER_RUN), _code_of_run)
    _mailbox(watch)


def _commits(watch: Watch) -> None:
    """Before and after each commit; which incident it is about is told by its ledger entries.

    Commits without an entry count for the dispatcher alone: leases have points of their own.
    """
    write, note = Database.write, Act.note
    counts_all = watch.part.startswith("dispatcher")

    @asynccontextmanager
    async def watched(self: Database) -> AsyncIterator[AsyncSession]:
        async with write(self) as session:
            yield session
            await session.flush()
            chain = session.info.get(CHAIN, "")
            if chain or counts_all:
                watch.passing(Point.BEFORE_COMMIT, chain)
        if chain or counts_all:
            watch.passing(Point.AFTER_COMMIT, chain)
        if lease := session.info.get(LEASE):
            watch.passing(lease, chain)

    async def noted(self: Act, chain: str, *told: Any) -> None:
        self.session.info[CHAIN] = chain
        await note(self, chain, *told)

    setattr(Database, "write", watched)  # noqa: B010  (mypy: a method is being replaced)
    setattr(Act, "note", noted)  # noqa: B010


def _leases() -> None:
    for name, point in (("take", Point.LEASE_TAKEN), ("release", Point.LEASE_BACK)):
        _marked(name, point)


def _marked(name: str, point: Point) -> None:
    work: Work = getattr(turn, name)

    @functools.wraps(work)
    async def marked(act: Act, *given: Any, **more: Any) -> Any:
        act.session.info[LEASE] = point
        return await work(act, *given, **more)

    setattr(turn, name, marked)


def _around(
    watch: Watch, owner: type, name: str, points: tuple[Point, Point], code: Callable[..., str]
) -> None:
    work: Work = getattr(owner, name)

    @functools.wraps(work)
    async def watched(*given: Any, **more: Any) -> Any:
        told = code(*given, **more)
        watch.passing(points[0], told)
        done = await work(*given, **more)
        watch.passing(points[1], told)
        return done

    setattr(owner, name, watched)


def _nothing(*_: Any, **__: Any) -> str:
    return ""


def _code_of_parcel(_: Any, parcel: Any) -> str:
    return str(parcel.code)


def _code_of_run(*_: Any, parameters: dict[str, Any], **__: Any) -> str:
    return str(parameters.get("code", ""))


def _mailbox(watch: Watch) -> None:
    put = MailFolder.put

    @functools.wraps(put)
    def watched(*given: Any, **more: Any) -> str:
        watch.passing(Point.BEFORE_KEEPING)
        name = put(*given, **more)
        watch.passing(Point.AFTER_KEEPING)
        return name

    setattr(MailFolder, "put", watched)  # noqa: B010
