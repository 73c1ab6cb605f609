"""The facts that an entry of the ledger must hold, by its action.

They are read by the annual report, the clocks and the audit pack's verifier.
"""

from crisis.model.action import Action

FACTS: dict[Action, frozenset[str]] = {
    Action.INCIDENT_MOVED: frozenset({"from", "to"}),
    Action.REQUEST_RECEIVED: frozenset({"request", "kind", "exercise", "received_at"}),
    Action.REQUEST_ANSWERED: frozenset({"request", "kind", "form", "exercise"}),
    Action.REQUEST_REFUSED: frozenset({"request", "kind", "ground", "exercise"}),
    Action.NAMES_PROTECTED: frozenset({"count"}),
    Action.DETERMINATION_MADE: frozenset({"determination", "answer", "made_at"}),
    Action.CLOCK_STARTED: frozenset({"deadline", "rule", "starts_at", "due_at"}),
    Action.CLOCK_RECOMPUTED: frozenset({"deadline", "due_at"}),
    Action.CLOCK_MET: frozenset({"deadline"}),
    Action.CLOCK_MISSED: frozenset({"deadline"}),
    Action.CLOCK_DONE_LATE: frozenset({"deadline"}),
    Action.CLOCK_CANCELLED: frozenset({"deadline"}),
    Action.CLOCK_PAUSED: frozenset({"deadline"}),
    Action.CLOCK_RESUMED: frozenset({"deadline", "due_at"}),
    Action.STATEMENT_DRAFTED: frozenset({"statement", "version", "digest", "variants"}),
    Action.STATEMENT_EDITED: frozenset({"statement", "version", "digest", "variants"}),
    Action.STATEMENT_SUBMITTED: frozenset({"statement", "version", "digest"}),
    Action.APPROVAL_GIVEN: frozenset({"statement", "version", "digest"}),
    Action.APPROVAL_VOIDED: frozenset({"statement", "version"}),
    Action.PUBLICATION_FROZEN: frozenset({"statement", "version", "digest", "variants"}),
    Action.MAIL_ACCEPTED: frozenset({"sha256"}),
    Action.EVIDENCE_STORED: frozenset({"sha256"}),
    Action.DUTY_FULFILLED: frozenset({"duty", "kind", "done_at", "exercise"}),
    Action.SPOKESPERSON_NAMED: frozenset({"duty", "done_at", "exercise"}),
    Action.DUTY_WITHDRAWN: frozenset({"duty", "kind", "exercise"}),
    Action.SHIFT_SET: frozenset({"shift", "user", "starts_at", "ends_at"}),
    Action.SHIFT_WITHDRAWN: frozenset({"shift", "user"}),
    Action.DATA_ERASED: frozenset({"decision", "erased"}),
    Action.CHECKPOINT_SIGNED: frozenset({"checkpoint", "root"}),
    Action.PACK_EXPORTED: frozenset({"contents"}),
}
"""Keys that must stand in `data`; `variants` are objects `{outlet, language, sha256}`."""
