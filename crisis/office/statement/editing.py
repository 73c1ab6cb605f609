"""What people do with statements: edit, submit again, draft anew, correct, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crisis.model.approval import Decision
from crisis.model.errors import RuleBroken
from crisis.model.incident import Stage
from crisis.model.rule import inv11_same_form
from crisis.model.statement import Lifecycle, StatementKind, Variant
from crisis.model.words import words
from crisis.office.agency.reverifying import UNPUBLISHED
from crisis.office.case import Standing, is_amendment
from crisis.office.office import Office
from crisis.office.statement.drafting import draft_final
from crisis.records import approval_request, incident, statement, turn
from crisis.records.act import Act
from crisis.records.schema.statement import StatementRow
from crisis.records.statement import NewStatement, Wording
from crisis.records.wording import version_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """New words over version `seen`, and what was changed in a few words."""

    seen: int
    variants: tuple[Variant, ...]
    note: str = ""


async def edit(act: Act, standing: Standing, row: StatementRow, change: Edit) -> None:
    """Write a new version; approvals are void and the incident goes back to drafting.

    Raises Stale over another version than `seen`, RuleBroken where outlets would be dropped.
    """
    version, before = await version_of(act.session, row.id, row.current)
    inv11_same_form(
        {f"{v.outlet}/{v.language}" for v in before},
        {f"{v.outlet}/{v.language}" for v in change.variants},
    )
    await statement.edit(
        act,
        standing.incident,
        row,
        Wording(
            variants=change.variants,
            author=act.actor.id,
            links=still_said(version.links, change.variants),
            note=change.note,
        ),
        seen=change.seen,
    )
    case = standing.incident
    if Stage(case.stage) is Stage.APPROVING and row.kind != StatementKind.HOLDING.value:
        await incident.move(act, case, Stage.DRAFTING)


def still_said(
    links: Sequence[dict[str, Any]], variants: Sequence[Variant]
) -> list[dict[str, Any]]:
    """The ties between sentences and claims whose sentence stands in the new words unchanged."""
    bodies = {(v.outlet, v.language.value): v.body for v in variants}
    return [
        link
        for link in links
        if link["sentence"] in bodies.get((link["outlet"], link["language"]), "")
    ]


async def submit(act: Act, standing: Standing, row: StatementRow) -> None:
    """Lay the current version before its approvers.

    Raises RuleBroken where the gate is closed, also for a version returned and not revised.
    """
    decided = await approval_request.of_version(act.session, row.id, row.current)
    if any(one.decision == Decision.RETURN.value for one in decided):
        raise RuleBroken(
            words(
                "Bản này đã bị trả lại; xin chỉnh sửa theo lý do đã nêu rồi trình lại.",
                "This version was returned; please revise it for the reason given, then submit.",
            ),
            rule="returned",
        )
    await statement.submit(act, standing.incident, row, standing.conclusions)
    await _towards_approval(act, standing, row)
    await turn.wake(act, standing.incident, because="statement submitted")


async def _towards_approval(act: Act, standing: Standing, row: StatementRow) -> None:
    """The incident goes along with its final statement, from wherever it was submitted."""
    case = standing.incident
    if row.kind == StatementKind.HOLDING.value:
        return
    if Stage(case.stage) is Stage.VERIFYING:
        await incident.move(act, case, Stage.DRAFTING)
    if Stage(case.stage) is Stage.DRAFTING:
        await incident.move(act, case, Stage.APPROVING)


async def draft_anew(office: Office, act: Act, standing: Standing) -> StatementRow:
    """Draft from the findings again, after a rejection or instead of a returned draft."""
    for row in standing.statements:
        if Lifecycle(row.lifecycle) is Lifecycle.DRAFT and row.kind != StatementKind.HOLDING.value:
            await statement.expire(act, standing.incident, row)
    made = await draft_final(office, act, standing)
    await turn.wake(act, standing.incident, because="statement drafted anew")
    return made


@dataclass(frozen=True, kw_only=True, slots=True)
class Amends:
    """A correction (new words) or withdrawal (replacement text) of a published statement."""

    reason: str
    variants: tuple[Variant, ...]
    withdrawal: bool = False


async def amend_published(
    act: Act, standing: Standing, earlier: StatementRow, amends: Amends
) -> StatementRow:
    """Draft a correction or withdrawal: same channels, its own approval.

    Raises RuleBroken: not published, no reason, or a channel of the original is missing (INV11).
    """
    if Lifecycle(earlier.lifecycle) is not Lifecycle.PUBLISHED or not amends.reason.strip():
        raise RuleBroken(
            words(
                "Chỉ đính chính hoặc thu hồi phát ngôn đã công bố, kèm lý do.",
                "Only a published statement is corrected or withdrawn, with a reason.",
            ),
            rule="amend",
        )
    _check_not_amended_already(standing, earlier)
    before = (await version_of(act.session, earlier.id, earlier.current))[1]
    inv11_same_form(
        {f"{v.outlet}/{v.language}" for v in before},
        {f"{v.outlet}/{v.language}" for v in amends.variants},
    )
    case = standing.incident
    row = await statement.draft(
        act,
        case,
        NewStatement(
            kind=_kind_of(standing, earlier, amends),
            wording=Wording(variants=amends.variants, author=act.actor.id, note=amends.reason),
            refers_to=earlier.id,
            relation="withdrawal" if amends.withdrawal else "correction",
            reason=amends.reason,
        ),
    )
    if Stage(case.stage) is Stage.PUBLISHED:
        await incident.move(act, case, Stage.DRAFTING)
    await submit(act, standing, row)
    return row


def _kind_of(standing: Standing, earlier: StatementRow, amends: Amends) -> StatementKind:
    """A withdrawal keeps the kind; a correction is what the findings ask for by now."""
    decision = standing.case.decision
    if amends.withdrawal or decision.holding or decision.kind is None:
        return StatementKind(earlier.kind)
    return decision.kind


def _check_not_amended_already(standing: Standing, earlier: StatementRow) -> None:
    """One amendment at a time: the second could not say what the first one left."""
    on_its_way = UNPUBLISHED | {Lifecycle.PUBLISHING}
    if any(
        row.refers_to == earlier.id and is_amendment(row) and Lifecycle(row.lifecycle) in on_its_way
        for row in standing.statements
    ):
        raise RuleBroken(
            words(
                "Phát ngôn này đang có một bản đính chính hoặc thu hồi chờ công bố.",
                "A correction or withdrawal of this statement is already on its way.",
            ),
            rule="amend",
        )
