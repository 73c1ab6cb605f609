"""Which kind of statement follows from all verdicts together."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.claim import Conclusion
from crisis.model.decision import TABLE, Public, contested, decide, row_for
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.verdict import CONTESTING, Verdict

Concluded = Callable[..., Conclusion]

# The office's decision table, row by row: outcome, from severity, statement, public, denial barred.
ROWS = [
    ("accurate", "S1", "internal_remedy_and_notify_press", "no", True),
    ("accurate", "S2", "acknowledge_and_remedy", "yes", True),
    ("partly_accurate", "S1", "clarify", "optional", True),
    ("partly_accurate", "S2", "clarify", "yes", True),
    ("inaccurate", "S1", None, "no", False),
    ("inaccurate", "S2", "correct_with_evidence", "yes", False),
    ("out_of_context", "S1", "clarify", "optional", True),
    ("out_of_context", "S2", "clarify", "yes", True),
    ("unverified_yet", "S1", None, "no", True),
    ("unverified_yet", "S2", "holding_statement", "on_request", True),
    ("unverified_yet", "S3", "holding_statement", "yes", True),
    ("opinion", "S1", "listen_and_explain", "optional", True),
    ("out_of_scope", "S1", "referral", "on_request", True),
]


def test_the_table_is_the_office_s_table_row_by_row() -> None:
    told = [
        (r.outcome, r.min_severity, r.kind, r.public, StatementKind.CORRECT in r.forbid)
        for r in TABLE
    ]
    assert told == ROWS


@pytest.mark.parametrize(("outcome", "severity"), list(product(Verdict, Severity)))
def test_the_row_is_the_highest_one_not_above_the_severity(
    outcome: Verdict, severity: Severity
) -> None:
    fitting = [s for o, s, *_ in ROWS if o == outcome and s <= severity.value]
    assert row_for(outcome, severity).min_severity.value == max(fitting)


# Verdicts on all claims, severity → kind and publicity.
TOGETHER = [
    ("", "S1", None, "no"),
    ("", "S3", "holding_statement", "yes"),
    ("accurate", "S1", "internal_remedy_and_notify_press", "no"),
    ("accurate accurate", "S4", "acknowledge_and_remedy", "yes"),
    ("inaccurate inaccurate", "S2", "correct_with_evidence", "yes"),
    ("inaccurate", "S1", None, "no"),
    ("accurate inaccurate", "S2", "clarify", "yes"),
    ("accurate inaccurate", "S1", "clarify", "optional"),
    ("inaccurate out_of_context", "S2", "clarify", "yes"),
    ("accurate partly_accurate", "S3", "clarify", "yes"),
    ("accurate partly_accurate inaccurate out_of_context", "S2", "clarify", "yes"),
    ("accurate unverified_yet", "S1", None, "no"),
    ("accurate unverified_yet", "S2", "holding_statement", "on_request"),
    ("inaccurate inaccurate unverified_yet", "S3", "holding_statement", "yes"),
    ("opinion unverified_yet", "S4", "holding_statement", "yes"),
    ("opinion", "S3", "listen_and_explain", "optional"),
    ("opinion out_of_scope", "S2", "listen_and_explain", "optional"),
    ("out_of_scope", "S2", "referral", "on_request"),
    ("opinion accurate", "S2", "acknowledge_and_remedy", "yes"),
    ("opinion inaccurate", "S2", "correct_with_evidence", "yes"),
    ("out_of_scope inaccurate", "S2", "correct_with_evidence", "yes"),
    ("opinion out_of_scope accurate inaccurate", "S2", "clarify", "yes"),
]


@pytest.mark.parametrize(("verdicts", "severity", "kind", "public"), TOGETHER)
def test_all_claims_together_decide_the_kind(
    concluded: Concluded, verdicts: str, severity: str, kind: str | None, public: str
) -> None:
    found = [concluded(Verdict(v), n) for n, v in enumerate(verdicts.split(), start=1)]
    decision = decide(found, Severity(severity))
    assert (decision.kind, decision.public) == (kind, public)
    assert decision.holding is (not verdicts or "unverified_yet" in verdicts)


severities = st.sampled_from(sorted(Severity))
mixtures = st.lists(st.sampled_from(sorted(Verdict)), max_size=6)


@given(mixtures, severities)
def test_a_denial_follows_only_where_every_fact_was_found_inaccurate(
    concluded: Concluded, verdicts: list[Verdict], severity: Severity
) -> None:
    decision = decide([concluded(v) for v in verdicts], severity)
    facts = set(verdicts) - {Verdict.OPINION, Verdict.OUT_OF_SCOPE}
    if decision.kind is StatementKind.CORRECT:
        assert facts == {Verdict.INACCURATE}
    if Verdict.UNVERIFIED_YET in verdicts:
        assert decision.kind in {None, StatementKind.HOLDING}
    if facts & {Verdict.ACCURATE, Verdict.PARTLY_ACCURATE, Verdict.OUT_OF_CONTEXT}:
        assert StatementKind.CORRECT in decision.forbidden


@given(mixtures, severities)
def test_what_is_decided_is_never_what_is_forbidden(
    concluded: Concluded, verdicts: list[Verdict], severity: Severity
) -> None:
    decision = decide([concluded(v) for v in verdicts], severity)
    assert decision.kind not in decision.forbidden
    assert decision.kind is None or decision.carries(decision.kind)


@given(mixtures, severities)
def test_the_order_of_the_claims_does_not_matter(
    concluded: Concluded, verdicts: list[Verdict], severity: Severity
) -> None:
    forth = decide([concluded(v) for v in verdicts], severity)
    assert forth == decide([concluded(v) for v in reversed(verdicts)], severity)


# Which kinds may still go out under a decision.
CARRIED = [
    ("unverified_yet", "S1", {"holding_statement"}),
    ("unverified_yet", "S3", {"holding_statement"}),
    ("accurate", "S2", {"acknowledge_and_remedy"}),
    ("inaccurate", "S2", {"correct_with_evidence"}),
    ("inaccurate", "S1", {"correct_with_evidence"}),
    ("opinion", "S2", {"listen_and_explain"}),
    ("accurate inaccurate", "S2", {"clarify"}),
]


@pytest.mark.parametrize(("verdicts", "severity", "kinds"), CARRIED)
def test_only_what_was_found_may_still_be_said(
    concluded: Concluded, verdicts: str, severity: str, kinds: set[str]
) -> None:
    decision = decide([concluded(Verdict(v)) for v in verdicts.split()], Severity(severity))
    assert {kind.value for kind in StatementKind if decision.carries(kind)} == kinds


def test_contested_are_the_conclusions_that_contradict_the_report(concluded: Concluded) -> None:
    every = [concluded(verdict) for verdict in Verdict]
    assert {c.verdict for c in contested(every)} == CONTESTING
    assert Public.YES is not Public.OPTIONAL
