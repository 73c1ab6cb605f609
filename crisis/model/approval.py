"""Approval: bytes are signed, four eyes see them, and the right to approve is dated."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from crisis.model.errors import NotAllowed, RuleBroken, Stale
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import words


class Right(StrEnum):
    """What an authority allows."""

    SPEAK = "speak"
    APPROVE = "approve"


class Basis(StrEnum):
    """Where an authority comes from (Decree 244/2026, article 3)."""

    HEAD = "head"
    ASSIGNED = "assigned"
    DELEGATED = "delegated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """A written, dated right. A delegation is for one incident and has an end (INV3)."""

    person: str
    right: Right
    basis: Basis
    document: str
    valid_from: datetime
    valid_to: datetime | None = None
    incident: str | None = None

    def holds(self, *, right: Right, at: datetime, incident: str) -> bool:
        """Whether it gives `right` at the moment `at` for `incident`."""
        return (
            self.right is right
            and self.valid_from <= at
            and (self.valid_to is None or at < self.valid_to)
            and self.incident in (None, incident)
        )


class Decision(StrEnum):
    """What an approver decides about one step."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What is laid before an approver."""

    statement: str
    version: int
    kind: StatementKind
    exercise: bool
    variants: tuple[Variant, ...]
    authors: frozenset[str]

    @property
    def digest(self) -> str:
        """The SHA-256 that an approver signs."""
        return digest(self)


def digest(subject: Subject) -> str:
    """SHA-256 over canonical JSON of `{statement, version, kind, exercise, variants}`.

    Variants are ordered by outlet and language; keys are ASCII and there are no floats, so sorted
    compact JSON is RFC 8785 canonical here.
    """
    body = {
        "statement": subject.statement,
        "version": subject.version,
        "kind": subject.kind.value,
        "exercise": subject.exercise,
        "variants": [
            {"outlet": v.outlet, "language": v.language.value, "sha256": v.sha256}
            for v in sorted(subject.variants, key=lambda v: (v.outlet, v.language))
        ],
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An approval that a person gave to one step of one version."""

    step: int
    person: str
    version: int
    digest: str


def authority_for(
    authorities: Iterable[Authority], *, right: Right, at: datetime, incident: str
) -> Authority | None:
    """The first authority that gives `right` at `at` for `incident`; None where there is none."""
    return next((a for a in authorities if a.holds(right=right, at=at, incident=incident)), None)


def check_four_eyes(subject: Subject, person: str, given: Collection[Given]) -> None:
    """Refuse an author of this version or its ancestors, and one person for two steps.

    Raises NotAllowed.
    """
    if person in subject.authors:
        raise NotAllowed(
            words(
                "Người đã soạn hoặc sửa văn bản này không được tự phê duyệt; cần người khác duyệt.",
                "Whoever wrote or edited this text cannot approve it; another person has to.",
            )
        )
    if any(g.person == person and g.version == subject.version for g in given):
        raise NotAllowed(
            words(
                "Ông/bà đã duyệt một bước của phiên bản này; bước tiếp theo cần người khác.",
                "You approved a step of this version; the next step needs another person.",
            )
        )


def check_seen(subject: Subject, seen: str) -> None:
    """Refuse an approval of other bytes than those that stand now.

    Raises Stale.
    """
    if seen != subject.digest:
        raise Stale(
            words(
                "Nội dung đã thay đổi sau khi ông/bà mở trang. Xin xem lại bản mới rồi quyết định.",
                "The text changed after you opened the page. Please read the new one and decide.",
            )
        )


def check_reason(decision: Decision, reason: str) -> None:
    """Refuse a return or rejection without a reason.

    Raises RuleBroken.
    """
    if decision is not Decision.APPROVE and not reason.strip():
        raise RuleBroken(
            words(
                "Xin ghi lý do khi trả lại hoặc không duyệt.",
                "Please give a reason when returning or rejecting.",
            ),
            rule="reason",
        )


def complete(subject: Subject, steps: Sequence[object], given: Collection[Given]) -> bool:
    """Whether every step was approved for exactly the bytes that stand now, by four eyes.

    No author counts, and one person counts for one step.
    """
    valid = [
        g
        for g in given
        if (g.version, g.digest) == (subject.version, subject.digest)
        and g.person not in subject.authors
    ]
    every_step = {g.step for g in valid} >= set(range(1, len(steps) + 1))
    return bool(steps) and every_step and len({g.person for g in valid}) >= len(steps)
