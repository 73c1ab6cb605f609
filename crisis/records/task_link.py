"""Task links: random tokens, stored hashed, bound to one task and one recipient."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import NotFound, Stale
from crisis.model.incident import ENDED, Stage
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.schema.assignment import Assignment, TaskLink
from crisis.records.schema.incident import Incident

TOKEN_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Who gets the link."""

    name: str
    title: str
    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a valid link opens."""

    link: TaskLink
    assignment: Assignment
    incident: Incident


def hash_of(token: str) -> str:
    """How a token is stored."""
    return sha256(token.encode()).hexdigest()


async def issue(act: Act, incident: Incident, assignment: Assignment, to: Recipient) -> str:
    """A fresh token for `to`, told once: only its hash is kept."""
    token = token_urlsafe(TOKEN_BYTES)
    act.session.add(
        TaskLink(
            token_hash=hash_of(token),
            assignment_id=assignment.id,
            recipient_name=to.name,
            recipient_title=to.title,
            recipient_email=to.email,
            issued_at=act.real,
        )
    )
    await act.session.flush()
    await act.note(
        incident.code,
        Action.LINK_ISSUED,
        {"assignment": assignment.id, "link": hash_of(token)},
    )
    return token


async def open_link(session: AsyncSession, token: str) -> Held:
    """What this link opens. Raises NotFound for a forged one, Stale for one that no longer acts."""
    link = await session.get(TaskLink, hash_of(token))
    if link is None:
        raise NotFound(
            words(
                "Đường dẫn không đúng. Xin mở lại từ thư đã nhận.",
                "This link is not valid. Please open it again from the mail you received.",
            )
        )
    assignment = await session.get_one(Assignment, link.assignment_id)
    incident = await session.get_one(Incident, assignment.incident_id)
    if Stage(incident.stage) in ENDED:
        raise Stale(
            words(
                "Vụ việc này đã kết thúc; không cần trả lời nữa.",
                "This incident has ended; no answer is needed any more.",
            ),
            assignment=assignment.id,
        )
    if link.revoked_at is not None:
        raise Stale(
            words(
                "Đường dẫn này đã hết hiệu lực. Ông/bà có thể yêu cầu gửi đường dẫn mới "
                "về địa chỉ thư của cơ quan.",
                "This link is no longer valid. You can ask for a new one to be sent to the "
                "agency's address.",
            ),
            assignment=assignment.id,
        )
    return Held(link=link, assignment=assignment, incident=incident)


async def live(session: AsyncSession, incident_id: str) -> dict[str, list[TaskLink]]:
    """The links of an incident's tasks that still act, the oldest first, by task."""
    rows = await session.scalars(
        select(TaskLink)
        .join(Assignment, Assignment.id == TaskLink.assignment_id)
        .where(Assignment.incident_id == incident_id, TaskLink.revoked_at.is_(None))
        .order_by(TaskLink.issued_at)
    )
    found: dict[str, list[TaskLink]] = {}
    for row in rows:
        found.setdefault(row.assignment_id, []).append(row)
    return found


async def revoke(
    act: Act, incident: Incident, assignment_id: str, why: str, *, of: str | None = None
) -> None:
    """Revoke every link of a task that still acts, or those of the address `of` alone."""
    wanted = [TaskLink.assignment_id == assignment_id, TaskLink.revoked_at.is_(None)]
    if of is not None:
        wanted.append(TaskLink.recipient_email == of)
    hashes = list(await act.session.scalars(select(TaskLink.token_hash).where(*wanted)))
    if not hashes:
        return
    await act.session.execute(
        update(TaskLink)
        .where(TaskLink.token_hash.in_(hashes))
        .values(revoked_at=act.real, revoked_why=why)
    )
    await act.note(
        incident.code,
        Action.LINK_REVOKED,
        {"assignment": assignment_id, "links": sorted(hashes), "why": why},
    )
