"""One row of the decision table: what the office does about one claim with one verdict."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from crisis.model.decision import Public
from crisis.model.limit import Target
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.verdict import Verdict
from crisis.model.words import Words


class Silence(StrEnum):
    """Deliberately saying nothing in public: watching on, or a recorded decision not to answer."""

    MONITOR = "monitor"
    NO_PUBLIC_RESPONSE = "no_public_response"


class Requirement(StrEnum):
    """What must stand in the record before the row may be acted on."""

    PER_CLAIM_VERDICT = "per_claim_verdict"
    EVIDENCE = "evidence"
    EVIDENCE_FOR_EACH_CONTESTED_CLAIM = "evidence_for_each_contested_claim"
    EVIDENCE_OWNER = "evidence_owner"
    ORIGINAL_DOCUMENT = "original_document"
    RECORDED_REASON = "recorded_reason"
    NEXT_UPDATE_AT = "next_update_at"
    APPROVER_TWO_PERSON = "approver_two_person"


class Forbidden(StrEnum):
    """What the words may not do under this row."""

    DENY = "deny"
    BLAME = "blame"
    CORRECT_WITH_EVIDENCE = "correct_with_evidence"


def _unquoted(value: object) -> object:
    """YAML reads a bare yes or no as a truth value."""
    return {True: Public.YES, False: Public.NO}[value] if isinstance(value, bool) else value


class DecisionRow(BaseModel):
    """The answer to a claim judged `outcome` in an incident of `min_severity` or worse.

    Among the rows of an outcome the one with the highest `min_severity` not above the incident's
    applies. `statement` is a kind of statement or a form of silence; `alternative` may be chosen
    instead; `recheck` says when silence is looked at again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Verdict
    min_severity: Severity
    statement: StatementKind | Silence
    public: Annotated[Public, BeforeValidator(_unquoted)]
    label: Words
    requires: tuple[Requirement, ...] = ()
    forbids: tuple[Forbidden, ...] = ()
    alternative: StatementKind | None = None
    recheck: Target | None = None
