"""On what a playbook is tried: a topic of that day, and the facts known at receipt."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis.model.directory import Directory
from crisis.model.known_fact import known_at_receipt
from crisis.model.law_rule import StartingFact
from crisis.model.playbook import Playbook
from crisis.model.severity import Severity
from crisis.model.trial_topic import USUAL, trial_topics

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
HANDLED = StartingFact.AGENCY_RECEIVED_AND_HANDLING
ASKED = {StartingFact.REQUEST_RECEIVED, StartingFact.FORWARDED_ITEM_RECEIVED}


def content(name: str, model: Any) -> Any:
    return model.model_validate(yaml.safe_load((PLAYBOOKS / f"{name}.yaml").read_text("utf8")))


DIRECTORY = content("directory", Directory)
REPORT, HEALTH = (content(name, Playbook) for name in ("press-report", "public-health"))
REQUEST = content("press-request", Playbook)


def test_a_playbook_for_every_topic_is_tried_on_the_usual_one_or_one_of_that_day() -> None:
    assert trial_topics(REPORT, DIRECTORY, date(2026, 11, 26)) == (USUAL,)
    (then,) = trial_topics(REPORT, DIRECTORY, date(2024, 5, 2))
    assert then in DIRECTORY.topics
    assert then != USUAL


def test_a_playbook_of_its_own_topics_is_tried_on_one_of_them_or_on_none() -> None:
    (topic,) = trial_topics(HEALTH, DIRECTORY, date(2026, 11, 26))
    assert topic in HEALTH.applies_to.topics
    applies = HEALTH.applies_to.model_copy(update={"topics": ("held_by_nobody",)})
    other = HEALTH.model_copy(update={"applies_to": applies})
    assert trial_topics(other, DIRECTORY, date(2026, 11, 26)) == ()


@pytest.mark.parametrize(
    ("playbook", "severity", "known"),
    [
        (REPORT, Severity.S2, set()),
        (REPORT, Severity.S3, {HANDLED}),
        (REQUEST, Severity.S1, ASKED),
        (REQUEST, Severity.S4, ASKED | {HANDLED}),
    ],
)
def test_what_is_known_at_receipt_starts_the_limits_that_are_shown(
    playbook: Playbook, severity: Severity, known: set[StartingFact]
) -> None:
    assert known_at_receipt(playbook, severity) == known
