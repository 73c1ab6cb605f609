"""What the coordinator does with tasks and facts: name, recall, answer back, classify, amend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crisis.model.action import Action
from crisis.model.chronology import check_chronology
from crisis.model.errors import BadInput, NotFound
from crisis.model.incident import Stage
from crisis.model.letter_part import Due, Heading
from crisis.model.notice import ExtensionDecision, OfficeAnswer, Recall
from crisis.model.words import Language, Words, words
from crisis.office import clock_book, watchman
from crisis.office.agency.assigning import assign_named
from crisis.office.agency.assignment_letter import agency_name
from crisis.office.case import Standing
from crisis.office.office import Office, local_day
from crisis.office.post import Addressee, Posting, heading, post
from crisis.records import amendment, assignment, claim, report_list, task_message, turn
from crisis.records import task_link as links
from crisis.records.act import Act
from crisis.records.amendment import Amendment
from crisis.records.schema.assignment import Assignment, TaskMessage
from crisis.records.schema.incident import ClaimRow
from crisis.records.task_link import Recipient
from crisis.records.task_message import Reply, Saying


async def name_agency(
    office: Office, act: Act, standing: Standing, agency_id: str, claims: Sequence[str]
) -> Assignment:
    """Give `claims` to the agency that the coordinator names. Raises NotFound, BadInput."""
    agency = standing.force.directory.agency(agency_id, local_day(act.now))
    if agency is None:
        raise NotFound(
            words(
                "Cơ quan này không có trong danh bạ đang có hiệu lực.",
                "This agency is not in the directory in force.",
            )
        )
    known = {row.id for row in standing.claims}
    if not claims or not set(claims) <= known:
        raise BadInput(
            words("Xin chọn nội dung cần giao.", "Please choose the claims to assign."),
            field="claims",
        )
    given = await assign_named(office, act, standing, agency, claims)
    await turn.wake(act, standing.incident, because="agency named")
    return given


async def recall(office: Office, act: Act, standing: Standing, row: Assignment, why: str) -> None:
    """Take a task back by letter; its links end. Raises BadInput without a reason."""
    if not why.strip():
        raise BadInput(words("Xin ghi lý do thu hồi.", "Please say why."), field="reason")
    await assignment.recall(act, standing.incident, row, why=why)
    await watchman.stop(act, row.id)
    if row.contact_email:
        top = await _heading(office, act, standing, row, open_task=False)
        letter = Recall(
            heading=top,
            assigned_at=row.made_at,
            recalled_at=act.now,
            reason=Words(vi=why, en=why),
        )
        await _send(office, act, standing, row, (letter, f"recall:{row.id}"))
    await claim.conclude_all(act, standing.incident, standing.force.directory.subordinate)
    await turn.wake(act, standing.incident, because="task recalled")


async def answer_message(
    office: Office, act: Act, standing: Standing, message: TaskMessage, said: Reply
) -> None:
    """Answer a question, or grant or refuse more time; the agency is told by letter."""
    before = (await act.session.get_one(Assignment, message.assignment_id)).due_at
    until = (message.wants or {}).get("until")
    if message.kind == Saying.EXTENSION.value and said.granted and until:
        said = replace(said, due_at=said.due_at or datetime.fromisoformat(until))
    row = await task_message.reply(act, standing.incident, message, said)
    top = await _heading(office, act, standing, row, open_task=True)
    due = watchman.answer_due(row, standing.playbook)
    letter: ExtensionDecision | OfficeAnswer
    if message.kind == Saying.EXTENSION.value:
        letter = ExtensionDecision(
            heading=top, granted=bool(said.granted), due=due, before=before, reason=said.text
        )
        if said.granted:
            await watchman.rewind(act, standing, row)
    else:
        letter = OfficeAnswer(heading=top, question=message.text, answer=said.text, due=due)
    await _send(office, act, standing, row, (letter, f"reply:{message.id}"), calendar=due)


async def _heading(
    office: Office, act: Act, standing: Standing, row: Assignment, *, open_task: bool
) -> Heading:
    """The heading of a letter to the agency, with a link of its own while the task is open."""
    link = f"{office.settings.public_url}/viec"
    if open_task and row.contact_email:
        to = Recipient(name=row.contact_name, title=row.contact_title, email=row.contact_email)
        link = f"{link}/{await links.issue(act, standing.incident, row, to)}"
    to_whom = Addressee(name=agency_name(row), language=Language(row.language), link=link)
    return await heading(office, act, standing.incident, to_whom)


async def _send(  # noqa: PLR0913
    office: Office,
    act: Act,
    standing: Standing,
    row: Assignment,
    letter: tuple[Recall | ExtensionDecision | OfficeAnswer, str],
    *,
    calendar: Due | None = None,
) -> None:
    if row.contact_email is None:
        return
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=letter[0],
            key=f"{standing.incident.code}:{letter[1]}",
            email=row.contact_email,
            name=row.contact_name,
            about=row.id,
            calendar=calendar,
        ),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """What kind of claim it is, decided by a named person with a reason."""

    opinion: bool
    out_of_scope: bool
    under_investigation: bool
    reason: str


async def classify(act: Act, standing: Standing, row: ClaimRow, said: Classification) -> None:
    """Classify a claim and conclude anew. Raises BadInput without a reason."""
    if not said.reason.strip():
        raise BadInput(words("Xin ghi lý do.", "Please give a reason."), field="reason")
    row.opinion, row.out_of_scope = said.opinion, said.out_of_scope
    row.under_investigation = said.under_investigation
    await act.session.flush()
    await act.note(
        standing.incident.code,
        Action.CLAIM_CLASSIFIED,
        {
            "claim": row.id,
            "opinion": row.opinion,
            "out_of_scope": row.out_of_scope,
            "under_investigation": row.under_investigation,
        },
    )
    await claim.conclude_all(act, standing.incident, standing.force.directory.subordinate)
    await turn.wake(act, standing.incident, because="claim classified")


async def amend_times(act: Act, standing: Standing, change: Amendment, at: datetime) -> None:
    """Set `event_at` or `received_at` right: clocks that start from it are computed anew.

    Raises BadInput without a reason, for another field, and for a time that cannot be.
    """
    case = standing.incident
    times = {"event_at": case.event_at, "received_at": case.received_at} | {change.field: at}
    times["published_at"] = await report_list.first_published(act.session, case.id)
    check_chronology(times, act.now, field="at")
    if change.field not in {"event_at", "received_at"} or not change.reason.strip():
        raise BadInput(
            words("Xin chọn mốc thời gian và ghi lý do.", "Choose the time and give a reason."),
            field="reason",
        )
    await amendment.amend(act, case, change)
    setattr(case, change.field, at)
    await act.session.flush()
    # A candidate's clocks have not started yet: a named person's confirmation starts them.
    if Stage(case.stage) is not Stage.CANDIDATE:
        moved = clock_book.event_moved if change.field == "event_at" else clock_book.retarget
        await moved(act, standing)
    await turn.wake(act, case, because="fact amended")
