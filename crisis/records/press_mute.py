"""Mutes: a source or a topic raises nothing for a time, with a reason; it can be ended early."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.base import is_id
from crisis.records.schema.story import PressMute

LONGEST = timedelta(days=90)
KINDS = ("source", "topic", "story")
UNTIL = words(
    "Xin ghi cảnh báo tạm dừng đến lúc nào: một thời điểm sau lúc này và trong vòng 90 ngày tới.",
    "Please say until when alerts are muted: a time after now and within the next 90 days.",
)


async def mute(act: Act, *, kind: str, target: str, until: datetime, reason: str) -> PressMute:
    """Mute a source, topic or story until `until`. Raises BadInput."""
    if kind not in KINDS or not target:
        raise BadInput(
            words("Xin chọn nguồn hoặc lĩnh vực.", "Please choose a source or topic."),
            field="target",
        )
    if not act.now < until <= act.now + LONGEST:
        raise BadInput(UNTIL, field="until")
    if not reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give a reason."), field="reason")
    row = PressMute(
        kind=kind,
        target=target[:300],
        reason=reason.strip(),
        at=act.now,
        by=act.actor.id,
        until=until,
    )
    act.session.add(row)
    await act.session.flush()
    told = {"mute": row.id, "kind": kind, "until": until.isoformat()}
    await act.note(OFFICE_CHAIN, Action.PRESS_MUTED, told)
    return row


async def end(act: Act, mute_id: str) -> None:
    """End a mute before its time; ending it twice changes nothing. Raises NotFound."""
    row = await act.session.get(PressMute, mute_id) if is_id(mute_id) else None
    if row is None:
        raise NotFound(words("Không có lệnh tạm dừng này.", "There is no such mute."))
    if row.ended_at is None:
        row.ended_at, row.ended_by = act.now, act.actor.id
        await act.session.flush()
        await act.note(OFFICE_CHAIN, Action.PRESS_UNMUTED, {"mute": row.id})


async def standing(session: AsyncSession, now: datetime) -> Sequence[PressMute]:
    """The mutes in force at `now`, those that end first in front."""
    rows = await session.scalars(
        select(PressMute)
        .where(PressMute.until > now, PressMute.at <= now, PressMute.ended_at.is_(None))
        .order_by(PressMute.until)
    )
    return rows.all()
