"""An approver who has not decided in time: the coordinator is told, once per request."""

from crisis.model.letter import Escalation
from crisis.model.letter_part import Due, Moment
from crisis.model.statement import Lifecycle
from crisis.model.words import Language, words
from crisis.office import watchman
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, addressed, coordinator, heading, post
from crisis.records import approval_request, person, timer
from crisis.records.act import Act
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
    to = await coordinator(act, standing.incident)
    approver = await person.by_id(act.session, one.person_id)
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=Escalation(
                heading=await heading(
                    office,
                    act,
                    standing.incident,
                    Addressee(
                        name=addressed(to),
                        language=Language(to.language),
                        link=f"{office.settings.public_url}/vu-viec/{standing.incident.code}",
                    ),
                ),
                agency=addressed(approver),
                due=Due(
                    at=one.due_at,
                    what=words("quyết định về dự thảo phát ngôn", "decide on the draft statement"),
                    rule=watchman.rule_of(standing.playbook),
                    legal=False,
                ),
                late=act.now - min(one.due_at, act.now),
                missing=words("quyết định phê duyệt", "the decision on the draft"),
                history=(Moment(at=one.asked_at, text=words("Đề nghị phê duyệt", "Asked")),),
                request=words(
                    "Xin liên hệ người duyệt, hoặc ghi nhận người được ủy quyền duyệt thay.",
                    "Please reach the approver, or record who is authorised to decide instead.",
                ),
            ),
            key=f"{standing.incident.code}:approval-overdue:{one.id}",
            email=to.email,
            name=to.name,
            about=one.id,
        ),
    )
    return "the coordinator was told of an overdue approval"
