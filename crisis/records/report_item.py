"""What stands behind a number of the annual report, with the name that people know it by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.periodic_duty import DUTY_WORDS
from crisis.model.report_metric import Item, Source
from crisis.model.words import Words, words
from crisis.records import viewing
from crisis.records.schema.duty import DutyRecord
from crisis.records.schema.incident import Incident
from crisis.records.schema.press_request import PressRequest

AT_A_TIME = 500
KEPT_BACK = words(
    "Chỉ người được chỉ định mới xem được; vẫn tính vào số liệu.",
    "Shown to named people only; it is counted all the same.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """An item with the code and title under which the desk shows it, and the page that does.

    `at` is None where the item is kept from the viewer; it is counted all the same.
    """

    item: Item
    code: str
    title: Words
    page: str
    at: datetime | None


async def named(session: AsyncSession, items: Sequence[Item]) -> list[Named]:
    """The items in their order; one whose row is gone keeps its key and says so."""
    known: dict[tuple[Source, str], Row] = {}
    for part in _parts(items):
        keys = {source: [i.key for i in part if i.source is source] for source in Source}
        for incident in await session.scalars(
            select(Incident).where(Incident.code.in_(keys[Source.INCIDENT]))
        ):
            known[Source.INCIDENT, incident.code] = _incident(incident)
        for request in await session.scalars(
            select(PressRequest).where(PressRequest.id.in_(keys[Source.REQUEST]))
        ):
            known[Source.REQUEST, request.id] = _request(request)
        for duty in await session.scalars(
            select(DutyRecord).where(DutyRecord.id.in_(keys[Source.DUTY]))
        ):
            known[Source.DUTY, duty.id] = _duty(duty)
    veiled = viewing.keeps_back(session)
    return [_as(item, known.get((item.source, item.key)), veiled=veiled) for item in items]


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[n : n + AT_A_TIME] for n in range(0, len(items), AT_A_TIME))


Row = tuple[str, Words, str]


def _incident(row: Incident) -> Row:
    return row.code, Words(vi=row.title, en=row.title_en or row.title), f"/vu-viec/{row.code}"


def _request(row: PressRequest) -> Row:
    title = f"{row.outlet}: {row.subject}"
    return row.code, Words(vi=title, en=title), f"/yeu-cau-bao-chi/{row.code}"


def _duty(row: DutyRecord) -> Row:
    title = DUTY_WORDS[row.kind]
    return row.reference, title, f"/nhiem-vu-dinh-ky#ghi-{row.id}"


def _as(item: Item, row: Row | None, *, veiled: bool) -> Named:
    if row is not None:
        code, title, page = row
        return Named(item=item, code=code, title=title, page=page, at=item.at)
    if veiled:
        return Named(item=item, code="–", title=KEPT_BACK, page="", at=None)
    gone = words("Chỉ còn trong sổ.", "In the ledger only.")
    return Named(item=item, code=item.key, title=gone, page="", at=item.at)
