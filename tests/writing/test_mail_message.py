"""A mail says who writes to whom, survives the wire, and is the same bytes every time."""

from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.errors import BadInput
from crisis.model.words import Language
from crisis.writing.letter import WrittenLetter, write_letter
from crisis.writing.mail_message import Attachment, Envelope, compose, message_id
from crisis.writing.shelf import Shelf

LETTER = WrittenLetter(
    subject="[QT-2027-0012] Giao xác minh thông tin",
    text="Kính gửi\nĐầy đủ dấu\n",
    html="<p>Đ</p>\n",
)
ENVELOPE = Envelope(
    sender_name='Trần Thu Hà (Văn phòng "UBND", tỉnh)',
    mailbox="phatngon@quangtri.example",
    recipient="sxd@quangtri.example",
    recipient_name="Sở Xây dựng, tỉnh Quảng Trị",
    key="QT-2027-0012/assignment/1/sxd",
    thread="QT-2027-0012",
    at=datetime(2027, 2, 3, 1, 15, tzinfo=UTC),
)
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"


def parsed(data: bytes) -> EmailMessage:
    return BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)


def display_name(data: bytes, header: str) -> str:
    """The name as RFC 2047 says; the newer parser adds a space between encoded words of a name."""
    raw = BytesParser().parsebytes(data, headersonly=True)[header]
    return str(make_header(decode_header(parseaddr(raw)[0])))


def words_of(mail: EmailMessage, kind: str) -> str:
    """The words of a body; line ends are CRLF on the wire."""
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_the_headers_say_who_writes_to_whom_about_what() -> None:
    mail = parsed(compose(LETTER, ENVELOPE))
    assert display_name(compose(LETTER, ENVELOPE), "From") == ENVELOPE.sender_name
    assert mail["From"].addresses[0].addr_spec == "phatngon@quangtri.example"
    assert [a.addr_spec for a in mail["To"].addresses] == ["sxd@quangtri.example"]
    assert display_name(compose(LETTER, ENVELOPE), "To") == ENVELOPE.recipient_name
    assert mail["Reply-To"] is None
    assert mail["Subject"] == LETTER.subject
    assert mail["Date"].datetime == ENVELOPE.at
    assert str(mail["Date"]).endswith("+0700")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Phatngon-Exercise"] is None


def test_the_message_id_follows_from_the_business_key_alone() -> None:
    mail = parsed(compose(LETTER, replace(ENVELOPE, at=datetime(2028, 1, 1, tzinfo=UTC))))
    assert mail["Message-ID"] == message_id(ENVELOPE.key, "quangtri.example")
    assert message_id("other", "quangtri.example") != mail["Message-ID"]


def test_all_mails_of_one_incident_stand_in_one_thread() -> None:
    first = parsed(compose(LETTER, ENVELOPE))
    second = parsed(compose(LETTER, replace(ENVELOPE, key="another")))
    other = parsed(compose(LETTER, replace(ENVELOPE, thread="QT-2027-0013")))
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert other["References"] != first["References"]


def test_an_exercise_is_marked_in_a_header() -> None:
    assert parsed(compose(LETTER, replace(ENVELOPE, exercise=True)))["X-Phatngon-Exercise"] == "yes"


def test_text_html_calendar_and_files_arrive_unharmed() -> None:
    pdf = Attachment(
        filename="Phiếu số 1.pdf", media_type="application/pdf", content=b"%PDF\x00\xff"
    )
    mail = parsed(compose(LETTER, replace(ENVELOPE, invitation=CALENDAR, attachments=(pdf,))))
    assert mail.get_content_type() == "multipart/mixed"
    assert words_of(mail, "plain") == LETTER.text
    assert words_of(mail, "html") == LETTER.html
    calendar, file = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_payload(decode=True) == CALENDAR
    assert file.get_filename() == "Phiếu số 1.pdf"
    assert file.get_content() == pdf.content


def test_a_cancelled_invitation_says_so() -> None:
    cancelled = CALENDAR.replace(b"PUBLISH", b"CANCEL")
    mail = parsed(compose(LETTER, replace(ENVELOPE, invitation=cancelled)))
    (calendar,) = mail.iter_attachments()
    assert calendar["Content-Type"].params["method"] == "CANCEL"


def test_the_same_input_gives_the_same_bytes() -> None:
    full = replace(ENVELOPE, invitation=CALENDAR)
    assert compose(LETTER, full) == compose(LETTER, full)
    assert compose(LETTER, full) != compose(LETTER, replace(full, key="another"))


def test_every_real_letter_crosses_a_seven_bit_wire(every_letter, shelf: Shelf) -> None:
    for letter in every_letter(Language.VI, exercise=True):
        written = write_letter(shelf, letter)
        data = compose(written, replace(ENVELOPE, invitation=CALENDAR))
        assert data.isascii()
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(len(line) for line in data.split(b"\r\n")) <= 998
        mail = parsed(data)
        assert mail["Subject"] == written.subject
        assert words_of(mail, "plain") == written.text
        assert words_of(mail, "html") == written.html


@pytest.mark.parametrize(
    "change",
    [
        {"sender_name": "Hà\r\nBcc: all@example.test"},
        {"sender_name": "Hà\x00"},
        {"recipient_name": "Sở\nX: y"},
        {"recipient_name": "Sở\u2028X"},
        {"recipient": "a@b.test\r\nBcc: c@d.test"},
        {"recipient": "a@b.test, c@d.test"},
        {"recipient": "không phải địa chỉ"},
        {"recipient": "sở@quangtri.example"},
        {"recipient": ""},
        {"recipient": "@"},
        {"mailbox": "Hà <a@b.test>"},
    ],
)
def test_header_injection_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(BadInput) as caught:
        compose(LETTER, replace(ENVELOPE, **change))
    assert caught.value.field in {*change, "mailbox", "recipient"}


def test_a_subject_with_a_line_end_is_refused() -> None:
    with pytest.raises(BadInput):
        compose(replace(LETTER, subject="Giao việc\r\nBcc: a@b.test"), ENVELOPE)


def test_a_file_name_with_a_line_end_is_refused() -> None:
    file = Attachment(filename="a\r\nX: y.pdf", media_type="application/pdf", content=b"")
    with pytest.raises(BadInput):
        compose(LETTER, replace(ENVELOPE, attachments=(file,)))


SPOKEN = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấậớợủứừự ,.;:\"'()<>@[]=?_-–“”0123456789Ư"),
    min_size=1,
    max_size=120,
).map(lambda text: " ".join(text.split()) or "x")


@given(subject=SPOKEN, name=SPOKEN)
def test_any_subject_and_name_that_people_write_comes_back(subject: str, name: str) -> None:
    data = compose(replace(LETTER, subject=subject), replace(ENVELOPE, sender_name=name))
    mail = parsed(data)
    assert mail["Subject"] == subject
    assert mail["From"].addresses[0].addr_spec == ENVELOPE.mailbox
    assert display_name(data, "From") == name
    assert max(len(line) for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n")) <= 90
    assert len(mail["From"].addresses) == 1
