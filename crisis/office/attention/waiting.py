"""What waits for a person: why, in which incident, since or until when."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.incident import Stage
from crisis.model.words import Words, words
from crisis.records.schema.incident import Incident

LIMIT = 50
"""Of each sort so many are told, the oldest first; the board says that there are more."""


class Sort(StrEnum):
    """Why something waits for a person."""

    APPROVE = "approve"
    CONFIRM = "confirm"
    DETERMINE = "determine"
    ANSWER_QUESTION = "answer_question"
    DECIDE_EXTENSION = "decide_extension"
    NAME_AGENCY = "name_agency"
    REACH_AGENCY = "reach_agency"
    CLEAR_UP = "clear_up"
    UNBLOCK = "unblock"
    REVISE = "revise"
    DECIDE = "decide"
    DELIVER = "deliver"
    RECHECK = "recheck"
    CLOSE = "close"


SORT_WORDS: dict[Sort, Words] = {
    Sort.APPROVE: words("Phê duyệt phát ngôn", "Approve a statement"),
    Sort.CONFIRM: words("Sàng lọc tin mới", "Confirm or dismiss a new report"),
    Sort.DETERMINE: words("Xác định có bắt đầu thời hạn 24 giờ", "Answer what starts the 24 hours"),
    Sort.ANSWER_QUESTION: words("Trả lời câu hỏi của cơ quan", "Answer an agency's question"),
    Sort.DECIDE_EXTENSION: words("Quyết định việc gia hạn", "Decide about more time"),
    Sort.NAME_AGENCY: words("Chỉ định cơ quan khác", "Name another agency"),
    Sort.REACH_AGENCY: words(
        "Cơ quan chưa nhận được thư giao việc: sửa địa chỉ, gửi lại hoặc gọi điện",
        "An agency was not reached: correct the address, send again or phone",
    ),
    Sort.CLEAR_UP: words("Làm rõ kết quả xác minh", "Clear up what was found"),
    Sort.UNBLOCK: words("Gỡ vướng mắc của bước tự động", "Clear what blocks a step"),
    Sort.REVISE: words("Chỉnh sửa, trình lại dự thảo", "Revise a draft and submit it"),
    Sort.DECIDE: words("Quyết định có phát ngôn hay không", "Decide whether to respond"),
    Sort.DELIVER: words("Kênh công bố cần người xử lý", "An outlet needs a person to look at it"),
    Sort.RECHECK: words("Đến hạn xem lại", "Due for another look"),
    Sort.CLOSE: words("Đã công bố, chờ kết thúc", "Published, waiting to be closed"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """One thing that waits: in which incident, who or what it is about, since or until when."""

    sort: Sort
    incident: Incident
    about: Words | None
    at: datetime
    due: bool = False
    target: str = ""


async def in_stage(session: AsyncSession, stage: Stage) -> AsyncIterator[Incident]:
    """Incidents of one stage, the oldest first, at most `LIMIT`."""
    rows = await session.scalars(
        select(Incident)
        .where(Incident.stage == stage.value)
        .order_by(Incident.opened_at, Incident.id)
        .limit(LIMIT)
    )
    for row in rows:
        yield row


def values(stages: Collection[Stage]) -> list[str]:
    """Stages as they stand in rows."""
    return [stage.value for stage in stages]
