"""The link of a task page: what it opens, and that a form sent with it is this browser's own."""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

from fastapi import Request

from crisis.model.errors import NotAllowed, Stale
from crisis.model.incident import ENDED, Stage
from crisis.model.words import words
from crisis.office.agency.verification import actor_of
from crisis.office.office import Office
from crisis.records import incident
from crisis.records.act import Act
from crisis.records.answer import check_may_write
from crisis.records.task_link import Held, open_link
from desk.agency.sent import Sent
from desk.door import nonce


def link_nonce(request: Request, token: str) -> str:
    """What a form of this link carries: bound to the browser's cookie and to the token."""
    return _bound(nonce.nonce_of(request), token)


def is_own(request: Request, token: str, given: str) -> bool:
    """Whether a form with `given` was made for this browser and this link."""
    kept = request.cookies.get(nonce.COOKIE, "")
    return bool(kept) and hmac.compare_digest(_bound(kept, token).encode(), given.encode())


def check_own(request: Request, token: str, sent: Sent) -> None:
    """Refuse a form that another site sent. Raises NotAllowed."""
    if not is_own(request, token, sent.text(nonce.FIELD)):
        raise NotAllowed(
            words(
                "Trang đã mở quá lâu nên chưa gửi được. Nội dung vẫn còn nguyên; xin bấm gửi lại.",
                "The page was open for too long, so nothing was sent. Your text is still here; "
                "please send it again.",
            )
        )


def _bound(kept: str, token: str) -> str:
    return hmac.new(kept.encode(), token.encode(), sha256).hexdigest()


def is_writable(held: Held) -> bool:
    """Whether the agency may still act on this task."""
    try:
        check_writable(held)
    except Stale:
        return False
    return True


def check_writable(held: Held) -> None:
    """Refuse acting on a task that ended, alone or with its incident. Raises Stale."""
    check_may_write(held.assignment)
    if Stage(held.incident.stage) in ENDED:
        raise Stale(
            words(
                "Vụ việc đã kết thúc; không cần trả lời nữa.",
                "The incident has ended; no answer is needed any more.",
            )
        )


@asynccontextmanager
async def acting(office: Office, token: str) -> AsyncIterator[tuple[Act, Held]]:
    """One act of the agency on its task, which nobody else changes meanwhile.

    Raises what `open_link` raises, and Stale where the task has ended.
    """
    async with office.records.look() as session:
        found = await open_link(session, token)
    async with office.records.act(actor_of(found)) as act:
        # Two clicks at once come one after the other, on PostgreSQL too.
        await incident.held(act, found.incident.code)
        held = await open_link(act.session, token)
        check_writable(held)
        yield act, held
