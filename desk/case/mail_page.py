"""An incident's mails: how each fared, and for those who steer or audit the text that was sent."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.role import Role
from crisis.records import mail, mail_list
from desk.case.frame import shown, standing_of
from desk.case.words import LETTER_WORDS, MAIL_WORDS
from desk.door.app_state import office_of, reading
from desk.door.gate import ACTING, Person, may, must

READERS = (*ACTING, Role.AUDITOR)
HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted")

# Who holds a task link acts as the agency; nobody of the office may read one.
_LINK = re.compile(r"(/viec/)[A-Za-z0-9_-]{8,}")
HIDDEN = "•••"

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


@router.get("/thu")
async def page(request: Request, signed: Person, code: str) -> Response:
    """Every mail of the incident with its state and the server's reply."""
    office = office_of(request)
    async with reading(office) as act:
        standing = await standing_of(office, act, code)
        rows = list(reversed(await mail.of_incident(act.session, standing.incident.id)))
    values = {
        "rows": rows,
        "letters": LETTER_WORDS,
        "states": MAIL_WORDS,
        "readable": may(signed, *READERS),
    }
    return shown(request, "incident_mails.html", standing, values)


@router.get("/thu/{mail_id}")
async def one(request: Request, signed: Person, code: str, mail_id: UUID) -> Response:
    """One mail as it was sent, its task link hidden, with every attempt."""
    must(signed, *READERS)
    office = office_of(request)
    async with reading(office) as act:
        standing = await standing_of(office, act, code)
        row = await mail_list.get(act.session, str(mail_id), standing.incident.id)
        raw = await mail.content(act.session, row)
        values = {"row": row, "attempts": await mail_list.attempts(act.session, row.id)}
    message = _parsed(raw)
    values |= {
        "letters": LETTER_WORDS,
        "states": MAIL_WORDS,
        "headers": [(name, masked(str(message[name]))) for name in HEADERS if message[name]],
        "text": masked(_text(message)),
        "files": [part.get_filename() or part.get_content_type() for part in _files(message)],
    }
    return shown(request, "incident_mail.html", standing, values)


def masked(text: str) -> str:
    """`text` without the tokens that let somebody act for an agency."""
    return _LINK.sub(rf"\g<1>{HIDDEN}", text)


def _parsed(raw: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return str(part.get_content()) if part is not None else ""


def _files(message: EmailMessage) -> list[EmailMessage]:
    return [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
