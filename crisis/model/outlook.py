"""What can be done for an incident now, and what it waits for: asked by every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crisis.model.claim import Conclusion
from crisis.model.decision import Decision, Public, decide
from crisis.model.incident import ENDED, Stage
from crisis.model.severity import Severity
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.words import Words, words


class Work(StrEnum):
    """A step of the playbook that is ripe."""

    ASSIGN = "assign"
    HOLD = "hold"
    DRAFT = "draft"
    ASK_APPROVAL = "ask_approval"
    PUBLISH = "publish"
    DELIVER = "deliver"
    SETTLE = "settle"


class Wait(StrEnum):
    """What an incident waits for when nothing more can be done; names the run's final state."""

    CONFIRMATION = "confirmation"
    AGENCY = "agency"
    VERIFICATION = "verification"
    DECISION = "decision"
    REVISION = "revision"
    APPROVAL = "approval"
    DELIVERY = "delivery"
    CLOSING = "closing"
    RECHECK = "recheck"
    NOTHING = "nothing"


WAIT_WORDS: dict[Wait, Words] = {
    Wait.CONFIRMATION: words("Chờ điều phối viên xác nhận", "Waiting for confirmation"),
    Wait.AGENCY: words("Chờ chỉ định cơ quan", "Waiting for an agency to be named"),
    Wait.VERIFICATION: words("Chờ xác minh", "Waiting for verification"),
    Wait.DECISION: words("Chờ quyết định có phát ngôn hay không", "Waiting for a decision"),
    Wait.REVISION: words("Chờ chỉnh sửa dự thảo", "Waiting for a revised draft"),
    Wait.APPROVAL: words("Chờ phê duyệt", "Waiting for approval"),
    Wait.DELIVERY: words("Chờ kênh công bố", "Waiting for an outlet"),
    Wait.CLOSING: words("Đã công bố, chờ kết thúc", "Published, waiting to be closed"),
    Wait.RECHECK: words("Đang theo dõi", "Monitoring"),
    Wait.NOTHING: words("Đã kết thúc", "Ended"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementView:
    """A statement as far as the next step depends on it."""

    id: str
    kind: StatementKind
    lifecycle: Lifecycle
    unasked_step: bool = False
    deliveries_due: bool = False
    deliveries_open: bool = False

    @property
    def holding(self) -> bool:
        """Whether it only holds the line."""
        return self.kind is StatementKind.HOLDING


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """An incident as far as the next step depends on it."""

    stage: Stage
    severity: Severity
    conclusions: tuple[Conclusion, ...]
    unassigned: tuple[str, ...]
    unresolved: tuple[str, ...]
    statements: tuple[StatementView, ...]

    @property
    def decision(self) -> Decision:
        """What the decision table says now."""
        return decide(self.conclusions, self.severity)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """The steps that are ripe, in the order of the playbook, and what is waited for after them."""

    ripe: frozenset[Work]
    wait: Wait


_UNPUBLISHED = frozenset({Lifecycle.DRAFT, Lifecycle.PENDING, Lifecycle.APPROVED})
_IN_HAND = _UNPUBLISHED | {Lifecycle.PUBLISHING}
_VERIFYING = frozenset({Stage.OPEN, Stage.VERIFYING})
_BEFORE_PUBLIC = _VERIFYING | {Stage.DRAFTING, Stage.APPROVING}
_HELD = _IN_HAND | {Lifecycle.PUBLISHED}


def outlook(case: Case) -> Outlook:
    """What can be done now, and what the incident waits for."""
    if case.stage is Stage.CANDIDATE or case.stage in ENDED:
        wait = Wait.CONFIRMATION if case.stage is Stage.CANDIDATE else Wait.NOTHING
        return Outlook(ripe=frozenset(), wait=wait)
    return Outlook(ripe=frozenset(_ripe(case)), wait=_wait(case))


def _ripe(case: Case) -> Iterator[Work]:
    can_ask = set(case.unassigned) - set(case.unresolved)
    if case.stage in _VERIFYING and can_ask:
        yield Work.ASSIGN
    if case.stage in _VERIFYING and _should_hold(case):
        yield Work.HOLD
    if case.stage in _VERIFYING | {Stage.DRAFTING} and _should_draft(case):
        yield Work.DRAFT
    for one in case.statements:
        yield from _ripe_for(one)


def _ripe_for(one: StatementView) -> Iterator[Work]:
    if one.lifecycle is Lifecycle.PENDING and one.unasked_step:
        yield Work.ASK_APPROVAL
    if one.lifecycle is Lifecycle.APPROVED:
        yield Work.PUBLISH
    if one.deliveries_due:
        yield Work.DELIVER
    if one.lifecycle is Lifecycle.PUBLISHING and not one.deliveries_open:
        yield Work.SETTLE


def _should_hold(case: Case) -> bool:
    decision = case.decision
    held = any(s.holding and s.lifecycle in _HELD | {Lifecycle.REJECTED} for s in case.statements)
    return decision.kind is StatementKind.HOLDING and decision.public is Public.YES and not held


def _should_draft(case: Case) -> bool:
    """A final statement follows by itself once; after a return or rejection a person decides."""
    decision = case.decision
    if decision.holding or decision.kind is None or not case.conclusions:
        return False
    finals = [s for s in case.statements if not s.holding]
    return not any(s.lifecycle in _IN_HAND | {Lifecycle.REJECTED} for s in finals)


def _wait(case: Case) -> Wait:
    if case.stage is Stage.MONITORING:
        return Wait.RECHECK
    statements = {s.lifecycle for s in case.statements}
    finals = {s.lifecycle for s in case.statements if not s.holding}
    rules = (
        (Lifecycle.PUBLISHING in statements, Wait.DELIVERY),
        (case.stage is Stage.PUBLISHED, Wait.CLOSING),
        (bool(case.unresolved), Wait.AGENCY),
        (bool({Lifecycle.PENDING, Lifecycle.APPROVED} & statements), Wait.APPROVAL),
        (bool({Lifecycle.DRAFT, Lifecycle.REJECTED} & finals), Wait.REVISION),
        (case.decision.holding, Wait.VERIFICATION),
        (case.decision.kind is None, Wait.DECISION),
    )
    return next((wait for holds, wait in rules if holds), Wait.VERIFICATION)
