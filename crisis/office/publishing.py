"""Publishing: every gate is asked again, the approved version is frozen, and in the end settled."""

from crisis.model.approval import complete
from crisis.model.errors import RuleBroken
from crisis.model.incident import Stage
from crisis.model.rule import inv6_agreed_text_first, inv10_human_author
from crisis.model.severity import Floor
from crisis.model.statement import Lifecycle, StatementKind, check_lifecycle
from crisis.model.words import words
from crisis.office import clock_book
from crisis.office.audience import addresses_of
from crisis.office.case import Standing
from crisis.office.draft_facts import spokesperson
from crisis.records import approval, approval_request, incident, publication
from crisis.records.act import Act
from crisis.records.schema.publication import Publication
from crisis.records.schema.statement import StatementRow
from crisis.records.wording import subject_of


async def freeze(act: Act, standing: Standing, row: StatementRow) -> Publication:
    """Freeze the approved version: every gate is asked again, because time has passed.

    Raises RuleBroken: an approval is missing or for other bytes, nobody may speak (INV3), another
    province's agreed text is missing (INV6), an outlet is not official (INV5).
    """
    case, kind = standing.incident, StatementKind(row.kind)
    subject = await subject_of(act.session, case, row)
    rows = await approval_request.of_version(act.session, row.id, row.current)
    given = approval.given(rows)
    steps = standing.playbook.approval_steps(standing.severity, kind)
    if not complete(subject, steps, given):
        raise RuleBroken(
            words(
                "Chưa đủ phê duyệt cho đúng nội dung này nên không được công bố.",
                "This text has not been approved in full, so it is not published.",
            ),
            rule="approval",
        )
    inv10_human_author(machine_made=True, approver=given[0].person)
    inv6_agreed_text_first(
        several_provinces=Floor.SEVERAL_PROVINCES.value in case.floors,
        agreed_text=case.agreed_text,
    )
    await spokesperson(act, case.id)
    addresses = await addresses_of(act, standing, kind, subject.variants)
    if Stage(case.stage) is Stage.APPROVING and kind is not StatementKind.HOLDING:
        await incident.move(act, case, Stage.PUBLISHING)
    return await publication.freeze(act, case, row, subject, addresses)


async def settle(act: Act, standing: Standing, row: StatementRow) -> None:
    """Every delivery has ended: the statement is published, the clocks it meets are met."""
    case = standing.incident
    check_lifecycle(Lifecycle(row.lifecycle), Lifecycle.PUBLISHED)
    row.lifecycle = Lifecycle.PUBLISHED.value
    case.next_update_at = row.next_update_at
    await act.session.flush()
    await publication.note_published(act, case, row)
    met = ["playbook.holding_statement", *clock_book.INITIAL_STATEMENT]
    if StatementKind(row.kind) is not StatementKind.HOLDING:
        met.append("playbook.publish")
        if Stage(case.stage) is Stage.PUBLISHING:
            await incident.move(act, case, Stage.PUBLISHED)
    await clock_book.met(act, case, *met)
