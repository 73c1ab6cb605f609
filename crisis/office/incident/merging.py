"""Entering a candidate into the incident that has the same matter already."""

from crisis.model.action import Action
from crisis.model.claim import Claim
from crisis.model.errors import BadInput, RuleBroken
from crisis.model.incident import ENDED, Stage
from crisis.model.severity import Floor, Severity
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.office.incident.restricting import Restriction, restrict
from crisis.office.incident.triage import judge, look_at_threshold
from crisis.office.office import Office
from crisis.records import claim, deadline, incident, report_list, turn, viewing
from crisis.records.act import Act
from crisis.records.schema.incident import ClaimRow, Incident, Report


async def merge(office: Office, act: Act, standing: Standing, code: str, reason: str) -> Incident:
    """End a candidate as the same matter as the incident `code`, which gets its reports and claims.

    Nobody is asked a second time and no clock stops: what was received when stands in the other.
    Where only named people may see that one, only they may see the candidate from now on.
    Raises BadInput where `code` is no running incident, RuleBroken without a reason, for what is no
    candidate or restricted, and where a newspaper waits for an answer to it.
    """
    row = standing.incident
    reports = await report_list.of_incident(act.session, row.id)
    if any(report.press_request for report in reports):
        raise RuleBroken(_ASKED, rule="merge")
    if row.restricted:
        raise RuleBroken(_RESTRICTED, rule="merge")
    _check_target(row, await incident.by_code(act.session, code))
    into = await incident.held(act, code)
    _check_target(row, into)
    if into.restricted:
        named = await viewing.named(act.session, into.id)
        await restrict(act, standing, Restriction(restricted=True, people=named, reason=reason))
    await incident.move(act, row, Stage.MERGED, reason=reason)
    row.merged_into = into.id
    row.outcome = {"ended": Stage.MERGED.value, "reason": reason, "into": into.code}
    await deadline.cancel(act, row)
    for report in reports:
        await _copy(act, into, report)
    await _add_claims(act, standing, into)
    floors, known = (frozenset(Floor(one) for one in case.floors) for case in (row, into))
    if floors - known:
        await judge(office, act, into, Severity(into.severity), floors | known)
    await look_at_threshold(office, act, into)
    await turn.wake(act, into, because="report added")
    return into


def _check_target(row: Incident, into: Incident) -> None:
    stage = Stage(into.stage)
    if into.id == row.id or stage in ENDED or stage is Stage.CANDIDATE:
        raise BadInput(_NO_TARGET, field="into")


async def _copy(act: Act, into: Incident, report: Report) -> None:
    """The same report, as it was received, among those of the other incident."""
    values = {
        column.key: getattr(report, column.key)
        for column in Report.__table__.columns
        if column.key not in {"id", "incident_id"}
    }
    made = Report(incident_id=into.id, **values)
    act.session.add(made)
    await act.session.flush()
    told = {"report": made.id, "sha256": made.snapshot_sha, "press_request": made.press_request}
    await act.note(into.code, Action.REPORT_ADDED, told)


async def _add_claims(act: Act, standing: Standing, into: Incident) -> None:
    known = {one.text_vi for one in await claim.of_incident(act.session, into.id)}
    fresh = [one for one in standing.claims if one.text_vi not in known]
    for one in fresh:
        await claim.add(act, into, _as_new(one))
    if fresh and Stage(into.stage) is Stage.PUBLISHED:
        await incident.move(act, into, Stage.VERIFYING)


def _as_new(row: ClaimRow) -> Claim:
    return Claim(
        id="",
        number=0,
        text=Words(vi=row.text_vi, en=row.text_en),
        about=row.about,
        opinion=row.opinion,
    )


_ASKED = words(
    "Báo chí đang hỏi trong tin này: xin xác nhận rồi trả lời, hoặc kết thúc với lý do.",
    "A newspaper asks a question in this: please confirm and answer it, or end it with a reason.",
)
_RESTRICTED = words(
    "Vụ việc này chỉ một số người được xem nên không nhập vào vụ việc khác.",
    "Only some may see this incident, so it is not merged into another.",
)
_NO_TARGET = words(
    "Xin ghi mã của một vụ việc khác đang xử lý, đã được xác nhận.",
    "Please give the code of another incident in progress that was confirmed.",
)
