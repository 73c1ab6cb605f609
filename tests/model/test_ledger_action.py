"""The catalogue of actions is a published format."""

import re

import pytest

from crisis.model.action import Action
from crisis.model.action_fact import FACTS


@pytest.mark.parametrize("action", Action)
def test_every_action_is_dotted_and_told_in_both_languages(action: Action) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", action)
    assert action.name == str(action).replace(".", "_").upper()
    assert action.label.vi != action.label.en
    assert len(action.label.vi) <= 60


def test_an_action_is_found_by_its_published_name() -> None:
    assert Action("incident.opened") is Action.INCIDENT_OPENED
    assert f"{Action.MAIL_ACCEPTED}" == "mail.accepted" == Action.MAIL_ACCEPTED.value


def test_no_two_actions_are_told_alike() -> None:
    assert len({action.label.vi for action in Action}) == len(Action)
    assert len({action.label.en for action in Action}) == len(Action)


def test_facts_are_ascii_names() -> None:
    assert all(fact.isascii() and fact.islower() for facts in FACTS.values() for fact in facts)
