"""Rendering a page of the desk: the reader's language, who is signed in, safe defaults."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from crisis.model.calendar import HANOI
from crisis.model.role import Role
from crisis.model.words import Language, Words
from crisis.records.sign_in import SignedIn
from desk.door import page_time
from desk.door.app_state import state_of
from desk.door.language import COOKIE, QUERY, Speech, language_of
from desk.door.nonce import keep_nonce, nonce_of

YEAR_SECONDS = 365 * 86400


def render(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of template `name` with `values`.

    Templates also find: `lang`, `_` (translates Vietnamese), `say(vi, en)`, `office` (its name),
    `exercise`, `me` (SignedIn or None), `csrf`, `nonce` (for forms without a session), `now`
    (office time or None), `asset(file)`, `here` (the page's own address, "/" for an answer to a
    form), `section` (the address asked for, a form's too: which part of the desk it is),
    `language_link(code)`, `has_role(…)`, and the filters `told` (Words), `moment`, `due`, `day`,
    `left(now)`, `iso`, `field` (datetime-local), `moment_of` and `field_of` (the same of an ISO
    text), `typed_time`.
    """
    state = state_of(request)
    speech = speech_of(request)
    signed: SignedIn | None = getattr(request.state, "signed", None)
    given = {
        "lang": speech.language.value,
        "_": speech.text,
        "say": speech.say,
        "office": speech.told(state.office.name),
        "exercise": state.office.settings.exercise,
        "me": signed if signed is not None and signed.complete else None,
        "csrf": signed.csrf if signed else "",
        "nonce": nonce_of(request),
        "now": getattr(request.state, "now", None),
        "asset": lambda file: f"/static/{file}?v={state.assets}",
        "section": request.url.path,
        "here": request.url.path if request.method == "GET" else "/",
        "language_link": _language_link(request),
        "has_role": lambda *roles: _has_role(signed, roles),
    }
    html = state.templates.get_template(name).render(given | values)
    return private(request, HTMLResponse(html, status_code=status))


def private(request: Request, response: HTMLResponse) -> HTMLResponse:
    """The response as a page that nobody else may keep, with the cookies of its reader."""
    response.headers["Cache-Control"] = "no-store"
    secure = is_secure(request)
    keep_nonce(request, response, secure=secure)
    asked = request.query_params.get(QUERY)
    if asked in {"vi", "en"}:
        response.set_cookie(
            COOKIE, asked, max_age=YEAR_SECONDS, secure=secure, httponly=True, samesite="lax"
        )
    return response


def seen_after(path: str, done: str = "", anchor: str = "") -> RedirectResponse:
    """After a form was taken: show `path` (our own), saying what was `done` by its code."""
    joint = "&" if "?" in path else "?"
    query = f"{joint}{urlencode({'da': done})}" if done else ""
    return RedirectResponse(f"{path}{query}{f'#{anchor}' if anchor else ''}", status_code=303)


def speech_of(request: Request) -> Speech:
    """The words of the pages in the language of this reader."""
    signed: SignedIn | None = getattr(request.state, "signed", None)
    language = language_of(request, signed.user.language if signed else None)
    return state_of(request).speeches[language]


def is_secure(request: Request) -> bool:
    """Whether cookies travel over HTTPS only."""
    return state_of(request).office.settings.public_url.startswith("https://")


def environment(folder: Path) -> Environment:
    """The templates of the desk under `folder`: everything is escaped, a hole is an error."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    return made


def assets_version(folder: Path) -> str:
    """A short hash over the static files, so that browsers take new ones at once."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _language_link(request: Request) -> Callable[[str], str]:
    path = request.url.path if request.method == "GET" else "/"
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in {QUERY, "da"}]
    return lambda code: f"{path}?{urlencode([*kept, (QUERY, code)])}"


def _has_role(signed: SignedIn | None, roles: tuple[str, ...]) -> bool:
    return signed is not None and bool({Role(r).value for r in roles} & set(signed.user.roles))


def _language(context: Context | Mapping[str, Any]) -> Language:
    return Language(context["lang"])


@pass_context
def _told(context: Context, words: Words) -> str:
    return words.in_(_language(context))


@pass_context
def _moment(context: Context, at: datetime | None) -> str:
    return page_time.moment_words(at, _language(context)) if at else ""


@pass_context
def _due(context: Context, at: datetime) -> str:
    return page_time.due_words(at, _language(context))


@pass_context
def _day(context: Context, at: date | datetime | None) -> str:
    if isinstance(at, datetime):
        at = at.astimezone(HANOI).date()
    return page_time.day_words(at, _language(context)) if at else ""


@pass_context
def _left(context: Context, due: datetime, now: datetime) -> str:
    return page_time.left_words(due, now, _language(context))


@pass_context
def _moment_of(context: Context, told: str) -> str:
    return _moment(context, datetime.fromisoformat(told))


@pass_context
def _typed_time(context: Context, told: str) -> str:
    """A value as it was amended: a time that was typed in a form is said as times are."""
    if not TYPED_TIME.fullmatch(told):
        return told
    return _moment(context, datetime.fromisoformat(told).replace(tzinfo=HANOI))


TYPED_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")

FILTERS: dict[str, Callable[..., Any]] = {
    "told": _told,
    "moment": _moment,
    "day": _day,
    "due": _due,
    "left": _left,
    "iso": lambda at: at.isoformat(timespec="seconds"),
    "field": page_time.field_value,
    "moment_of": _moment_of,
    "typed_time": _typed_time,
    "field_of": lambda told: page_time.field_value(datetime.fromisoformat(told) if told else None),
}
