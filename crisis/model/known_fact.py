"""The facts of law that are known when a simulated silence begins: what was received, and how."""

from crisis.model.law_rule import StartingFact
from crisis.model.playbook import Playbook
from crisis.model.press_request import AT_RECEIPT
from crisis.model.severity import Severity

PRESS_REQUEST = "press_request"
"""The kind of matter in which a newspaper asks the office itself."""

ANSWERS = frozenset(start.purpose for start in AT_RECEIPT.values())
"""Purposes of the rules that give the office so long to answer a newspaper."""


def known_at_receipt(playbook: Playbook, severity: Severity) -> frozenset[StartingFact]:
    """The facts that start a limit of law at the moment of receipt.

    S3 and S4 are shown with the 24 hours as they run if determined on receipt; a playbook for
    press requests with the limits of both kinds of request that the law gives a number of days.
    """
    facts: set[StartingFact] = set()
    if severity.at_least(Severity.S3):
        facts.add(StartingFact.AGENCY_RECEIVED_AND_HANDLING)
    if PRESS_REQUEST in playbook.applies_to.kinds:
        facts |= {start.fact for start in AT_RECEIPT.values()}
    return frozenset(facts)
