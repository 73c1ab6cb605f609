"""Publishing: every gate is asked again, the approved version is frozen, and in the end settled."""

from crisis.model.approval import complete
from crisis.model.delivery import TAKEN, DeliveryState
from crisis.model.errors import RuleBroken
from crisis.model.incident import Stage
from crisis.model.rule import inv6_agreed_text_first, inv10_human_author
from crisis.model.severity import Floor
from crisis.model.statement import Lifecycle, StatementKind, check_lifecycle
from crisis.model.words import words
from crisis.office import clock_book
from crisis.office.case import AMENDING, Standing
from crisis.office.statement.audience import addresses_of
from crisis.office.statement.speaker import check_named_speakers, in_office
from crisis.records import (
    approval,
    approval_request,
    delivery,
    delivery_outcome,
    gate,
    incident,
    publication,
    publication_list,
    published,
)
from crisis.records.act import Act
from crisis.records.publication import Going
from crisis.records.schema.publication import Publication
from crisis.records.schema.statement import StatementRow


async def freeze(act: Act, standing: Standing, row: StatementRow) -> Publication:
    """Freeze the approved version: every gate is asked again, because time has passed.

    Raises RuleBroken: what was found or how it is said forbids it (INV1, INV2, tone), an approval
    is missing or for other bytes, nobody may speak (INV3), another
    province's agreed text is missing (INV6), an outlet is not official (INV5).
    """
    case, kind = standing.incident, StatementKind(row.kind)
    subject = await gate.check(act, case, row, standing.conclusions)
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
    await check_named_speakers(act, case.id, subject.variants)
    addresses = await addresses_of(act, standing, row, subject.variants)
    if Stage(case.stage) is Stage.APPROVING and kind is not StatementKind.HOLDING:
        await incident.move(act, case, Stage.PUBLISHING)
    speaker = (await in_office(act, case.id))[0]
    made = await publication.freeze(
        act, case, row, subject, Going(to=addresses, speaker=speaker.id)
    )
    if made.frozen["effect"] in AMENDING:
        await delivery_outcome.cancel_overtaken(act, case, made)
    return made


async def settle(act: Act, standing: Standing, row: StatementRow) -> None:
    """The statement is out: it is published, the clocks it meets are met.

    Raises RuleBroken where no outlet took it: then nothing was published.
    """
    case = standing.incident
    await _check_something_went_out(act, row)
    check_lifecycle(Lifecycle(row.lifecycle), Lifecycle.PUBLISHED)
    row.lifecycle = Lifecycle.PUBLISHED.value
    case.next_update_at = row.next_update_at
    await act.session.flush()
    await published.note_published(act, case, row)
    met = ["playbook.holding_statement", *clock_book.INITIAL_STATEMENT]
    if StatementKind(row.kind) is not StatementKind.HOLDING:
        met.append("playbook.publish")
        if Stage(case.stage) is Stage.PUBLISHING:
            await incident.move(act, case, Stage.PUBLISHED)
    await clock_book.met(act, case, *met, clock_book.NEXT_UPDATE)
    await clock_book.promise_update(act, standing, row)


async def _check_something_went_out(act: Act, row: StatementRow) -> None:
    for made in await publication_list.of_statement(act.session, row.id):
        owed = await delivery.of_publication(act.session, made.id)
        if any(DeliveryState(one.state) in TAKEN for one in owed):
            return
    raise RuleBroken(
        words(
            "Mọi kênh đều từ chối nên phát ngôn này chưa được công bố; cần người xử lý.",
            "Every outlet refused this statement, so it is not published; someone must look.",
        ),
        rule="delivery",
    )
