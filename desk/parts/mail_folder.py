"""A folder of mails: each one a file `.eml` with exactly the bytes that came in."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote, unquote

STAMP = "%Y%m%dT%H%M%S.%fZ"
NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)_([A-Za-z0-9@.+%~-]{1,180})_([0-9a-f]{12})\.eml")
RECIPIENT_LIMIT = 180


@dataclass(frozen=True, kw_only=True, slots=True)
class MailCard:
    """What the name and the headers of one stored mail say."""

    name: str
    at: datetime
    recipient: str
    sender: str
    subject: str
    message_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """One attached file of a mail, decoded."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredMail:
    """One mail opened: `html` is what the sender wrote and not to be trusted."""

    card: MailCard
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    raw: bytes


class MailFolder:
    """Keeps mails under `folder`, newest first; names carry time, recipient and a hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, message: bytes, *, recipient: str, at: datetime) -> str:
        """Store `message` whole or not at all; its file name. Raises OSError."""
        name = mail_name(message, recipient=recipient, at=at)
        with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as draft:
            draft.write(message)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(self.folder / name)
        return name

    def names(self, recipient: str = "") -> list[str]:
        """File names, newest first; only those to `recipient` where one is given."""
        matches = (NAME.fullmatch(path.name) for path in self.folder.glob("*.eml"))
        found = [m for m in matches if m and recipient in {"", unquote(m[2])}]
        return sorted((m.string for m in found), reverse=True)

    def cards(self, recipient: str = "", *, limit: int = 200) -> list[MailCard]:
        """The newest mails, at most `limit`."""
        return [_card(name, self._parsed(name)) for name in self.names(recipient)[:limit]]

    def recipients(self) -> list[str]:
        """Everyone who has mail here, by name."""
        found = {m[2] for name in self.names() if (m := NAME.fullmatch(name))}
        return sorted(unquote(one) for one in found)

    def raw(self, name: str) -> bytes | None:
        """The exact bytes of one mail, None where there is none of that name."""
        path = self.folder / name
        if not NAME.fullmatch(name) or not path.is_file():
            return None
        return path.read_bytes()

    def mail(self, name: str) -> StoredMail | None:
        """One mail opened, None where there is none of that name."""
        raw = self.raw(name)
        if raw is None:
            return None
        message = _parse(raw)
        return StoredMail(
            card=_card(name, message),
            headers=tuple((key, _plain(value)) for key, value in message.items()),
            text=_body(message, "plain"),
            html=_body(message, "html"),
            attachments=tuple(_attachment(part) for part in message.iter_attachments()),
            raw=raw,
        )

    def _parsed(self, name: str) -> EmailMessage:
        return _parse((self.folder / name).read_bytes(), headers_only=True)


def mail_name(message: bytes, *, recipient: str, at: datetime) -> str:
    """The file name of one mail: time in UTC, recipient, and the start of the bytes' SHA-256."""
    safe = quote(recipient.lower(), safe="@.+-~").replace("_", "%5F")[:RECIPIENT_LIMIT]
    digest = sha256(message).hexdigest()[:12]
    return f"{at.astimezone(UTC).strftime(STAMP)}_{safe or 'nobody'}_{digest}.eml"


def _parse(raw: bytes, *, headers_only: bool = False) -> EmailMessage:
    parser = BytesParser(EmailMessage, policy=policy.default.clone(raise_on_defect=False))
    return parser.parsebytes(raw, headersonly=headers_only)


def _card(name: str, message: EmailMessage) -> MailCard:
    stamp, recipient, _ = name.removesuffix(".eml").split("_")
    return MailCard(
        name=name,
        at=datetime.strptime(stamp, STAMP).replace(tzinfo=UTC),
        recipient=unquote(recipient),
        sender=_plain(message.get("From", "")),
        subject=_plain(message.get("Subject", "")),
        message_id=_plain(message.get("Message-ID", "")).strip(),
    )


def _plain(value: object) -> str:
    return str(value).encode(errors="replace").decode()


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return _plain(part.get_content())
    except (LookupError, ValueError):
        return _plain(part.get_payload())


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    return Attachment(
        name=_plain(part.get_filename() or part.get_content_type().replace("/", ".")),
        kind=part.get_content_type(),
        content=content if isinstance(content, bytes) else b"",
    )
