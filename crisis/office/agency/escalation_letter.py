"""The letter to a superior: which due time was missed, or what else is wrong, and what is asked."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.model.contact import Contact
from crisis.model.escalation import Action
from crisis.model.letter import Escalation
from crisis.model.letter_part import Due, Heading
from crisis.model.role import RUNG_WORDS, Rung
from crisis.model.words import Language, Words, words
from crisis.office import watchman
from crisis.office.agency.assignment_letter import acknowledge_due, agency_name, task_link, told
from crisis.office.agency.reminding import MISSING
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, heading, post
from crisis.records import task_link as links
from crisis.records.act import Act
from crisis.records.schema.assignment import Assignment
from crisis.records.task_link import Recipient

OWN = frozenset({Rung.AGENCY_FOCAL_POINT, Rung.AGENCY_LEADER})
"""Rungs inside the agency: they act on the task themselves."""

_RECEIPT = words("xác nhận đã nhận việc", "confirmation that the task was received")
_NO_ADDRESS = words(
    "Danh bạ chưa có địa chỉ thư nên việc này chưa gửi được",
    "The directory has no address, so the task was not sent",
)
_NO_PROGRESS = words(
    "Đã nhận việc nhưng từ đó chưa có tiến triển",
    "Took the task on, but nothing has been done since",
)
_ASK_OWN = words(
    "Đề nghị chỉ đạo trả lời ngay trên trang nhiệm vụ, hoặc báo ngay nếu không thuộc thẩm quyền.",
    "Please see that it is answered on the task page at once, or say so if it is not yours.",
)
_ASK_ABOVE = words(
    "Đề nghị chỉ đạo cơ quan trả lời ngay, hoặc chỉ định cơ quan khác.",
    "Please have the agency answer at once, or name another one.",
)
_ASK_ADDRESS = words(
    "Đề nghị cho biết đầu mối và địa chỉ thư của cơ quan, hoặc chỉ định cơ quan khác.",
    "Please name the agency's contact and address, or name another agency.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Superior:
    """Who is told on which rung; `lapses`: how often an acknowledgement expired before."""

    action: Action
    person: Contact
    lapses: int

    @property
    def rung(self) -> Rung:
        """The rung on which the person stands."""
        return self.action.role or Rung.AGENCY_FOCAL_POINT


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong: a due time that was missed by `late`, or `why` it is about to be."""

    due: Due
    late: timedelta
    why: Words | None
    missing: Words


def fault_of(act: Act, standing: Standing, row: Assignment, lapses: int) -> Fault:
    """The truth about a task that is escalated now."""
    answer = watchman.answer_due(row, standing.playbook)
    why, due, missing = None, answer, MISSING
    if row.contact_email is None:
        why = _NO_ADDRESS
    elif act.now < row.due_at and lapses:
        why = _NO_PROGRESS
    elif act.now < row.due_at:
        due, missing = acknowledge_due(row, standing.playbook), _RECEIPT
    return Fault(due=due, late=act.now - min(due.at, act.now), why=why, missing=missing)


async def tell_superior(
    office: Office, act: Act, standing: Standing, row: Assignment, to: Superior
) -> None:
    """Queue the letter; people of the agency get a link of their own to the task."""
    fault = fault_of(act, standing, row, to.lapses)
    above = _ASK_ADDRESS if row.contact_email is None else _ASK_ABOVE
    own = to.rung in OWN
    code, action = standing.incident.code, to.action
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=Escalation(
                heading=await _heading(office, act, standing, row, to),
                agency=agency_name(row),
                due=fault.due,
                late=fault.late,
                why=fault.why,
                missing=fault.missing,
                history=await watchman.history(act, standing.incident, row),
                request=_ASK_OWN if own else above,
                own_task=own,
                told=await told(act, standing, row),
            ),
            key=f"{code}:escalation:{row.id}:{action.loop}:{action.step}:"
            f"{to.person.email}:{act.now.isoformat(timespec='minutes')}",
            email=to.person.email,
            name=to.person.name,
            about=row.id,
        ),
    )


async def _heading(
    office: Office, act: Act, standing: Standing, row: Assignment, to: Superior
) -> Heading:
    person, code = to.person, standing.incident.code
    link = f"{office.settings.public_url}/vu-viec/{code}"
    if to.rung in OWN:
        receiver = Recipient(name=person.name, title=person.title, email=person.email)
        link = task_link(office, await links.issue(act, standing.incident, row, receiver))
    title = RUNG_WORDS[to.rung]
    name = Words(vi=f"ông/bà {person.name}, {person.title}", en=f"{person.name}, {title.en}")
    addressee = Addressee(name=name, language=Language.VI, link=link)
    return await heading(office, act, standing.incident, addressee)
