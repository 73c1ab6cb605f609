"""A statement as far as the next step of its incident depends on it."""

from dataclasses import dataclass

from crisis.model.statement import Lifecycle, StatementKind


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementView:
    """A statement as far as the next step depends on it.

    `amends` or `withdraws` an earlier one of ours, put right by a person for a reason.
    `deliveries_open` are those that have not ended; `out` says that the public can read it.
    """

    id: str
    kind: StatementKind
    lifecycle: Lifecycle
    amends: bool = False
    withdraws: bool = False
    unasked_step: bool = False
    deliveries_open: bool = False
    out: bool = False

    @property
    def settles(self) -> bool:
        """Whether it is out, or has nowhere left to go, and this is not on the record yet."""
        done = self.out or not self.deliveries_open
        return self.lifecycle is Lifecycle.PUBLISHING and done

    @property
    def holding(self) -> bool:
        """Whether it only holds the line."""
        return self.kind is StatementKind.HOLDING
