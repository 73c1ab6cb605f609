"""A report that another system hands in: a candidate for a person to confirm, once per key.

The same article again joins the candidate that waits with it: in a surge a person confirms each
affair once, not each call.
"""

from sqlalchemy.exc import IntegrityError

from crisis.model.ledger import Actor
from crisis.model.report import ReportIn
from crisis.office.intake.likeness import waiting_with
from crisis.office.intake.reporting import Filed, Filing, file_report
from crisis.office.office import Office


async def take_call(office: Office, actor: Actor, report: ReportIn, key: str) -> Filed:
    """File `report` under the call's `key`; calls with the same key at the same time answer alike.

    Raises what `file_report` raises.
    """
    try:
        return await _file(office, actor, report, key)
    except IntegrityError:
        # Two calls at once: the other one has just recorded the key, so it is found now.
        return await _file(office, actor, report, key)


async def _file(office: Office, actor: Actor, report: ReportIn, key: str) -> Filed:
    async with office.records.act(actor) as act:
        there = await waiting_with(act, report)
        into = there.code if there else None
        return await file_report(office, act, report, Filing(confirmed=False, key=key, into=into))
