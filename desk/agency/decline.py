"""Declining a task as not competent: why, and which agency of the directory is."""

from collections.abc import Sequence

from crisis.model.agency import Agency
from crisis.model.spelling import nfc
from crisis.model.words import words
from crisis.office.agency import verification
from crisis.office.office import Office, local_day
from crisis.records.act import Act
from crisis.records.task_link import Held
from desk.agency.check import Faults, line, paragraph
from desk.agency.sent import Sent

CHOICES_AT_MOST = 12


async def decline_task(
    office: Office, act: Act, held: Held, sent: Sent, found: Faults
) -> tuple[Agency, ...]:
    """Decline for the reason and in favour of the agency that the form gives.

    What is wrong with the form is noted in `found`; returns the agencies of which one has to be
    chosen.
    """
    by = line(sent.text("by"), "tu-choi-by", found, needed=_BY)
    why = paragraph(sent.text("text"), "tu-choi-text", found, needed=_WHY)
    directory, today = (await office.in_force(act.session)).directory, local_day(act.now)
    in_force = directory.in_force(today)
    written = sent.text("agency")[:200]
    meant = _meant(in_force, sent.text("agency_id"), written)
    if any(agency.id == held.assignment.agency for agency in meant):
        found["tu-choi-agency"] = _OWN
        return ()
    if len(meant) != 1:
        alike = meant or (directory.search(written, today) if written else ())
        found["tu-choi-agency"] = _WHICH if alike else _UNKNOWN
        others = tuple(a for a in alike if a.id != held.assignment.agency)
        return others[:CHOICES_AT_MOST]
    if not found:
        await verification.decline(office, act, held, by, (why, meant[0].id))
    return meant


def _meant(agencies: Sequence[Agency], chosen: str, written: str) -> tuple[Agency, ...]:
    """The agency that was chosen, or whose name was written in full: a part of a name is none."""
    if chosen:
        return tuple(a for a in agencies if a.id == chosen)
    key = _key(written)
    return tuple(a for a in agencies if key and key in {_key(a.name.vi), _key(a.name.en)})


def _key(name: str) -> str:
    """A name whatever its case, its spaces and the form of its letters."""
    return " ".join(nfc(name).casefold().split())


_BY = words("Xin ghi họ tên.", "Please give your name.")
_WHY = words("Xin ghi lý do.", "Please give the reason.")
_WHICH = words(
    "Danh bạ không có đúng tên này; xin chọn cơ quan được nói tới.",
    "No agency bears exactly this name; please choose the one you mean.",
)
_OWN = words(
    "Đây là chính cơ quan đang được giao việc; xin nêu cơ quan khác.",
    "This is the agency that holds the task; please name another one.",
)
_UNKNOWN = words(
    "Không tìm thấy cơ quan này trong danh bạ. Xin ghi lại tên.",
    "No such agency is in the directory. Please write the name again.",
)
