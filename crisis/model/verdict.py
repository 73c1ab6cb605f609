"""What verification can conclude about one claim."""

from enum import StrEnum


class Verdict(StrEnum):
    """The outcome of verifying one factual allegation (`law.yaml`, `verification_outcomes`)."""

    ACCURATE = "accurate"
    PARTLY_ACCURATE = "partly_accurate"
    INACCURATE = "inaccurate"
    OUT_OF_CONTEXT = "out_of_context"
    UNVERIFIED_YET = "unverified_yet"
    OPINION = "opinion"
    OUT_OF_SCOPE = "out_of_scope"


CONTESTING = frozenset({Verdict.INACCURATE, Verdict.OUT_OF_CONTEXT, Verdict.PARTLY_ACCURATE})
"""Verdicts that contradict the report in whole or part, so each needs evidence (INV1)."""

CLEARING = frozenset({Verdict.INACCURATE, Verdict.OUT_OF_CONTEXT})
"""Verdicts that clear whoever the claim is about: never on that body's own word alone."""
