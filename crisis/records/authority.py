"""Dated authority: the documents that give people the right to speak or to approve."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.approval import Authority, Basis, Right, authority_for
from crisis.model.canonical import instant
from crisis.model.errors import BadInput, NotFound, RuleBroken
from crisis.model.words import words
from crisis.records import person
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.person import AuthorityRow, User


async def record(act: Act, authority: Authority) -> str:
    """Record an authority (`person`, `incident`: their ids) and return its id.

    Raises BadInput without a document or with an end before its beginning, RuleBroken (INV3) for
    a delegation that is not bounded to one incident and an end.
    """
    _check(authority)
    await person.by_id(act.session, authority.person)
    row = AuthorityRow(
        user_id=authority.person,
        right=authority.right.value,
        basis=authority.basis.value,
        document=authority.document.strip(),
        incident_id=authority.incident,
        valid_from=authority.valid_from,
        valid_to=authority.valid_to,
    )
    act.session.add(row)
    await act.session.flush()
    told = {
        "authority": row.id,
        "user": row.user_id,
        "right": row.right,
        "basis": row.basis,
        "incident": row.incident_id,
        "valid_from": instant(row.valid_from),
        "valid_to": instant(row.valid_to) if row.valid_to else None,
    }
    await act.note(OFFICE_CHAIN, Action.AUTHORITY_RECORDED, told)
    return row.id


async def revoke(act: Act, authority_id: str) -> None:
    """End an authority now (office time); what was done under it stays valid."""
    row = await act.session.get(AuthorityRow, authority_id, with_for_update=True)
    if row is None:
        raise NotFound(words("Không có ủy quyền này.", "There is no such authority."))
    if row.revoked_at is None:
        row.revoked_at = act.now
        told = {"authority": row.id, "user": row.user_id, "ended_at": instant(act.now)}
        await act.note(OFFICE_CHAIN, Action.AUTHORITY_ENDED, told)


async def revoke_document(act: Act, user_id: str, document: str) -> int:
    """End all that a person holds under a document now; how many rights. Raises NotFound: none."""
    rows = await act.session.scalars(
        select(AuthorityRow.id).where(
            AuthorityRow.user_id == user_id,
            AuthorityRow.document == document.strip(),
            AuthorityRow.revoked_at.is_(None),
            or_(AuthorityRow.valid_to.is_(None), AuthorityRow.valid_to > act.now),
        )
    )
    held = list(rows)
    if not held:
        raise NotFound(
            words(
                f"Không còn quyền nào có hiệu lực theo văn bản {document}.",
                f"No right under the document {document} is in force.",
            )
        )
    for authority_id in held:
        await revoke(act, authority_id)
    return len(held)


async def authorities_of(session: AsyncSession, user_id: str) -> tuple[Authority, ...]:
    """Every authority that a person ever had; a revoked one ends when it was revoked."""
    rows = await session.scalars(
        select(AuthorityRow)
        .where(AuthorityRow.user_id == user_id)
        .order_by(AuthorityRow.valid_from, AuthorityRow.id)
    )
    return tuple(_told(row) for row in rows)


async def all_recorded(session: AsyncSession) -> Sequence[AuthorityRow]:
    """Every authority as it was recorded, revoked ones too, newest beginning first."""
    rows = select(AuthorityRow).order_by(AuthorityRow.valid_from.desc(), AuthorityRow.id)
    return list(await session.scalars(rows))


async def who_may(
    session: AsyncSession, right: Right, *, at: datetime, incident_id: str
) -> Sequence[User]:
    """Active people who hold `right` at `at` for the incident, by name."""
    rows = await session.execute(
        select(User, AuthorityRow)
        .join(AuthorityRow, AuthorityRow.user_id == User.id)
        .where(User.active, AuthorityRow.right == right.value)
        .order_by(User.name, User.id, AuthorityRow.valid_from)
    )
    held: dict[str, list[Authority]] = {}
    people: dict[str, User] = {}
    for user, row in rows:
        people[user.id] = user
        held.setdefault(user.id, []).append(_told(row))
    return [people[key] for key in people if _may(held[key], right, at, incident_id)]


def _may(held: Iterable[Authority], right: Right, at: datetime, incident_id: str) -> bool:
    return authority_for(held, right=right, at=at, incident=incident_id) is not None


def _told(row: AuthorityRow) -> Authority:
    ends = [end for end in (row.valid_to, row.revoked_at) if end is not None]
    return Authority(
        person=row.user_id,
        right=Right(row.right),
        basis=Basis(row.basis),
        document=row.document,
        valid_from=row.valid_from,
        valid_to=min(ends, default=None),
        incident=row.incident_id,
    )


def _check(authority: Authority) -> None:
    if not authority.document.strip():
        raise BadInput(
            words(
                "Xin ghi số, ngày của văn bản giao hoặc ủy quyền phát ngôn.",
                "Please give the number and date of the document that gives this authority.",
            ),
            field="document",
        )
    if authority.valid_to is not None and authority.valid_to <= authority.valid_from:
        raise BadInput(
            words("Ngày kết thúc phải sau ngày bắt đầu.", "The end must come after the beginning."),
            field="valid_to",
        )
    bounded = authority.incident is not None and authority.valid_to is not None
    if authority.basis is Basis.DELEGATED and not bounded:
        raise RuleBroken(
            words(
                "Ủy quyền phát ngôn chỉ cho một vụ việc và phải có thời hạn.",
                "A delegation is for one incident and has an end.",
            ),
            rule="INV3",
        )
