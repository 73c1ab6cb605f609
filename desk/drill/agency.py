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
    Nothing,
    Question,
    Refusal,
)
from crisis.model.verdict import Verdict
from desk.drill.browser import Browser, Page
from desk.drill.cast import Scene
from desk.parts.patience import until

TASK = "/viec"
HARMED = frozenset({Verdict.ACCURATE, Verdict.PARTLY_ACCURATE})


async def has_mail(scene: Scene) -> str:
    """The path of the newest link in this contact's mail about the incident, awaited."""
    contact = scene.cast.contact(scene.who)

    async def newest() -> str | None:
        return next(iter(scene.cast.links(contact.email, TASK, scene.code)), None)

    return await until(f"a task link in the mail to {contact.email}", newest)


async def _task(scene: Scene) -> tuple[Browser, Page]:
    browser = await scene.cast.browser(scene.who)
    return browser, await browser.open(await has_mail(scene))


async def acknowledge(scene: Scene, _: Nothing) -> None:
    """Confirm receipt."""
    browser, page = await _task(scene)
    await browser.send(page, "/nhan", {})


async def answer(scene: Scene, said: Answer) -> None:
    """Answer claim by claim what the task asks; every file goes up before the answer is sent."""
    browser, page = await _task(scene)
    claims = _claims(page)
    asked = [one for one in said.claims if one.claim in claims]
    typed = _typed(said, asked, claims) | _signed(scene.cast.contact(scene.who))
    for one in asked:
        for file in one.evidence:
            page = await _upload(browser, page, typed, (claims[one.claim], file))
    await browser.send(page, "/tra-loi", typed | {"do": "answer"})


def _claims(page: Page) -> dict[int, str]:
    """The key of each claim's fields, by its number."""
    form = page.form("/tra-loi")
    sections = form.section_of("verdict-") if form else {}
    return {int(name.removeprefix("noi-dung-")): key for name, key in sections.items()}


def _signed(contact: Contact) -> dict[str, str]:
    return {"name": contact.name, "title": contact.title}


def _typed(said: Answer, asked: list[ClaimAnswer], claims: dict[int, str]) -> dict[str, str]:
    """What is typed about each claim; the remedy stands with the first that was found true."""
    typed: dict[str, str] = {}
    harmed = [one for one in asked if one.verdict in HARMED]
    for one in asked:
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


async def ask_back(scene: Scene, said: Question) -> None:
    """Ask the coordinator back."""
    browser, page = await _task(scene)
    await browser.send(
        page, "/hoi", {"text": said.question.vi, "by": scene.cast.contact(scene.who).name}
    )


async def ask_time(scene: Scene, said: MoreTime) -> None:
    """Ask for more time, counted from the due time that the page shows, or from now."""
    browser, page = await _task(scene)
    wanted = max([scene.now, *_times(page)]) + said.extra.span
    given = {"until": f"{wanted.astimezone(HANOI):%Y-%m-%dT%H:%M}", "text": said.reason.vi}
    await browser.send(page, "/gia-han", given | {"by": scene.cast.contact(scene.who).name})


def _times(page: Page) -> list[datetime]:
    """Every instant that the page shows, the due time among them."""
    shown = re.findall(r'<time datetime="([^"]+)"', html.unescape(page.text))
    return [datetime.fromisoformat(one) for one in shown]


async def pass_on(scene: Scene, said: Handover) -> None:
    """Hand the task to the named colleague."""
    browser, page = await _task(scene)
    colleague = scene.cast.contact(said.to)
    given = {"name": colleague.name, "title": colleague.title, "email": colleague.email}
    await browser.send(page, "/chuyen", given)


async def decline(scene: Scene, said: Refusal) -> None:
    """Decline as not competent and name the agency that is, by its full name."""
    browser, page = await _task(scene)
    given = {
        "agency": scene.agency_name(said.names),
        "text": said.reason.vi,
        "by": scene.cast.contact(scene.who).name,
    }
    await browser.send(page, "/tu-choi", given)
