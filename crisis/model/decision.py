"""The decision table: which kind of statement follows from all verdicts together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crisis.model.claim import Conclusion
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.verdict import CONTESTING, Verdict


class Public(StrEnum):
    """Whether a statement goes to the public."""

    YES = "yes"
    OPTIONAL = "optional"
    ON_REQUEST = "on_request"
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of the table. `kind` None means: no statement, a recorded decision instead."""

    outcome: Verdict
    min_severity: Severity
    kind: StatementKind | None
    public: Public
    forbid: frozenset[StatementKind] = frozenset()


_V, _S, _K = Verdict, Severity, StatementKind
_NO_DENIAL = frozenset({_K.CORRECT})

TABLE: tuple[Row, ...] = tuple(
    Row(outcome=outcome, min_severity=severity, kind=kind, public=public, forbid=forbid)
    for outcome, severity, kind, public, forbid in (
        (_V.ACCURATE, _S.S1, _K.REMEDY_NOTE, Public.NO, _NO_DENIAL),
        (_V.ACCURATE, _S.S2, _K.ACKNOWLEDGE, Public.YES, _NO_DENIAL),
        (_V.PARTLY_ACCURATE, _S.S1, _K.CLARIFY, Public.OPTIONAL, _NO_DENIAL),
        (_V.PARTLY_ACCURATE, _S.S2, _K.CLARIFY, Public.YES, _NO_DENIAL),
        (_V.INACCURATE, _S.S1, None, Public.NO, frozenset()),
        (_V.INACCURATE, _S.S2, _K.CORRECT, Public.YES, frozenset()),
        (_V.OUT_OF_CONTEXT, _S.S1, _K.CLARIFY, Public.OPTIONAL, _NO_DENIAL),
        (_V.OUT_OF_CONTEXT, _S.S2, _K.CLARIFY, Public.YES, _NO_DENIAL),
        (_V.UNVERIFIED_YET, _S.S1, None, Public.NO, _NO_DENIAL),
        (_V.UNVERIFIED_YET, _S.S2, _K.HOLDING, Public.ON_REQUEST, _NO_DENIAL),
        (_V.UNVERIFIED_YET, _S.S3, _K.HOLDING, Public.YES, _NO_DENIAL),
        (_V.OPINION, _S.S1, _K.LISTEN, Public.OPTIONAL, _NO_DENIAL),
        (_V.OUT_OF_SCOPE, _S.S1, _K.REFERRAL, Public.ON_REQUEST, _NO_DENIAL),
    )
)
"""What the office says about one outcome from a severity on; no content file can change it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What the office says: `kind` None means no public response, with owner and reason (INV12)."""

    kind: StatementKind | None
    public: Public
    forbidden: frozenset[StatementKind]
    holding: bool = False

    def carries(self, kind: StatementKind) -> bool:
        """Whether a statement of `kind` still says no more, and nothing else, than was found."""
        if self.holding:
            return kind is StatementKind.HOLDING
        if self.kind is None:
            # A false report that is hardly known is left alone; denying it stays possible.
            return kind is StatementKind.CORRECT and kind not in self.forbidden
        return kind is self.kind


def row_for(outcome: Verdict, severity: Severity) -> Row:
    """The row of `outcome` with the highest `min_severity` not above `severity`."""
    fitting = [r for r in TABLE if r.outcome is outcome and severity.at_least(r.min_severity)]
    return max(fitting, key=lambda row: row.min_severity.rank)


def decide(conclusions: Sequence[Conclusion], severity: Severity) -> Decision:
    """Combine all verdicts of an incident into the kind of its statement.

    Any `unverified_yet` leaves only a holding statement. Opinions and matters out of scope do not
    decide where there are facts to answer. One outcome alone follows its row; a mixture that
    contests anything, or contains the accurate with the contested, is a clarification.
    """
    deciding = _deciding({c.verdict for c in conclusions})
    rows = [row_for(verdict, severity) for verdict in deciding]
    forbidden = frozenset(kind for row in rows for kind in row.forbid)
    if len(rows) == 1:
        (row,) = rows
        holding = row.outcome is Verdict.UNVERIFIED_YET
        return Decision(kind=row.kind, public=row.public, forbidden=forbidden, holding=holding)
    public = Public.YES if severity.at_least(Severity.S2) else Public.OPTIONAL
    return Decision(kind=StatementKind.CLARIFY, public=public, forbidden=forbidden)


def _deciding(verdicts: set[Verdict]) -> set[Verdict]:
    """The verdicts that decide about the kind: nothing known, else facts, else opinions."""
    if not verdicts or Verdict.UNVERIFIED_YET in verdicts:
        return {Verdict.UNVERIFIED_YET}
    facts = verdicts - {Verdict.OPINION, Verdict.OUT_OF_SCOPE}
    return facts or (verdicts & {Verdict.OPINION}) or {Verdict.OUT_OF_SCOPE}


def contested(conclusions: Sequence[Conclusion]) -> tuple[Conclusion, ...]:
    """The conclusions that contradict the report in whole or part."""
    return tuple(c for c in conclusions if c.verdict in CONTESTING)
