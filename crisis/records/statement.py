"""Statements in the records: drafted, edited under a lock, submitted; any edit voids approvals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from crisis.model.action import Action
from crisis.model.claim import Conclusion
from crisis.model.errors import Stale
from crisis.model.statement import Lifecycle, StatementKind, Variant, check_lifecycle
from crisis.model.words import words
from crisis.records import gate
from crisis.records.act import Act, after
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import (
    ApprovalRow,
    StatementRow,
    StatementVersion,
    VariantRow,
)
from crisis.records.wording import subject_of, version_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The words of one version and who wrote them."""

    variants: tuple[Variant, ...]
    author: str
    links: Sequence[dict[str, Any]] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewStatement:
    """A statement about to be drafted; `refers_to` and `relation` for updates and corrections."""

    kind: StatementKind
    wording: Wording
    next_update_at: datetime | None = None
    refers_to: str | None = None
    relation: str | None = None
    reason: str = ""


async def draft(act: Act, incident: Incident, new: NewStatement) -> StatementRow:
    """Make a statement with its first version; no two of an incident are made at one instant."""
    last = await act.session.scalar(
        select(func.max(StatementRow.made_at)).where(StatementRow.incident_id == incident.id)
    )
    row = StatementRow(
        incident_id=incident.id,
        kind=new.kind.value,
        lifecycle=Lifecycle.DRAFT.value,
        current=0,
        refers_to=new.refers_to,
        relation=new.relation,
        reason=new.reason,
        next_update_at=new.next_update_at,
        made_at=after(act.now, last),
    )
    act.session.add(row)
    await act.session.flush()
    await _add_version(act, incident, row, new.wording, Action.STATEMENT_DRAFTED)
    return row


async def edit(
    act: Act, incident: Incident, row: StatementRow, wording: Wording, *, seen: int
) -> None:
    """Write a new version over version `seen`; approvals of earlier versions are void.

    Raises Stale where another version was written meanwhile, RuleBroken once it is published.
    """
    if row.current != seen:
        raise Stale(
            words(
                f"Có người vừa lưu bản {row.current}. Phần ông/bà viết còn nguyên bên dưới; "
                "xin đối chiếu rồi lưu lại.",
                f"Somebody has just saved version {row.current}. What you wrote is kept below; "
                "please compare and save again.",
            )
        )
    here = Lifecycle(row.lifecycle)
    if here is not Lifecycle.DRAFT:
        check_lifecycle(here, Lifecycle.DRAFT)
        row.lifecycle = Lifecycle.DRAFT.value
        await _void(act, incident, row, "edited")
    await _add_version(act, incident, row, wording, Action.STATEMENT_EDITED)


async def submit(
    act: Act, incident: Incident, row: StatementRow, conclusions: Sequence[Conclusion]
) -> None:
    """Lay the current version before its approvers.

    Raises RuleBroken where the gate is closed: `records.gate.check`.
    """
    subject = await gate.check(act, incident, row, conclusions)
    check_lifecycle(Lifecycle(row.lifecycle), Lifecycle.PENDING)
    row.lifecycle = Lifecycle.PENDING.value
    await act.session.flush()
    await act.note(
        incident.code,
        Action.STATEMENT_SUBMITTED,
        {"statement": row.id, "version": row.current, "digest": subject.digest},
    )


async def _add_version(
    act: Act, incident: Incident, row: StatementRow, wording: Wording, action: Action
) -> None:
    version = await _put_version(act, row, wording)
    subject = await subject_of(act.session, incident, row)
    version.digest = subject.digest
    await act.session.flush()
    await act.note(
        incident.code,
        action,
        {
            "statement": row.id,
            "version": row.current,
            "kind": row.kind,
            "digest": subject.digest,
            "variants": [
                {"outlet": v.outlet, "language": v.language.value, "sha256": v.sha256}
                for v in subject.variants
            ],
        },
    )


async def _put_version(act: Act, row: StatementRow, wording: Wording) -> StatementVersion:
    """The next version with its variants; who wrote an earlier one is an author of this one too."""
    earlier: set[str] = set()
    if row.current:
        earlier = set((await version_of(act.session, row.id, row.current))[0].authors)
    row.current += 1
    version = StatementVersion(
        statement_id=row.id,
        number=row.current,
        authors=sorted(earlier | {wording.author}),
        digest="",
        links=list(wording.links),
        note=wording.note,
        at=act.now,
    )
    act.session.add(version)
    await act.session.flush()
    act.session.add_all(
        VariantRow(
            version_id=version.id,
            outlet=variant.outlet,
            language=variant.language.value,
            title=variant.title,
            body=variant.body,
            sha256=variant.sha256,
        )
        for variant in wording.variants
    )
    await act.session.flush()
    return version


async def _void(act: Act, incident: Incident, row: StatementRow, why: str) -> None:
    await act.session.execute(
        delete(ApprovalRow).where(
            ApprovalRow.statement_id == row.id,
            ApprovalRow.number == row.current,
            ApprovalRow.decision.is_(None),
        )
    )
    await act.note(
        incident.code,
        Action.APPROVAL_VOIDED,
        {"statement": row.id, "version": row.current, "why": why},
    )


async def expire(act: Act, incident: Incident, row: StatementRow) -> None:
    """A statement that was not published no longer says what was found: it ends here."""
    check_lifecycle(Lifecycle(row.lifecycle), Lifecycle.EXPIRED)
    row.lifecycle = Lifecycle.EXPIRED.value
    await act.session.flush()
    await _void(act, incident, row, "superseded")
    await act.note(
        incident.code, Action.STATEMENT_EXPIRED, {"statement": row.id, "version": row.current}
    )
