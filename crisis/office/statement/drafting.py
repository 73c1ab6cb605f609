"""Drafting: from what verification found to a statement laid before its approvers."""

from dataclasses import replace
from typing import Any

from crisis.model.deadline import due_at
from crisis.model.errors import RuleBroken
from crisis.model.incident import Stage
from crisis.model.playbook_section import Step
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.words import words
from crisis.office import clock_book
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.statement.draft_facts import facts_of
from crisis.office.statement.supplement import last_published
from crisis.records import incident, statement, way_out
from crisis.records.act import Act
from crisis.records.schema.statement import StatementRow
from crisis.records.statement import NewStatement, Wording
from crisis.records.wording import TEMPLATE_AUTHOR
from crisis.writing.draft import draft_variants


async def draft_holding(office: Office, act: Act, standing: Standing) -> StatementRow:
    """Draft the holding statement and lay it before its approvers; the stage stays as it is."""
    target = standing.playbook.target(standing.severity, Step.NEXT_UPDATE_EVERY)
    calendar = standing.force.calendar
    update_at = due_at(target, act.now, calendar) if target else None
    return await _draft(office, act, standing, StatementKind.HOLDING, next_update_at=update_at)


async def draft_final(office: Office, act: Act, standing: Standing) -> StatementRow:
    """Draft what the decision table asks for and lay it before its approvers.

    Raises RuleBroken where the table asks for no statement.
    """
    kind = standing.case.decision.kind
    if kind is None or standing.case.decision.holding:
        raise RuleBroken(
            words(
                "Chưa đủ kết luận để dự thảo phát ngôn.",
                "There are no conclusions yet to draft a statement from.",
            ),
            rule="decision",
        )
    row = await _draft(office, act, standing, kind, next_update_at=None)
    case = standing.incident
    if Stage(case.stage) in {Stage.OPEN, Stage.VERIFYING}:
        if Stage(case.stage) is Stage.OPEN:
            await incident.move(act, case, Stage.VERIFYING)
        await incident.move(act, case, Stage.DRAFTING)
    if Lifecycle(row.lifecycle) is Lifecycle.PENDING:
        await incident.move(act, case, Stage.APPROVING)
    await clock_book.met(act, case, "playbook.draft")
    return row


async def _draft(
    office: Office, act: Act, standing: Standing, kind: StatementKind, *, next_update_at: Any
) -> StatementRow:
    shelf = await office.shelf(act.session, standing.incident)
    earlier = await last_published(act, standing)
    facts = await facts_of(office, act, standing, kind, next_update_at=next_update_at)
    facts = replace(facts, earlier=earlier.told if earlier else None)
    drafted = draft_variants(
        shelf,
        kind,
        facts,
        template=standing.playbook.template_for(kind),
        outlets=await usable_outlets(act, standing, kind),
    )
    row = await statement.draft(
        act,
        standing.incident,
        NewStatement(
            kind=kind,
            wording=Wording(
                variants=drafted.variants,
                author=TEMPLATE_AUTHOR,
                links=[
                    {
                        "outlet": link.outlet,
                        "language": link.language.value,
                        "sentence": link.sentence,
                        "claims": list(link.claims),
                    }
                    for link in drafted.links
                ],
            ),
            next_update_at=next_update_at,
            refers_to=earlier.statement if earlier else None,
            relation=earlier.effect.value if earlier else None,
        ),
    )
    await statement.submit(act, standing.incident, row, standing.conclusions)
    return row


async def usable_outlets(act: Act, standing: Standing, kind: StatementKind) -> tuple[str, ...]:
    """The outlets of the playbook that this office has announced and set up."""
    known = {row.id for row in await way_out.outlets(act.session) if row.announced}
    wanted = [outlet.value for outlet in standing.playbook.outlets_for(kind)]
    usable = tuple(outlet for outlet in wanted if outlet in known)
    if not usable:
        raise RuleBroken(
            words(
                "Chưa có kênh chính thức nào cho loại phát ngôn này.",
                "No official outlet is set up for this kind of statement.",
            ),
            rule="INV5",
        )
    return usable
