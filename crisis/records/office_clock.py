"""The exercise clock: one row that every process reads; an office at work has none."""

from datetime import datetime

from crisis.clock import Clock
from crisis.model.action import Action
from crisis.model.canonical import instant
from crisis.model.errors import NotAllowed
from crisis.model.words import words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.engine import OfficeClock
from crisis.records.upsert import put


async def set_clock(act: Act, office: datetime, *, rate: float, exercise: bool) -> Clock:
    """Let office time be `office` now and run at `rate` (1 real speed, 60 an hour a minute).

    `exercise` says whether this installation is an exercise; others raise NotAllowed.
    """
    if not exercise:
        raise NotAllowed(
            words(
                "Chỉ hệ thống diễn tập mới được chỉnh đồng hồ.",
                "Only an exercise installation may move its clock.",
            )
        )
    clock = Clock.exercise(anchor_real=act.real, anchor_office=office, rate=rate)
    row = {"id": 1, "anchor_real": act.real, "anchor_office": office, "rate": rate}
    await put(act.session, OfficeClock, row)
    # A ledger holds no fractions, so the rate stands there as text.
    told = {"office": instant(office), "rate": f"{rate:g}", "before": instant(act.now)}
    await act.note(OFFICE_CHAIN, Action.CLOCK_MOVED, told)
    return clock
