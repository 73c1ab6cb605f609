"""The matter on which a playbook is tried: a topic that somebody answers for on that day."""

from datetime import date

from crisis.model.agency import Relation
from crisis.model.directory import Directory
from crisis.model.playbook import Playbook

USUAL = "provincial_works"
"""What a playbook for every topic is tried on, on the days on which somebody answers for it."""


def trial_topics(playbook: Playbook, directory: Directory, on: date) -> tuple[str, ...]:
    """One topic of `playbook` that an ordered agency holds on the day `on`; none where none does.

    A playbook without topics is for every topic, so any topic of that day's directory will do.
    """
    held = {
        topic
        for agency in directory.in_force(on)
        if agency.relation is Relation.SUBORDINATE
        for topic in agency.topics
    }
    wanted = playbook.applies_to.topics or (USUAL, *directory.topics)
    return next(((topic,) for topic in wanted if topic in held), ())
