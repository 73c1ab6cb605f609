"""A statement as far as the next step of its incident depends on it."""

from dataclasses import dataclass

from crisis.model.statement import Lifecycle, StatementKind


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementView:
    """A statement as far as the next step depends on it.

    `amends` or `withdraws` an earlier one of ours, put right by a person for a reason.
    """

    id: str
    kind: StatementKind
    lifecycle: Lifecycle
    amends: bool = False
    withdraws: bool = False
    unasked_step: bool = False
    deliveries_due: bool = False
    deliveries_open: bool = False

    @property
    def holding(self) -> bool:
        """Whether it only holds the line."""
        return self.kind is StatementKind.HOLDING
