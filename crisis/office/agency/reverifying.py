"""Verifying again: what was drafted on other findings expires, the incident goes back."""

from crisis.model.incident import Stage
from crisis.model.statement import Lifecycle, StatementKind
from crisis.office.case import Standing, is_amendment
from crisis.records import incident, statement
from crisis.records.act import Act
from crisis.records.schema.statement import StatementRow

UNPUBLISHED = frozenset({Lifecycle.DRAFT, Lifecycle.PENDING, Lifecycle.APPROVED})


async def reverify(act: Act, standing: Standing) -> int:
    """Expire what no longer says what was found, verify anew where needed; how many expired."""
    stale = {view.id for view in standing.case.stale}
    for row in standing.statements:
        if row.id in stale:
            await statement.expire(act, standing.incident, row)
    if standing.case.verifies_again:
        await incident.move(act, standing.incident, Stage.VERIFYING)
    return len(stale)


async def expire_drafts(act: Act, standing: Standing) -> None:
    """Final statements on their way were drafted on other findings: they end, verification is open.

    What amends an own earlier statement stays: an own error is put right whatever is known by now.
    """
    outdated = [row for row in standing.statements if _was_drafted_on_findings(row)]
    for row in outdated:
        await statement.expire(act, standing.incident, row)
    if outdated and Stage(standing.incident.stage) in {Stage.APPROVING, Stage.DRAFTING}:
        await incident.move(act, standing.incident, Stage.VERIFYING)


def _was_drafted_on_findings(row: StatementRow) -> bool:
    final = row.kind != StatementKind.HOLDING.value and not is_amendment(row)
    return final and Lifecycle(row.lifecycle) in UNPUBLISHED
