"""The signatures and outlets of each kind of statement, and what must hold of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol, TypeVar

from crisis.model.fault import Fault, fault
from crisis.model.limit import Limit
from crisis.model.playbook_rule import Targets, missing
from crisis.model.playbook_section import (
    PUBLIC_OUTLETS,
    ApprovalStep,
    Holding,
    NoResponse,
    StatementPlan,
    Step,
)
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind

DEFAULT: Literal["default"] = "default"

Chain = tuple[ApprovalStep, ...]
Approvals = Mapping[StatementKind | Literal["default"], Mapping[Severity, Chain]]
Statements = Mapping[StatementKind, StatementPlan]

PRIVATE = frozenset({StatementKind.REMEDY_NOTE, StatementKind.REFERRAL})
"""Kinds that the decision table does not make public of itself."""

_FOUR_EYES = 2


def chain_for(approvals: Approvals, severity: Severity, kind: StatementKind) -> Chain:
    """The signatures of `kind` at `severity`: its own where set, else the default."""
    own = approvals.get(kind, {}).get(severity)
    return own if own is not None else approvals.get(DEFAULT, {}).get(severity, ())


class Signer(Protocol):
    """Whoever may sign, as far as their roles go."""

    @property
    def roles(self) -> Sequence[str]: ...


S = TypeVar("S", bound=Signer)


def sparing(people: Sequence[S], later: Iterable[ApprovalStep]) -> list[S]:
    """Without those whom a later step needs, where others can be asked: one person, one step."""
    wanted = {step.role.value for step in later}
    return [p for p in people if not wanted & set(p.roles)] or list(people)


def approval_faults(approvals: Approvals, targets: Targets) -> Iterator[Fault]:
    """The default covers every severity, no chain is empty, a denial takes two persons, in time."""
    for severity in Severity:
        if severity not in approvals.get(DEFAULT, {}):
            yield missing("approvals", DEFAULT, severity)
        denial = chain_for(approvals, severity, StatementKind.CORRECT)
        if len(denial) < _FOUR_EYES:
            yield fault(
                f"Bác bỏ thông tin ('{StatementKind.CORRECT}') ở mức {severity} phải có ít nhất "
                "hai người duyệt.",
                f"A denial ('{StatementKind.CORRECT}') at {severity} needs at least two approvers.",
                *("approvals", StatementKind.CORRECT, severity),
            )
    for name, chains in approvals.items():
        for severity, chain in chains.items():
            yield from _chain_faults((name, severity), chain, targets.get(severity, {}))


def _chain_faults(
    at: tuple[str, Severity], chain: Chain, steps: Mapping[Step, Limit]
) -> Iterator[Fault]:
    if not chain:
        yield fault(
            "Phải có ít nhất một bước duyệt.",
            "At least one approval step is needed.",
            *("approvals", *at),
        )
        return
    room = _room(at[0], steps)
    total = sum(step.within.value for step in chain)
    units = {limit.unit for limit in steps.values()} | {step.within.unit for step in chain}
    if room is not None and (len(units) > 1 or total > room):
        yield fault(
            f"Các bước duyệt cần {total:g} giờ nhưng kịch bản chỉ dành {room:g} giờ (cùng đơn vị "
            f"với các hạn của {at[1]}).",
            f"The approval steps take {total:g} hours where the targets leave {room:g} (in the "
            f"unit of the targets of {at[1]}).",
            *("approvals", *at),
        )


def _room(name: str, steps: Mapping[Step, Limit]) -> float | None:
    """The hours between draft and approval; for a holding statement, between assignment and it."""
    holding = name == StatementKind.HOLDING and Step.HOLDING_STATEMENT in steps
    first = Step.ASSIGN if holding else Step.DRAFT
    last = Step.HOLDING_STATEMENT if holding else Step.APPROVE
    if first not in steps or last not in steps:
        return None
    return steps[last].value - steps[first].value


def statement_faults(statements: Statements) -> Iterator[Fault]:
    """Every kind has its plan, and what is not public goes to the newsrooms concerned alone."""
    for kind in StatementKind:
        plan = statements.get(kind)
        if plan is None:
            yield missing("statements", kind)
        elif kind in PRIVATE and PUBLIC_OUTLETS & set(plan.outlets):
            yield fault(
                f"'{kind}' không phải là thông tin công bố rộng rãi, chỉ được gửi qua press_list.",
                f"'{kind}' is not for the public; it may go through press_list only.",
                *("statements", kind, "outlets"),
            )


def silence_faults(holding: Holding, no_response: NoResponse) -> Iterator[Fault]:
    """Holding statements are public from S3 at the latest; silence is for S1 alone."""
    if holding.publish_from.rank > Severity.S3.rank:
        yield fault(
            "Thông tin ban đầu phải được công bố từ mức S3 trở lên.",
            "A holding statement is published from S3 at the latest.",
            *("holding", "publish_from"),
        )
    if holding.prepare_from.rank > holding.publish_from.rank:
        yield fault(
            "Phải chuẩn bị thông tin ban đầu ở mức không cao hơn mức công bố.",
            "A holding statement is prepared at or below the severity at which it is published.",
            *("holding", "prepare_from"),
        )
    if no_response.up_to is not Severity.S1:
        yield fault(
            "Chỉ mức S1 mới được không phản hồi công khai (bảng quyết định).",
            "Only S1 may go without a public response (decision table).",
            *("no_response", "up_to"),
        )
