"""An approver who has not decided in time: the coordinator is told, once per request."""

from crisis.model.letter import Escalation
from crisis.model.letter_part import Due, Heading, Moment
from crisis.model.playbook import Playbook
from crisis.model.statement import Lifecycle
from crisis.model.words import words
from crisis.office import watchman
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Posting, addressed, at_incident, coordinator, heading, post
from crisis.records import approval_request, person, timer
from crisis.records.act import Act
from crisis.records.schema.person import User
from crisis.records.schema.statement import ApprovalRow, StatementRow


async def remind_approval(office: Office, act: Act, standing: Standing, one: ApprovalRow) -> str:
    """Tell the coordinator that `one` is overdue, unless it was decided or overtaken."""
    await timer.clear_timer(act, flow=watchman.REMIND, subject=one.id)
    row = await act.session.get_one(StatementRow, one.statement_id)
    pending = Lifecycle(row.lifecycle) is Lifecycle.PENDING and row.current == one.number
    rows = await approval_request.of_version(act.session, one.statement_id, one.number)
    decided = any(r.step == one.step and r.decision for r in rows)
    if decided or not pending:
        return "the approval was decided"
    case, approver = standing.incident, await person.by_id(act.session, one.person_id)
    to = await coordinator(act, case)
    top = await heading(office, act, case, at_incident(office, to, case))
    await post(
        office,
        act,
        case,
        Posting(
            letter=_overdue(act, top, approver, one, standing.playbook),
            key=f"{case.code}:approval-overdue:{one.id}",
            email=to.email,
            name=to.name,
            about=one.id,
        ),
    )
    return "the coordinator was told of an overdue approval"


def decision_due(one: ApprovalRow, playbook: Playbook) -> Due:
    """By when the person who was asked decides, as letters say it."""
    return Due(
        at=one.due_at,
        what=words("quyết định về dự thảo phát ngôn", "decide on the draft statement"),
        rule=watchman.rule_of(playbook),
        legal=False,
    )


def _overdue(
    act: Act, top: Heading, approver: User, one: ApprovalRow, playbook: Playbook
) -> Escalation:
    return Escalation(
        heading=top,
        agency=addressed(approver),
        due=decision_due(one, playbook),
        late=act.now - min(one.due_at, act.now),
        missing=words("quyết định phê duyệt", "the decision on the draft"),
        history=(Moment(at=one.asked_at, text=words("Đề nghị phê duyệt", "Asked")),),
        request=words(
            "Xin liên hệ người duyệt, hoặc ghi nhận người được ủy quyền duyệt thay.",
            "Please reach the approver, or record who is authorised to decide instead.",
        ),
    )
