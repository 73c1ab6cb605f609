"""A due time as an .ics file, and its cancellation."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from crisis.writing.view import clean

LENGTH = timedelta(minutes=30)
"""The entry ends at the due time and starts this long before, so that calendars show it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """A due time for a calendar; `key` names the task, a later `sequence` moves the same entry."""

    key: str
    domain: str
    summary: str
    description: str
    link: str
    organizer: str
    due_at: datetime
    at: datetime
    sequence: int = 0
    alarm_before: timedelta = timedelta(hours=2)
    cancelled: bool = False


def invitation_bytes(invitation: Invitation) -> bytes:
    """The .ics file: the same bytes for the same value, times in UTC.

    METHOD is PUBLISH, or CANCEL with a higher sequence where the task was recalled.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//phatngon//due times//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if invitation.cancelled else "PUBLISH")
    calendar.add_component(_event(invitation))
    return bytes(calendar.to_ical())


def _event(invitation: Invitation) -> Event:
    event = Event()
    digest = sha256(invitation.key.encode()).hexdigest()[:32]
    event.add("uid", f"{digest}@{invitation.domain}")
    event.add("dtstamp", invitation.at.astimezone(UTC))
    event.add("dtstart", (invitation.due_at - LENGTH).astimezone(UTC))
    event.add("dtend", invitation.due_at.astimezone(UTC))
    event.add("sequence", invitation.sequence + (1 if invitation.cancelled else 0))
    event.add("summary", clean(invitation.summary))
    event.add("description", clean(invitation.description))
    event.add("url", invitation.link)
    event["organizer"] = vCalAddress(f"mailto:{invitation.organizer}")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    if not invitation.cancelled:
        event.add_component(_alarm(invitation))
    return event


def _alarm(invitation: Invitation) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm["description"] = vText(clean(invitation.summary))
    alarm.add("trigger", LENGTH - invitation.alarm_before)
    return alarm
