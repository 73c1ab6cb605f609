"""Keys of other systems: scoped, expiring, told once and stored hashed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.canonical import instant
from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.records import bearer
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.person import ApiKey

PREFIX = "pn_"
"""How a leaked key is recognised by scanners and by people."""

_SCOPE = re.compile(r"[a-z_]+:[a-z_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyHolder:
    """Which system calls, and what it may do."""

    id: str
    name: str
    scopes: frozenset[str]


async def add_key(act: Act, name: str, scopes: Collection[str], until: datetime) -> str:
    """Make a key that is good until the real time `until` and return it: it is not kept.

    A scope reads `reports:write`. Raises BadInput without name or scope, or where `until` is past.
    """
    _check(name, scopes)
    if until <= act.real:
        raise BadInput(
            words("Thời hạn của khóa đã qua.", "The key would have ended already."), field="until"
        )
    token = f"{PREFIX}{bearer.fresh()}"
    row = ApiKey(
        name=name.strip(),
        token_hash=bearer.hash_of(token),
        scopes=sorted(set(scopes)),
        made_at=act.real,
        until=until,
    )
    act.session.add(row)
    await act.session.flush()
    told = {"key": row.id, "scopes": row.scopes, "until": instant(until)}
    await act.note(OFFICE_CHAIN, Action.KEY_ADDED, told)
    return token


async def key_of(session: AsyncSession, token: str, *, at: datetime) -> KeyHolder | None:
    """Whose key `token` is at the real time `at`; None where it is none, ended or revoked."""
    row = await session.scalar(
        select(ApiKey).where(
            ApiKey.token_hash == bearer.hash_of(token),
            ApiKey.until > at,
            ApiKey.revoked_at.is_(None),
        )
    )
    if row is None:
        return None
    return KeyHolder(id=row.id, name=row.name, scopes=frozenset(row.scopes))


async def revoke_key(act: Act, key_id: str) -> None:
    """End a key now; ending it twice is harmless."""
    row = await act.session.get(ApiKey, key_id, with_for_update=True)
    if row is None:
        raise NotFound(words("Không có khóa này.", "There is no such key."))
    if row.revoked_at is None:
        row.revoked_at = act.real
        await act.note(OFFICE_CHAIN, Action.KEY_REVOKED, {"key": row.id})


async def all_keys(session: AsyncSession) -> Sequence[ApiKey]:
    """Every key that was ever made, newest first."""
    return list(await session.scalars(select(ApiKey).order_by(ApiKey.made_at.desc(), ApiKey.id)))


def _check(name: str, scopes: Collection[str]) -> None:
    if not name.strip():
        raise BadInput(words("Xin đặt tên cho khóa.", "Please name the key."), field="name")
    wrong = sorted(scope for scope in scopes if not _SCOPE.fullmatch(scope))
    if wrong or not scopes:
        told = ", ".join(wrong) or "–"
        raise BadInput(
            words(f"Phạm vi không hợp lệ: {told}.", f"These are no scopes: {told}."),
            field="scopes",
        )
