"""Choosing an incident's playbook: proposed when it opens, changed by a person with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput
from crisis.model.incident import ENDED, Stage
from crisis.model.playbook import Playbook
from crisis.model.playbook_choice import fitting
from crisis.model.playbook_section import ReportKind
from crisis.model.report import ReportIn
from crisis.model.severity import Severity, with_floors
from crisis.model.words import words
from crisis.office import clock_book
from crisis.office.case import Standing, hold_case
from crisis.office.office import Office
from crisis.records import amendment, content, turn
from crisis.records.act import Act
from crisis.records.amendment import Amendment
from crisis.records.content import ContentKind
from crisis.records.schema.incident import Incident

DEFAULT_PLAYBOOK = "press-report"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Every playbook in force, those for such an incident first; `best` is the closest, if any."""

    playbooks: tuple[Playbook, ...]
    best: Playbook | None


async def in_force(office: Office, session: AsyncSession) -> tuple[Playbook, ...]:
    """The playbooks in force."""
    names = await content.names(session, ContentKind.PLAYBOOK)
    return tuple([await office.playbook_named(session, name) for name in names])


async def offer(
    office: Office,
    session: AsyncSession,
    *,
    kind: str,
    severity: Severity,
    topics: Sequence[str],
) -> Offer:
    """What an incident of this kind, severity and topics may be handled by."""
    known = await in_force(office, session)
    close = fitting(known, kind=ReportKind(kind), severity=severity, topics=topics)
    rest = tuple(one for one in known if one not in close)
    return Offer(playbooks=close + rest, best=close[0] if close else None)


async def offer_for(office: Office, session: AsyncSession, row: Incident) -> Offer:
    """What `row` may be handled by as it stands now."""
    return await offer(
        office, session, kind=row.kind, severity=Severity(row.severity), topics=row.topics
    )


async def proposed(office: Office, session: AsyncSession, report: ReportIn) -> str:
    """The name of the playbook for a report that opens an incident."""
    found = await offer(
        office,
        session,
        kind=report.kind.value,
        severity=with_floors(report.severity or Severity.S2, report.all_floors),
        topics=report.topics,
    )
    return found.best.id if found.best else DEFAULT_PLAYBOOK


async def change_playbook(
    office: Office, act: Act, standing: Standing, name: str, reason: str
) -> None:
    """Handle the incident by another playbook from now on; what is still owed is due anew.

    Tasks already given keep their due times. Raises BadInput without a reason, for the same
    playbook, one that is not in force, or an ended incident.
    """
    row = standing.incident
    found = await content.active_hash(act.session, ContentKind.PLAYBOOK, name)
    if found is None or name == row.playbook or Stage(row.stage) in ENDED or not reason.strip():
        raise BadInput(
            words(
                "Xin chọn một kịch bản khác đang áp dụng và ghi lý do.",
                "Please choose another playbook in force and give a reason.",
            ),
            field="playbook",
        )
    told = Amendment(field="playbook", old=row.playbook, new=name, reason=reason)
    await amendment.amend(act, row, told)
    row.playbook, row.playbook_sha = name, found
    await act.session.flush()
    await act.note(row.code, Action.PLAYBOOK_CHOSEN, {"playbook": name, "sha256": found})
    if Stage(row.stage) is not Stage.CANDIDATE:
        await clock_book.retarget(act, await hold_case(office, act, row))
    await turn.wake(act, row, because="playbook changed")
