"""Setting right what a report or a claim was entered as: with a reason, the old value kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from crisis.model.action import Action
from crisis.model.chronology import check_chronology
from crisis.model.errors import BadInput
from crisis.model.incident import Stage
from crisis.model.link import canonical_link, title_key
from crisis.model.words import Words, words
from crisis.office import clock_book
from crisis.office.agency import reaching
from crisis.office.agency.reverifying import expire_drafts
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.records import amendment, claim, incident, turn
from crisis.records.act import Act
from crisis.records.amendment import Amendment
from crisis.records.assignment import Status
from crisis.records.schema.incident import ClaimRow, Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a report says of itself."""

    title: str
    outlet: str
    link: str | None
    quotation: str
    published_at: datetime | None


async def amend_report(act: Act, standing: Standing, row: Report, told: Told, reason: str) -> None:
    """Set a report right; the clock that counts from its publication is computed anew.

    Raises BadInput without a reason, a title, an outlet or any change, or for an impossible time.
    """
    if not told.title or not told.outlet:
        raise BadInput(
            words("Xin ghi tiêu đề và cơ quan báo chí.", "Please give title and outlet."),
            field="title",
        )
    times = {"published_at": told.published_at, "received_at": row.received_at}
    check_chronology(times, act.now, field="published_at")
    before = Told(
        title=row.title,
        outlet=row.outlet,
        link=row.link,
        quotation=row.quotation,
        published_at=row.published_at,
    )
    await _record(act, standing, ("report", row.id), (_said(before), _said(told)), reason)
    row.title, row.outlet, row.link = told.title, told.outlet, told.link
    row.quotation, row.published_at = told.quotation, told.published_at
    row.title_key = title_key(told.title)
    row.link_key = canonical_link(told.link) if told.link else None
    await act.session.flush()
    case = standing.incident
    if told.published_at != before.published_at and Stage(case.stage) is not Stage.CANDIDATE:
        await clock_book.event_moved(act, standing)
    await turn.wake(act, case, because="fact amended")


def _said(told: Told) -> dict[str, str]:
    at = told.published_at
    return {
        "title": told.title,
        "outlet": told.outlet,
        "link": told.link or "",
        "quotation": told.quotation,
        "published_at": at.isoformat() if at else "",
    }


async def amend_claim(  # noqa: PLR0913
    office: Office,
    act: Act,
    standing: Standing,
    row: ClaimRow,
    new: tuple[Words, str | None],
    reason: str,
) -> None:
    """Set a claim's text or agency right: who answered it is asked again, drafts on it expire.

    Raises BadInput without a text, a reason or any change.
    """
    text, about = new
    if not text.vi:
        raise BadInput(words("Xin ghi nội dung.", "Please write the claim."), field="vi")
    before = {"vi": row.text_vi, "en": row.text_en, "about": row.about or ""}
    after = {"vi": text.vi, "en": text.en or text.vi, "about": about or ""}
    await _record(act, standing, ("claim", row.id), (before, after), reason)
    row.text_vi, row.text_en, row.about = after["vi"], after["en"], about
    await act.session.flush()
    case = standing.incident
    for task in standing.assignments:
        if row.id in task.claims and task.status == Status.ANSWERED.value:
            task.status, task.closed_at = Status.ACKNOWLEDGED.value, None
            await reaching.ask_again(office, act, standing, task)
    await claim.conclude_all(act, case, standing.force.directory.subordinate)
    await expire_drafts(act, standing)
    if Stage(case.stage) is Stage.PUBLISHED:
        await incident.move(act, case, Stage.VERIFYING)
    await turn.wake(act, case, because="fact amended")


_ACTIONS = {"report": Action.REPORT_AMENDED, "claim": Action.CLAIM_AMENDED}


async def _record(
    act: Act,
    standing: Standing,
    what: tuple[str, str],
    values: tuple[Mapping[str, str], Mapping[str, str]],
    reason: str,
) -> None:
    """Keep every old value beside the new one; the ledger says which, by their hashes."""
    kind, key = what
    before, after = values
    changed = [name for name in after if after[name] != before[name]]
    if not changed or not reason.strip():
        raise BadInput(
            words(
                "Xin sửa ít nhất một mục và ghi lý do.",
                "Please change at least one thing and give a reason.",
            ),
            field="reason",
        )
    for name in changed:
        told = Amendment(
            field=f"{kind}.{name}", old=before[name], new=after[name], reason=reason.strip()
        )
        hashes = {"before": _hash(before[name]), "after": _hash(after[name])}
        await amendment.amend(
            act, standing.incident, told, action=_ACTIONS[kind], data={kind: key} | hashes
        )


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
