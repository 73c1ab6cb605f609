"""Taking in reports: a new incident, a further report of a known one, or a repeated call."""

from dataclasses import dataclass
from hashlib import sha256

from crisis.model.action import Action
from crisis.model.claim import Claim
from crisis.model.errors import Misconfigured, Stale
from crisis.model.link import canonical_link, title_key
from crisis.model.press_request import RequestIn, RequestKind
from crisis.model.report import ClaimIn, ClaimKind, ReportIn
from crisis.model.report_check import check_report, check_times
from crisis.model.severity import Floor, Severity
from crisis.model.words import words
from crisis.office.incident.choosing import proposed
from crisis.office.incident.triage import begin, judge, look_at_threshold
from crisis.office.office import Office, local_day
from crisis.office.request import answering
from crisis.records import blob, claim, incident, turn
from crisis.records.act import Act
from crisis.records.incident import Numbering, Opening
from crisis.records.schema.engine import OfficeClock
from crisis.records.schema.incident import Incident, Intake, Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """How a report was handed in: by a named person who opens it, or for one to confirm.

    `key` makes a repeated call harmless; `into` adds the report to a known incident.
    """

    confirmed: bool
    key: str | None = None
    into: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """Where the report went; `created` is false for a repeated call, `added` for a new affair."""

    code: str
    created: bool
    added: bool = False


async def file_report(office: Office, act: Act, report: ReportIn, filing: Filing) -> Filed:
    """Open an incident with the report, or add it to `filing.into`.

    Raises Stale where the key was used for another report, and what `check_report`
    and `check_times` raise.
    """
    body = report.model_dump_json().encode()
    known = await _known(act, filing, body)
    if known is not None:
        return Filed(code=known, created=False)
    directory = (await office.in_force(act.session)).directory
    facts = local_day(report.occurred_at or report.published_at)
    check_report(report, directory, local_day(report.received_at or act.now), facts)
    check_times(report, act.now)
    if filing.into:
        row = await incident.by_code(act.session, filing.into)
        await _add(office, act, row, report, body)
        floors = frozenset(Floor(floor) for floor in row.floors)
        if report.all_floors - floors:
            await judge(office, act, row, Severity(row.severity), floors | report.all_floors)
        await look_at_threshold(office, act, row)
        await turn.wake(act, row, because="report added")
    else:
        row = await _open(office, act, report, filing, body)
    if filing.key:
        act.session.add(
            Intake(key=filing.key, body_sha=sha256(body).hexdigest(), code=row.code, at=act.real)
        )
        await act.session.flush()
    return Filed(code=row.code, created=True, added=filing.into is not None)


async def _known(act: Act, filing: Filing, body: bytes) -> str | None:
    if filing.key is None:
        return None
    before = await act.session.get(Intake, filing.key)
    if before is None:
        return None
    if before.body_sha != sha256(body).hexdigest():
        raise Stale(
            words(
                "Khóa Idempotency-Key này đã dùng cho một tin khác.",
                "This Idempotency-Key was used for another report.",
            ),
            code=before.code,
        )
    return before.code


async def _open(
    office: Office, act: Act, report: ReportIn, filing: Filing, body: bytes
) -> Incident:
    await check_mode(office, act)
    matter = report.subject or words(report.title, report.title)
    row = await incident.open_incident(
        act,
        Opening(
            title=matter,
            kind=report.kind.value,
            severity=report.severity or Severity.S2,
            floors=report.all_floors,
            topics=report.topics,
            places=report.places,
            received_at=report.received_at or act.now,
            playbook=await proposed(office, act.session, report),
            event_at=report.occurred_at,
            summary=report.summary.vi if report.summary else "",
            confirmed_by=act.actor.id if filing.confirmed else None,
        ),
        Numbering(prefix=office.settings.code_prefix, exercise=office.settings.exercise),
    )
    await office.pin(act, row)
    await _add(office, act, row, report, body)
    if filing.confirmed:
        await begin(office, act, row)
    await turn.wake(act, row, because="reported")
    return row


async def _add(office: Office, act: Act, row: Incident, report: ReportIn, body: bytes) -> None:
    made = Report(
        incident_id=row.id,
        title=report.title,
        outlet=report.outlet.name,
        link=report.link,
        link_key=canonical_link(report.link) if report.link else None,
        title_key=title_key(report.title),
        published_at=report.published_at,
        received_at=report.received_at or act.now,
        quotation=report.quotation or "",
        press_request=report.asks_for_answer,
        snapshot_sha=await blob.keep(act, body, "application/json"),
        body=report.model_dump(mode="json"),
    )
    act.session.add(made)
    await act.session.flush()
    await act.note(
        row.code,
        Action.REPORT_ADDED,
        {"report": made.id, "sha256": made.snapshot_sha, "press_request": made.press_request},
    )
    if Floor.PRESS_REQUEST in report.all_floors:
        await answering.receive(office, act, _request(report, made), row)
    known = {c.text_vi for c in await claim.of_incident(act.session, row.id)}
    for one in report.claims:
        if one.text.vi not in known:
            await claim.add(act, row, _claim(one))


def _request(report: ReportIn, made: Report) -> RequestIn:
    """The request that a report with its question brings; the coordinator adds where to answer."""
    return RequestIn(
        kind=RequestKind.QUESTION,
        outlet=report.outlet.name,
        subject=report.title,
        received_at=made.received_at,
        question=report.quotation,
        link=report.link,
    )


def _claim(one: ClaimIn) -> Claim:
    return Claim(
        id="",
        number=0,
        text=one.text,
        about=one.about_agency if one.conduct else None,
        opinion=one.kind is ClaimKind.OPINION,
    )


async def check_mode(office: Office, act: Act) -> None:
    """Refuse to open a real incident in the records of an exercise. Raises Misconfigured."""
    drill = await act.session.get(OfficeClock, 1) is not None
    if drill and not office.settings.exercise:
        raise Misconfigured(
            words(
                "Dữ liệu này thuộc một cuộc diễn tập; hãy đặt PHATNGON_INSTALLATION=exercise.",
                "These records belong to an exercise; set PHATNGON_INSTALLATION=exercise.",
            ),
            setting="PHATNGON_INSTALLATION",
        )
