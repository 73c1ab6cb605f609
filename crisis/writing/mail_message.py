"""A letter as the bytes of one mail to one recipient: the same bytes for the same input."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from crisis.writing.letter import WrittenLetter
from crisis.writing.mail_header import (
    address_header,
    checked,
    checked_address,
    text_header,
    token_header,
)
from crisis.writing.wording import LOCAL


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that travels with a mail."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """Who writes to whom, about what, when; a reply goes to `mailbox`, where people read it.

    `key` is the business key of the mail, `thread` the incident's code (mails of one incident stand
    together in the reader).
    """

    sender_name: str
    mailbox: str
    recipient: str
    key: str
    thread: str
    at: datetime
    recipient_name: str = ""
    exercise: bool = False
    invitation: bytes | None = None
    attachments: tuple[Attachment, ...] = ()


def message_id(key: str, domain: str) -> str:
    """The Message-ID that belongs to a business key: resent mail keeps it."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def compose(letter: WrittenLetter, envelope: Envelope) -> bytes:
    """The mail as bytes: CRLF, 7-bit clean, text and HTML, then the .ics and attachments.

    Raises BadInput where an address is none, or a name or subject has control characters.
    """
    mail = EmailMessage(policy=SMTP)
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if envelope.invitation is not None:
        _attach_invitation(mail, envelope.invitation)
    for attachment in envelope.attachments:
        _attach(mail, attachment)
    _fix_boundaries(mail, envelope.key)
    return _headers(letter.subject, envelope) + mail.as_bytes()


def _headers(subject: str, envelope: Envelope) -> bytes:
    office = checked_address(envelope.sender_name, envelope.mailbox, "mailbox")
    receiver = checked_address(envelope.recipient_name, envelope.recipient, "recipient")
    root = message_id(f"thread:{envelope.thread}", office.domain)
    lines = [
        address_header("From", office),
        address_header("To", receiver),
        text_header("Subject", subject),
        token_header("Date", format_datetime(envelope.at.astimezone(LOCAL))),
        token_header("Message-ID", message_id(envelope.key, office.domain)),
        token_header("In-Reply-To", root),
        token_header("References", root),
        token_header("Auto-Submitted", "auto-generated"),
        token_header("X-Auto-Response-Suppress", "All"),
    ]
    if envelope.exercise:
        lines.append(token_header("X-Phatngon-Exercise", "yes"))
    return b"".join(lines)


def _attach_invitation(mail: EmailMessage, calendar: bytes) -> None:
    method = "CANCEL" if b"\nMETHOD:CANCEL\r" in calendar else "PUBLISH"
    mail.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename="thoi-han.ics",
        params={"charset": "utf-8", "method": method},
    )


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    maintype, _, subtype = attachment.media_type.partition("/")
    mail.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=checked(attachment.filename, "filename"),
    )


def _fix_boundaries(mail: EmailMessage, key: str) -> None:
    """Boundaries from the key: the standard library would draw them at random."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{sha256(f'{key}:{number}'.encode()).hexdigest()[:32]}")
