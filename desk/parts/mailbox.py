"""The mailbox of `demo` and `up`: pages that show every mail the built-in SMTP server kept.

Whoever reads it reads every task link, so it is served on loopback only and never in an office
that sends through a real server.
"""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, HTTPException, Query, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field

from crisis.model.calendar import HANOI
from crisis.model.words import Language
from desk.parts.mail_folder import MailCard, MailFolder, StoredMail
from desk.parts.mail_sink import Fault, FaultMode, MailSink

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
    " style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'"
)


class FaultOrder(BaseModel):
    """What a test asks of the server; see `Fault`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: FaultMode
    code: int = Field(default=451, ge=400, le=599)
    seconds: float = Field(default=0, ge=0, le=600)
    times: int = -1


class Mailbox:
    """The pages of one folder; the routes are `router`."""

    def __init__(
        self, folder: MailFolder, *, templates: Path, sink: MailSink | None = None
    ) -> None:
        self._folder = folder
        self._templates = templates / "desk"
        self._sink = sink
        self.router = APIRouter(include_in_schema=False)
        route = self.router.add_api_route
        route("/hop-thu", self.page)
        route("/hop-thu.json", self.listing)
        route("/hop-thu/mailbox.css", self.style)
        route("/hop-thu/su-co", self.misbehave, methods=["POST"], status_code=204)
        route("/hop-thu/{name}", self.mail)
        route("/hop-thu/{name}/html", self.html)
        route("/hop-thu/{name}/raw", self.raw)
        route("/hop-thu/{name}/tep/{number}", self.attachment)

    def page(
        self,
        to: str = "",
        lang: str | None = None,
        accept_language: Annotated[str, Header()] = "",
    ) -> Response:
        """All mail, newest first, or that of one recipient."""
        cards, recipients = self._folder.cards(to), self._folder.recipients()
        values = {"cards": cards, "recipients": recipients, "to": to}
        return self._shown("mailbox.html", _language(lang, accept_language), **values)

    def listing(
        self, to: str = "", limit: Annotated[int, Query(ge=1, le=10_000)] = 1000
    ) -> list[dict[str, str]]:
        """The same as JSON, newest first."""
        return [_as_json(card) for card in self._folder.cards(to, limit=limit)]

    def mail(
        self,
        name: str,
        lang: str | None = None,
        accept_language: Annotated[str, Header()] = "",
    ) -> Response:
        """One mail."""
        language = _language(lang, accept_language)
        return self._shown("mailbox_mail.html", language, mail=self._found(name))

    def html(self, name: str) -> Response:
        """The HTML part for the sandboxed frame: no scripts, nothing fetched, links in new tabs."""
        page = (
            '<!doctype html><meta charset="utf-8"><base target="_blank">' + self._found(name).html
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": MAIL_POLICY} | _CAREFUL)

    def raw(self, name: str) -> Response:
        """The exact bytes, for download."""
        return _download(self._found(name).raw, name, "message/rfc822")

    def attachment(self, name: str, number: int) -> Response:
        """One attached file, for download only."""
        attachments = self._found(name).attachments
        if not 0 <= number < len(attachments):
            raise HTTPException(404)
        one = attachments[number]
        return _download(one.content, one.name, "application/octet-stream")

    def style(self) -> Response:
        """The style sheet of these pages."""
        sheet = (self._templates / "mailbox.css").read_bytes()
        return Response(sheet, media_type="text/css", headers=_CAREFUL)

    def misbehave(self, order: FaultOrder) -> None:
        """Let the SMTP server misbehave; 404 unless it was started for that."""
        if self._sink is None or not self._sink.misbehave(Fault(**order.model_dump())):
            raise HTTPException(404)

    def _found(self, name: str) -> StoredMail:
        found = self._folder.mail(name)
        if found is None:
            raise HTTPException(404)
        return found

    def _shown(self, template: str, language: Language, **values: Any) -> Response:
        def say(vi: str, en: str) -> str:
            return en if language is Language.EN else vi

        page = _shelf(self._templates).get_template(template)
        text = page.render(lang=language.value, say=say, **values)
        return HTMLResponse(text, headers={"Content-Security-Policy": PAGE_POLICY} | _CAREFUL)


_CAREFUL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def _download(content: bytes, name: str, kind: str) -> Response:
    where = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"Content-Disposition": where} | _CAREFUL)


def _as_json(card: MailCard) -> dict[str, str]:
    return {
        "name": card.name,
        "at": card.at.isoformat(),
        "to": card.recipient,
        "from": card.sender,
        "subject": card.subject,
        "message_id": card.message_id,
        "raw": f"/hop-thu/{quote(card.name)}/raw",
    }


def _language(asked: str | None, accepted: str) -> Language:
    if asked in {"vi", "en"}:
        return Language(asked)
    return Language.EN if accepted.strip().lower().startswith("en") else Language.VI


@lru_cache(maxsize=4)
def _shelf(folder: Path) -> Environment:
    shelf = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    shelf.filters["local"] = lambda at: f"{at.astimezone(HANOI):%d/%m/%Y %H:%M:%S}"
    return shelf
