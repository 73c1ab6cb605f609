"""A due time in the receiver's calendar, and its cancellation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from crisis.writing.invitation import Invitation, invitation_bytes

DUE = datetime(2027, 2, 5, 9, 30, tzinfo=UTC)
INVITATION = Invitation(
    key="QT-2027-0012/task/7",
    domain="quangtri.example",
    summary="QT-2027-0012: trả lời, gồm chứng cứ; \\ 2 nội dung",
    description="Dòng một\nDòng hai",
    link="https://phatngon.example/viec/abc",
    organizer="phatngon@quangtri.example",
    due_at=DUE,
    at=datetime(2027, 2, 3, 1, 15, tzinfo=UTC),
)


def parsed(invitation: Invitation):
    calendar = Calendar.from_ical(invitation_bytes(invitation))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_the_due_time_stands_in_the_calendar_with_an_alarm() -> None:
    calendar, event = parsed(INVITATION)
    (alarm,) = event.walk("VALARM")
    assert calendar["METHOD"] == "PUBLISH"
    assert event.decoded("dtend") == DUE
    assert event.decoded("dtstart") == DUE - timedelta(minutes=30)
    assert event["SUMMARY"] == INVITATION.summary
    assert event["DESCRIPTION"] == INVITATION.description
    assert event["URL"] == INVITATION.link
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("dtstart") + alarm.decoded("trigger") == DUE - timedelta(hours=2)


def test_a_moved_due_time_is_the_same_entry() -> None:
    _, first = parsed(INVITATION)
    _, moved = parsed(replace(INVITATION, due_at=DUE + timedelta(days=1), sequence=1))
    _, other = parsed(replace(INVITATION, key="QT-2027-0012/task/8"))
    assert moved["UID"] == first["UID"] != other["UID"]
    assert moved["SEQUENCE"] > first["SEQUENCE"]


def test_a_recall_cancels_the_entry() -> None:
    _, first = parsed(INVITATION)
    calendar, event = parsed(replace(INVITATION, cancelled=True))
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == first["UID"]
    assert event["SEQUENCE"] > first["SEQUENCE"]
    assert event.walk("VALARM") == []


def test_the_same_value_gives_the_same_bytes_with_network_line_ends() -> None:
    data = invitation_bytes(INVITATION)
    assert data == invitation_bytes(INVITATION)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_a_summary_cannot_add_lines_of_its_own() -> None:
    _, event = parsed(replace(INVITATION, summary="a\r\nATTENDEE:mailto:x@evil.test"))
    assert "ATTENDEE" not in event
