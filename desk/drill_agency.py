"""What agencies do in a drill: they follow the link in their mail and fill in the page."""

import html
import re
from datetime import datetime

from crisis.model.calendar import HANOI
from crisis.model.contact import Contact
from crisis.model.drill_part import (
    Answer,
    ClaimAnswer,
    EvidenceFile,
    Handover,
    MoreTime,
    Question,
    Refusal,
)
from crisis.model.errors import NotFound
from crisis.model.verdict import Verdict
from crisis.model.words import words
from desk.drill_cast import Browser, Cast, Page, until

TASK = "/viec"
HARMED = frozenset({Verdict.ACCURATE, Verdict.PARTLY_ACCURATE})


async def task_of(cast: Cast, who: str, code: str) -> tuple[Browser, Page]:
    """The task page of this contact, by the newest link in their mail that still works."""
    contact = cast.contact(who)

    async def newest() -> str | None:
        return next(iter(cast.links(contact.email, TASK, code)), None)

    link = await until(f"mail to {contact.email}", newest)
    browser = await cast.browser(who)
    return browser, await browser.open(link)


async def acknowledge(cast: Cast, who: str, code: str) -> None:
    """Confirm receipt."""
    browser, page = await task_of(cast, who, code)
    await browser.send(page, "/nhan", {})


async def answer(cast: Cast, who: str, code: str, said: Answer) -> None:
    """Answer claim by claim; every file goes up before the answer is sent."""
    browser, page = await task_of(cast, who, code)
    claims = _claims(page)
    typed = _typed(said, claims, cast.contact(who))
    for one in said.claims:
        for file in one.evidence:
            page = await _upload(browser, page, typed, (claims[one.claim], file))
    await browser.send(page, "/tra-loi", typed | {"do": "answer"})


def _claims(page: Page) -> dict[int, str]:
    """The key of each claim's fields, by its number."""
    form = page.form("/tra-loi")
    sections = form.section_of("verdict-") if form else {}
    return {int(name.removeprefix("noi-dung-")): key for name, key in sections.items()}


def _typed(said: Answer, claims: dict[int, str], contact: Contact) -> dict[str, str]:
    typed = {"name": contact.name, "title": contact.title}
    harmed = [one for one in said.claims if one.verdict in HARMED]
    for one in said.claims:
        typed |= _told(one, claims[one.claim])
        if said.remedy is not None and one in harmed[:1]:
            key = claims[one.claim]
            typed |= {f"what_vi-{key}": said.remedy.vi, f"what_en-{key}": said.remedy.en}
            typed[f"by-{key}"] = said.remedy_by.isoformat() if said.remedy_by else ""
    return typed


def _told(one: ClaimAnswer, key: str) -> dict[str, str]:
    return {
        f"verdict-{key}": one.verdict.value,
        f"fact_vi-{key}": one.explanation.vi,
        f"fact_en-{key}": one.explanation.en,
    }


async def _upload(
    browser: Browser, page: Page, typed: dict[str, str], piece: tuple[str, EvidenceFile]
) -> Page:
    key, file = piece
    described = {
        f"new_title-{key}": file.title,
        f"new_holder-{key}": file.holder,
        f"new_issuer-{key}": file.issuer or "",
        f"new_issued_on-{key}": file.issued_on.isoformat() if file.issued_on else "",
        "do": "draft",
    }
    upload = (f"file-{key}", (file.file, file.text.encode(), "text/plain"))
    return await browser.send(page, "/tra-loi", typed | described, [upload])


async def ask_back(cast: Cast, who: str, code: str, said: Question) -> None:
    """Ask the coordinator back."""
    browser, page = await task_of(cast, who, code)
    await browser.send(page, "/hoi", {"text": said.question.vi, "by": cast.contact(who).name})


async def ask_time(cast: Cast, who: str, code: str, said: MoreTime) -> None:
    """Ask for more time, counted from the due time that the page shows."""
    browser, page = await task_of(cast, who, code)
    until_ = _due(page) + said.extra.span
    given = {"until": f"{until_.astimezone(HANOI):%Y-%m-%dT%H:%M}", "text": said.reason.vi}
    await browser.send(page, "/gia-han", given | {"by": cast.contact(who).name})


def _due(page: Page) -> datetime:
    shown = re.findall(r'<time datetime="([^"]+)"', html.unescape(page.text))
    if not shown:
        raise NotFound(words("Trang không nêu hạn.", "The page shows no due time."))
    return max(datetime.fromisoformat(one) for one in shown)


async def pass_on(cast: Cast, who: str, code: str, said: Handover) -> None:
    """Hand the task to the named colleague."""
    browser, page = await task_of(cast, who, code)
    colleague = cast.contact(said.to)
    given = {"name": colleague.name, "title": colleague.title, "email": colleague.email}
    await browser.send(page, "/chuyen", given)


async def decline(cast: Cast, who: str, code: str, said: Refusal) -> None:
    """Decline as not competent and name the agency that is, by its full name."""
    browser, page = await task_of(cast, who, code)
    named = next((a for a in cast.directory.agencies if a.id == said.names), None)
    name = named.name.vi if named else said.names
    given = {"agency": name, "text": said.reason.vi, "by": cast.contact(who).name}
    await browser.send(page, "/tu-choi", given)
