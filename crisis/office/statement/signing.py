"""Recording what approvers decide, and moving what follows from it."""

from crisis.model.approval import Decision, Right, authority_for
from crisis.model.errors import NotAllowed
from crisis.model.incident import Stage
from crisis.model.letter import Decision as DecisionLetter
from crisis.model.letter_part import Ruling
from crisis.model.statement import KIND_WORDS, Lifecycle, StatementKind, check_lifecycle
from crisis.model.words import Words, words
from crisis.office import clock_book
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Posting, at_incident, contact_of, coordinator, heading, post
from crisis.records import (
    approval,
    approval_request,
    authority,
    gate,
    incident,
    person,
    timer,
    turn,
)
from crisis.records.act import Act
from crisis.records.approval import Answered
from crisis.records.schema.statement import StatementRow

RULINGS = {
    Decision.APPROVE: Ruling.APPROVED,
    Decision.RETURN: Ruling.RETURNED,
    Decision.REJECT: Ruling.REJECTED,
}


async def decide(
    office: Office, act: Act, standing: Standing, row: StatementRow, answered: Answered
) -> None:
    """Record the decision of the acting person, move what follows from it, tell the coordinator.

    Raises NotAllowed without a dated authority, RuleBroken where what was found no longer carries
    the statement, and whatever `records.approval.decide` raises.
    """
    case = standing.incident
    held = authority_for(
        await authority.authorities_of(act.session, act.actor.id),
        right=Right.APPROVE,
        at=act.now,
        incident=case.id,
    )
    if held is None:
        raise NotAllowed(
            words(
                "Ông/bà chưa có văn bản giao quyền phê duyệt còn hiệu lực.",
                "You hold no valid written authority to approve.",
            )
        )
    following = NEXT[answered.decision]
    one = await approval.decide(act, case, row, answered, held)
    await timer.clear_subjects(act, [one.id])
    if answered.decision is Decision.APPROVE:
        await gate.check(act, case, row, standing.conclusions)
        following = await _after_approval(act, standing, row)
    elif Stage(case.stage) is Stage.APPROVING and StatementKind(row.kind) is not HOLDING:
        await incident.move(act, case, Stage.DRAFTING)
    await _tell_decision(office, act, standing, row, (answered, following))
    await turn.wake(act, case, because=f"statement {answered.decision.value}")


HOLDING = StatementKind.HOLDING


async def _after_approval(act: Act, standing: Standing, row: StatementRow) -> Words:
    """Approve the statement once every step is taken; what follows, as the coordinator is told."""
    steps = standing.playbook.approval_steps(standing.severity, StatementKind(row.kind))
    rows = await approval_request.of_version(act.session, row.id, row.current)
    approved = {r.step for r in rows if r.decision == Decision.APPROVE.value}
    if approved < set(range(1, len(steps) + 1)):
        return _step_taken(len(approved), len(steps))
    check_lifecycle(Lifecycle(row.lifecycle), Lifecycle.APPROVED)
    row.lifecycle = Lifecycle.APPROVED.value
    await act.session.flush()
    if StatementKind(row.kind) is not HOLDING:
        await clock_book.met(act, standing.incident, "playbook.approve")
    return NEXT[Decision.APPROVE]


def _step_taken(done: int, steps: int) -> Words:
    return words(
        f"Đã duyệt bước {done}/{steps}; người duyệt bước {done + 1} đang được hỏi, chưa công bố.",
        f"Step {done} of {steps} is approved; step {done + 1} is being asked, nothing is out yet.",
    )


NEXT: dict[Decision, Words] = {
    Decision.APPROVE: words(
        "Đã duyệt đủ các bước; hệ thống công bố trên các kênh chính thức.",
        "Every step is approved; publication on the official channels follows.",
    ),
    Decision.RETURN: words(
        "Xin chỉnh sửa dự thảo theo lý do nêu trên rồi trình lại.",
        "Please revise the draft for the reason given and submit it again.",
    ),
    Decision.REJECT: words(
        "Dự thảo này kết thúc tại đây; xin soạn dự thảo mới nếu cần.",
        "This draft ends here; please write a new one if one is needed.",
    ),
}


async def _tell_decision(
    office: Office,
    act: Act,
    standing: Standing,
    row: StatementRow,
    told: tuple[Answered, Words],
) -> None:
    answered, following = told
    to = await coordinator(act, standing.incident)
    to_whom = at_incident(office, to, standing.incident)
    by = await person.by_id(act.session, act.actor.id)
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=DecisionLetter(
                heading=await heading(office, act, standing.incident, to_whom),
                ruling=RULINGS[answered.decision],
                kind=KIND_WORDS[StatementKind(row.kind)],
                version=row.current,
                by=contact_of(by),
                at=act.now,
                next_step=following,
                reason=answered.reason.strip() or None,
            ),
            key=f"{standing.incident.code}:decision:{row.id}:{row.current}:{by.id}",
            email=to.email,
            name=to.name,
            about=row.id,
        ),
    )
