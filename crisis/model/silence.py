"""The setting in which nobody answers, and the events that then happen.

A report is received and confirmed at one instant and the agencies get their tasks; from then on no
agency confirms, nobody signs, nobody publishes. `crisis.model.simulation` tells what follows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from crisis.model.agency import Agency
from crisis.model.calendar import Calendar
from crisis.model.contact import ContactBook, OfficePerson
from crisis.model.directory import Directory
from crisis.model.errors import NotFound
from crisis.model.law import Law
from crisis.model.law_rule import StartingFact
from crisis.model.playbook import Playbook
from crisis.model.resolution import resolve
from crisis.model.role import Rung
from crisis.model.severity import Severity
from crisis.model.words import words


class EventKind(StrEnum):
    """What an event is; the kinds of `LETTERS` are mails."""

    ASSIGNMENT = "assignment"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
    APPROVAL_REQUEST = "approval_request"
    APPROVAL_OVERDUE = "approval_overdue"
    ACKNOWLEDGE_DUE = "acknowledge_due"
    TARGET_DUE = "target_due"
    LEGAL_DUE = "legal_due"
    RUNG_SKIPPED = "rung_skipped"
    NOBODY_REACHED = "nobody_reached"
    NOBODY_SIGNS = "nobody_signs"
    LADDER_OVER = "ladder_over"


LETTERS = frozenset(
    {
        EventKind.ASSIGNMENT,
        EventKind.REMINDER,
        EventKind.OVERDUE,
        EventKind.ESCALATION,
        EventKind.APPROVAL_REQUEST,
        EventKind.APPROVAL_OVERDUE,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happens at an instant. `email` is empty where nobody gets a mail.

    `about` is the agency, or the step or rule that is due; `name` the person who is written to.
    """

    at: datetime
    kind: EventKind
    about: str
    email: str = ""
    name: str = ""
    rung: Rung | None = None
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The content under which nobody answers, and the matter: `agencies` override topics."""

    playbook: Playbook
    law: Law
    directory: Directory
    contacts: ContactBook
    calendar: Calendar
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    determined: frozenset[StartingFact] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A setting at one severity, from the moment `at` of receipt and confirmation."""

    setting: Setting
    severity: Severity
    at: datetime

    @property
    def office(self) -> tuple[OfficePerson, ...]:
        """The office's people who are there on that day."""
        on = self.setting.calendar.day_of(self.at)
        return tuple(one for one in self.setting.contacts.office if one.in_force(on))

    def asked(self) -> tuple[Agency, ...]:
        """The agencies that get a task, the lead first.

        Raises NotFound for one that is not in force, and where the directory knows no lead.
        """
        setting, on = self.setting, self.setting.calendar.day_of(self.at)
        if setting.agencies:
            return tuple(_standing(setting.directory, one, on) for one in setting.agencies)
        found = resolve(setting.directory, topics=setting.topics, places=setting.places, on=on)
        if found.lead is None:
            raise NotFound(found.unresolved[-1].why)
        return (found.lead, *found.coordinating)


def _standing(directory: Directory, agency: str, on: date) -> Agency:
    found = directory.agency(agency, on)
    if found is None:
        raise NotFound(
            words(
                f"Danh bạ không có cơ quan {agency} vào ngày này.",
                f"The directory has no agency {agency} on that day.",
            )
        )
    return found
