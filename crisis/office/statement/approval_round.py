"""One round of approval: the people of the next step are asked, each by a letter."""

from collections.abc import Sequence

from crisis.model.approval import Decision, Right
from crisis.model.approval_plan import sparing
from crisis.model.deadline import due_at
from crisis.model.errors import RuleBroken
from crisis.model.letter import ApprovalRequest
from crisis.model.letter_part import ReadVariant
from crisis.model.playbook_section import ApprovalStep
from crisis.model.role import Role
from crisis.model.statement import KIND_WORDS, StatementKind, Variant
from crisis.model.words import LANGUAGE_WORDS, Language, Words, words
from crisis.office import watchman
from crisis.office.approval_watch import decision_due
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.post import Addressee, Posting, addressed, heading, post
from crisis.office.statement.audience import outlet_words, reach_of
from crisis.records import approval_request, authority, person, timer
from crisis.records.act import Act
from crisis.records.approval_request import Ask
from crisis.records.schema.person import User
from crisis.records.schema.statement import ApprovalRow, StatementRow
from crisis.records.wording import subject_of

FROM_TEMPLATE = words("hệ thống lập từ mẫu đã ban hành", "the system, from the issued template")
"""Who wrote a version that no person has touched."""


async def ask_step(office: Office, act: Act, standing: Standing, row: StatementRow) -> int:
    """Ask the people of the next open step; how many were asked.

    Raises RuleBroken where nobody in office may take the step.
    """
    steps = standing.playbook.approval_steps(standing.severity, StatementKind(row.kind))
    rows = await approval_request.of_version(act.session, row.id, row.current)
    approved = {r.step for r in rows if r.decision == Decision.APPROVE.value}
    number = next(n for n in range(1, len(steps) + 1) if n not in approved)
    step = steps[number - 1]
    subject = await subject_of(act.session, standing.incident, row)
    # Whoever was asked at an earlier step and did not decide there may still decide this one.
    decided = {r.person_id for r in rows if r.decision is not None}
    may = await _may_approve(act, standing, step, decided | subject.authors)
    people = sparing(may, steps[number:])
    due = due_at(step.within, act.now, standing.force.calendar)
    asked = await approval_request.ask(
        act,
        standing.incident,
        row,
        subject,
        [Ask(step=number, role=step.role.value, person=p.id, due_at=due) for p in people],
    )
    for one in asked:
        await _send_request(office, act, standing, one)
    return len(asked)


async def _may_approve(
    act: Act, standing: Standing, step: ApprovalStep, barred: set[str] | frozenset[str]
) -> list[User]:
    """People in office with the step's role and the right to approve, without authors.

    Raises RuleBroken where there is nobody.
    """
    people = await authority.who_may(
        act.session, Right.APPROVE, at=act.now, incident_id=standing.incident.id
    )
    found = [p for p in people if Role(step.role).value in p.roles and p.id not in barred]
    if not found:
        raise RuleBroken(
            words(
                "Chưa có người đủ thẩm quyền duyệt bước này; cần ghi nhận văn bản giao quyền.",
                "Nobody in office may approve this step; record the written authority first.",
            ),
            rule="approver",
        )
    return found


async def _send_request(office: Office, act: Act, standing: Standing, one: ApprovalRow) -> None:
    who = await person.by_id(act.session, one.person_id)
    letter = await _request(office, act, standing, one, who)
    await post(
        office,
        act,
        standing.incident,
        Posting(
            letter=letter,
            key=f"{standing.incident.code}:approval:{one.id}",
            email=who.email,
            name=who.name,
            about=one.id,
            calendar=letter.due,
        ),
    )
    await timer.set_timer(
        act, standing.incident.id, flow=watchman.REMIND, subject=one.id, at=one.due_at
    )


async def _request(
    office: Office, act: Act, standing: Standing, one: ApprovalRow, who: User
) -> ApprovalRequest:
    row = await act.session.get_one(StatementRow, one.statement_id)
    subject = await subject_of(act.session, standing.incident, row)
    authors = [(await person.by_id(act.session, author)).name for author in sorted(subject.authors)]
    to = Addressee(
        name=addressed(who),
        language=Language(who.language),
        link=f"{office.settings.public_url}/duyet/{row.id}",
    )
    return ApprovalRequest(
        heading=await heading(office, act, standing.incident, to),
        kind=KIND_WORDS[StatementKind(row.kind)],
        version=row.current,
        authors=tuple(authors) or (FROM_TEMPLATE.in_(to.language),),
        variants=as_read(subject.variants, to.language),
        reach=await reach_of(act, standing, row),
        due=decision_due(one, standing.playbook),
    )


def as_read(variants: Sequence[Variant], language: Language) -> tuple[ReadVariant, ...]:
    """The texts as a person reads them: their language first, the same words once."""
    texts: dict[tuple[Language, str], list[Variant]] = {}
    for variant in sorted(variants, key=lambda v: (v.language is not language, v.outlet)):
        texts.setdefault((variant.language, variant.sha256), []).append(variant)
    return tuple(ReadVariant(place=_place(same), variant=same[0]) for same in texts.values())


def _place(same: Sequence[Variant]) -> Words:
    """Where a text goes, and its language."""
    told = [outlet_words(v.outlet) for v in same]
    language = LANGUAGE_WORDS[same[0].language]
    return words(
        f"{', '.join(w.vi for w in told)} ({language.vi})",
        f"{', '.join(w.en for w in told)} ({language.en})",
    )
