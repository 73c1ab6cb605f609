"""Everything an approver has before them, read in one transaction that changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis.model.approval import Right, Subject, authority_for
from crisis.model.errors import NotAllowed, PhatngonError
from crisis.model.letter_part import Contact, Reach
from crisis.model.statement import StatementKind, Variant
from crisis.model.tone import Finding, lint
from crisis.model.verdict import VERDICT_WORDS, Verdict
from crisis.model.words import Language, Words, words
from crisis.office.case import Standing, read_case
from crisis.office.office import Office
from crisis.office.post import contact_of
from crisis.office.statement.audience import reach_of
from crisis.records import approval_request, authority, person, task_work, wording
from crisis.records.act import Act
from crisis.records.approval import may_decide
from crisis.records.incident import subject
from crisis.records.schema.assignment import EvidenceRow
from crisis.records.schema.incident import Incident
from crisis.records.schema.person import User
from crisis.records.schema.statement import ApprovalRow, StatementRow
from desk.approval.ground import Ground, Silent, grounds_of, silent_of
from desk.door.word_diff import Span, difference


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """The exact words for outlets in one language, what changed, and what the tone rules say."""

    variant: Variant
    outlets: tuple[str, ...]
    diff: tuple[Span, ...]
    tone: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class ApprovalView:
    """A statement as an approver sees it; `why_not` is set where this person may not decide."""

    incident: Incident
    matter: Words
    row: StatementRow
    subject: Subject
    channels: tuple[Channel, ...]
    reach: tuple[Reach, ...]
    unreachable: Words | None
    authors: tuple[Contact, ...]
    note: str
    grounds: tuple[Ground, ...]
    silent: tuple[Silent, ...]
    evidence: dict[str, EvidenceRow]
    holders: dict[str, Words]
    verdicts: dict[Verdict, Words]
    decisions: Sequence[tuple[ApprovalRow, User]]
    steps: int
    mine: ApprovalRow | None
    why_not: Words | None
    now: datetime


async def view_of(office: Office, act: Act, statement_id: str, user: User) -> ApprovalView:
    """The statement for `user`. Raises NotFound, also where it is not for this person's eyes."""
    session = act.session
    row = await wording.get(session, statement_id)
    case = await session.get_one(Incident, row.incident_id)
    rows = await approval_request.of_version(session, row.id, row.current)
    standing = await read_case(office, act, case)
    version, variants = await wording.version_of(session, row.id, row.current)
    told = await wording.subject_of(session, case, row)
    mine, why_not = await _right_of(act, case, row, user)
    reach, unreachable = await _reach(act, standing, row)
    return ApprovalView(
        incident=case,
        matter=subject(case),
        row=row,
        subject=told,
        channels=await _channels(office, act, standing, row, variants),
        reach=reach,
        unreachable=unreachable,
        authors=tuple(
            [contact_of(await person.by_id(session, one)) for one in sorted(told.authors)]
        ),
        note=version.note,
        grounds=grounds_of(standing, version.links),
        silent=tuple(silent_of(standing)),
        evidence=await task_work.evidence_of(session, case),
        holders={a.id: a.name for a in standing.force.directory.bodies},
        verdicts=VERDICT_WORDS,
        decisions=[(one, await person.by_id(session, one.person_id)) for one in rows],
        steps=len(standing.playbook.approval_steps(standing.severity, StatementKind(row.kind))),
        mine=mine,
        why_not=why_not,
        now=act.now,
    )


async def _right_of(
    act: Act, case: Incident, row: StatementRow, user: User
) -> tuple[ApprovalRow | None, Words | None]:
    """The step this person may decide now, or why not: asked before the click."""
    try:
        _, mine = await may_decide(act.session, case, row, user.id)
        held = authority_for(
            await authority.authorities_of(act.session, user.id),
            right=Right.APPROVE,
            at=act.now,
            incident=case.id,
        )
        if held is None:
            raise NotAllowed(_NO_AUTHORITY)
    except PhatngonError as error:
        return None, error.sentence
    return mine, None


_NO_AUTHORITY = words(
    "Ông/bà chưa có văn bản giao quyền phê duyệt còn hiệu lực.",
    "You hold no valid written authority to approve.",
)


async def _reach(
    act: Act, standing: Standing, row: StatementRow
) -> tuple[tuple[Reach, ...], Words | None]:
    """Where it will go, or why it cannot go out as it stands."""
    try:
        return await reach_of(act, standing, row), None
    except PhatngonError as error:
        return (), error.sentence


async def _channels(
    office: Office, act: Act, standing: Standing, row: StatementRow, variants: Sequence[Variant]
) -> tuple[Channel, ...]:
    """Outlets that get the same bytes stand together; Vietnamese comes first."""
    earlier: dict[tuple[str, str], Variant] = {}
    if row.current > 1:
        _, before = await wording.version_of(act.session, row.id, row.current - 1)
        earlier = {(v.outlet, v.language): v for v in before}
    official = [office.settings.office_mailbox]
    official += [user.phone for user in await person.all_users(act.session) if user.phone]
    alike: dict[tuple[str, str, str], list[Variant]] = {}
    for one in sorted(variants, key=lambda v: (v.language is not Language.VI, v.outlet)):
        was = earlier.get((one.outlet, one.language))
        alike.setdefault((one.language, one.sha256, was.sha256 if was else ""), []).append(one)
    return tuple(
        Channel(
            variant=same[0],
            outlets=tuple(one.outlet for one in same),
            diff=_diff(earlier, same[0]),
            tone=lint(
                f"{same[0].title}\n\n{same[0].body}",
                same[0].language,
                StatementKind(row.kind),
                official=official,
            ),
        )
        for same in alike.values()
    )


def _diff(earlier: dict[tuple[str, str], Variant], now: Variant) -> tuple[Span, ...]:
    was = earlier.get((now.outlet, now.language))
    if not earlier or (was is not None and was.sha256 == now.sha256):
        return ()
    return difference(was.content.decode() if was else "", now.content.decode())
