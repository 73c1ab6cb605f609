"""Declining a task as not competent: why, and which agency of the directory is."""

from crisis.model.agency import Agency
from crisis.model.words import Words, words
from crisis.office import verification
from crisis.office.office import Office, local_day
from crisis.records.act import Act
from crisis.records.task_link import Held
from desk.task_page_check import Faults, line, paragraph
from desk.task_page_sent import Sent

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
    alike = await _named(office, act, held, sent)
    if len(alike) != 1:
        found["tu-choi-agency"] = _WHICH if alike else _UNKNOWN
        return alike[:CHOICES_AT_MOST]
    if not found:
        await verification.decline(office, act, held, by, (why, alike[0].id))
    return alike


async def _named(office: Office, act: Act, held: Held, sent: Sent) -> tuple[Agency, ...]:
    """The agencies in force that the form may mean; one where it was chosen or named in full."""
    directory, today = (await office.in_force(act.session)).directory, local_day(act.now)
    chosen = sent.text("agency_id")
    there = directory.agency(chosen, today) if chosen else None
    if there is not None:
        return (there,) if there.id != held.assignment.agency else ()
    written = sent.text("agency")[:200]
    found = directory.search(written, today) if written else ()
    others = tuple(a for a in found if a.id != held.assignment.agency)
    exact = tuple(a for a in others if written.casefold() in _names(a.name))
    return exact if len(exact) == 1 else others


def _names(name: Words) -> set[str]:
    return {name.vi.casefold(), name.en.casefold()}


_BY = words("Xin ghi họ tên.", "Please give your name.")
_WHY = words("Xin ghi lý do.", "Please give the reason.")
_WHICH = words(
    "Có nhiều cơ quan trùng tên; xin chọn một.", "Several agencies match; please choose one."
)
_UNKNOWN = words(
    "Không tìm thấy cơ quan này trong danh bạ. Xin ghi lại tên.",
    "No such agency is in the directory. Please write the name again.",
)
