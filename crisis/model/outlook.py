"""What can be done for an incident now, and what it waits for: asked by every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crisis.model.claim import Conclusion
from crisis.model.decision import Decision, Public, decide
from crisis.model.gate import carried
from crisis.model.incident import ENDED, Stage
from crisis.model.severity import Severity
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.statement_view import StatementView
from crisis.model.wait import Wait


class Work(StrEnum):
    """A step of the playbook that is ripe."""

    REVERIFY = "reverify"
    ASSIGN = "assign"
    HOLD = "hold"
    DRAFT = "draft"
    ASK_APPROVAL = "ask_approval"
    PUBLISH = "publish"
    DELIVER = "deliver"
    SETTLE = "settle"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """An incident as far as the next step depends on it; `statements` stand oldest first.

    `news`: whether anything was learned since the last final statement that went out.
    """

    stage: Stage
    severity: Severity
    conclusions: tuple[Conclusion, ...]
    unassigned: tuple[str, ...]
    unresolved: tuple[str, ...]
    statements: tuple[StatementView, ...]
    blocked: Work | None = None
    news: bool = True

    @property
    def decision(self) -> Decision:
        """What the decision table says now."""
        return decide(self.conclusions, self.severity)

    def carries(self, one: StatementView) -> bool:
        """Whether what was found still carries `one`.

        A withdrawal asserts nothing. An own error is put right whatever is known by now, but never
        by a kind that the findings forbid.
        """
        if one.withdraws:
            return True
        if one.amends:
            return carried(one.kind, self.conclusions, self.severity)
        return self.decision.carries(one.kind)

    def may_go_on(self, one: StatementView) -> bool:
        """Whether `one` may be asked about and published: nothing goes out while monitoring."""
        return self.stage not in _AT_REST and self.carries(one)

    def _finals_out(self) -> int:
        """How many statements there are up to the last final one that went out."""
        told = enumerate(self.statements, start=1)
        return max((n for n, s in told if not s.holding and s.lifecycle in OUT), default=0)

    @property
    def current(self) -> tuple[StatementView, ...]:
        """The statements since the last final one that went out: earlier ones decide nothing."""
        return self.statements[self._finals_out() :]

    @property
    def stale(self) -> tuple[StatementView, ...]:
        """Statements on their way that no longer say what was found: they expire."""
        going = [s for s in self.statements if s.lifecycle in _UNPUBLISHED]
        return tuple(s for s in going if self.stage not in _AT_REST and not self.carries(s))

    @property
    def verifies_again(self) -> bool:
        """Whether a new claim or another finding sends the incident back to verification."""
        overtaken = self.decision.holding or any(not s.holding for s in self.stale)
        told = {s.kind for s in self.statements[: self._finals_out()][-1:]}
        wrongly = self.stage is Stage.PUBLISHED and bool(told & self.decision.forbidden)
        return wrongly or (overtaken and self.stage in _AFTER_VERIFYING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """The steps that are ripe, in the order of the playbook, and what is waited for after them."""

    ripe: frozenset[Work]
    wait: Wait


_UNPUBLISHED = {Lifecycle.DRAFT, Lifecycle.PENDING, Lifecycle.APPROVED}
_BEGUN = _UNPUBLISHED | {Lifecycle.PUBLISHING, Lifecycle.REJECTED}
OUT = frozenset({Lifecycle.PUBLISHED, Lifecycle.CORRECTED, Lifecycle.WITHDRAWN})
"""Where a statement has gone out, whatever became of it since."""

_VERIFYING = frozenset({Stage.OPEN, Stage.VERIFYING})
_AFTER_VERIFYING = frozenset({Stage.DRAFTING, Stage.APPROVING, Stage.PUBLISHED})
_AT_REST = dict.fromkeys(ENDED, Wait.NOTHING)
_AT_REST |= {Stage.CANDIDATE: Wait.CONFIRMATION, Stage.MONITORING: Wait.RECHECK}


def outlook(case: Case) -> Outlook:
    """What can be done now, and what the incident waits for."""
    asleep = case.stage is Stage.CANDIDATE or case.stage in ENDED
    ripe = frozenset(() if asleep else _ripe(case))
    wait = Wait.PERSON if case.blocked in ripe else _AT_REST.get(case.stage) or _wait(case)
    return Outlook(ripe=ripe - {case.blocked}, wait=wait)


def _ripe(case: Case) -> Iterator[Work]:
    if case.stale or case.verifies_again:
        yield Work.REVERIFY
    if case.stage in _VERIFYING and set(case.unassigned) - set(case.unresolved):
        yield Work.ASSIGN
    if case.stage in _VERIFYING and _should_hold(case):
        yield Work.HOLD
    if case.stage in _VERIFYING | {Stage.DRAFTING} and _should_draft(case):
        yield Work.DRAFT
    for one in case.statements:
        yield from _ripe_for(one, may_go_on=case.may_go_on(one))


def _ripe_for(one: StatementView, *, may_go_on: bool) -> Iterator[Work]:
    if may_go_on and one.lifecycle is Lifecycle.PENDING and one.unasked_step:
        yield Work.ASK_APPROVAL
    if may_go_on and one.lifecycle is Lifecycle.APPROVED:
        yield Work.PUBLISH
    if one.lifecycle is Lifecycle.PUBLISHING and one.deliveries_open:
        yield Work.DELIVER
    if one.settles:
        yield Work.SETTLE


def _should_hold(case: Case) -> bool:
    wanted = (case.decision.kind, case.decision.public) == (StatementKind.HOLDING, Public.YES)
    return wanted and not any(s.holding and s.lifecycle in _BEGUN | OUT for s in case.current)


def _should_draft(case: Case) -> bool:
    """A final statement follows by itself once; after a return or rejection a person decides."""
    wanted = case.decision.kind is not None and not case.decision.holding and case.news
    return wanted and not any(s.lifecycle in _BEGUN for s in case.current if not s.holding)


def _wait(case: Case) -> Wait:
    statements = {s.lifecycle for s in case.current if case.carries(s)}
    rejected = any(s.lifecycle is Lifecycle.REJECTED and not s.holding for s in case.current)
    rules = (
        (any(s.lifecycle is Lifecycle.PUBLISHING for s in case.statements), Wait.DELIVERY),
        (case.stage is Stage.PUBLISHED and not case.decision.holding, Wait.CLOSING),
        (bool(case.unresolved), Wait.AGENCY),
        (bool({Lifecycle.PENDING, Lifecycle.APPROVED} & statements), Wait.APPROVAL),
        (Lifecycle.DRAFT in statements, Wait.REVISION),
        (case.decision.holding, Wait.VERIFICATION),
        (rejected, Wait.REVISION),
        (not case.news, Wait.NEWS),
        (case.decision.kind is None, Wait.DECISION),
    )
    return next((wait for holds, wait in rules if holds), Wait.VERIFICATION)
