"""What verification can conclude, and which verdicts go against the report."""

import pytest

from crisis.model.verdict import CLEARING, CONTESTING, Verdict

# verdict, contradicts the report, clears whoever it is about
VERDICTS = [
    ("accurate", False, False),
    ("partly_accurate", True, False),
    ("inaccurate", True, True),
    ("out_of_context", True, True),
    ("unverified_yet", False, False),
    ("opinion", False, False),
    ("out_of_scope", False, False),
]


def test_the_verdicts_are_those_of_the_law_file() -> None:
    assert [verdict for verdict, _, _ in VERDICTS] == [verdict.value for verdict in Verdict]


@pytest.mark.parametrize(("verdict", "contests", "clears"), VERDICTS)
def test_what_contests_a_report_and_what_clears_the_body_concerned(
    verdict: str, *, contests: bool, clears: bool
) -> None:
    assert (Verdict(verdict) in CONTESTING) is contests
    assert (Verdict(verdict) in CLEARING) is clears


def test_whatever_clears_also_contests() -> None:
    assert CLEARING < CONTESTING
