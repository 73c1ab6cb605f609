"""What the people of the office do in a drill: on the incident's page, or from an approval mail."""

from typing import Any

from crisis.model.drill_part import Assignment, Draft, Ground, Nothing, Triage
from crisis.model.incident import Stage
from crisis.model.statement import Lifecycle
from desk.drill.browser import Page
from desk.drill.cast import Scene
from desk.parts.patience import until

APPROVAL = "/duyet"
REVISED = "Đã rà soát theo ý kiến người duyệt (diễn tập)"
ADDED = "(Bản đã rà soát theo ý kiến người duyệt.)"
AT_WORK = frozenset({Lifecycle.DRAFT.value, Lifecycle.PENDING.value, Lifecycle.REJECTED.value})


async def triage(scene: Scene, said: Triage) -> None:
    """Judge the report, then confirm it: only now may an agency be mailed."""
    browser = await scene.cast.browser(scene.who)
    page = await browser.open(scene.path)
    given = {"severity": said.severity.value, "floors": sorted(one.value for one in said.floors)}
    page = await browser.send(page, "/muc-do", given)
    await browser.send(page, "/xac-nhan", {})


async def has_no_agency(scene: Scene) -> None:
    """Wait until an agency has declined."""

    async def declined() -> bool | None:
        tasks = (await scene.look())["tasks"]
        return True if any(task["status"] == "declined" for task in tasks) else None

    await until(f"a declined task of {scene.code}", declined)


async def assign(scene: Scene, said: Assignment) -> None:
    """Name the lead in place of the agency that declined; who has its task already keeps it."""
    browser = await scene.cast.browser(scene.who)
    page = await browser.open(scene.path)
    standing = {t["agency"] for t in (await scene.look())["tasks"] if t["status"] != "declined"}
    for agency in (said.lead, *said.coordinating):
        if agency not in standing:
            page = await browser.send(page, "/giao-co-quan", _naming(scene, page, agency))


def _naming(scene: Scene, page: Page, agency: str) -> dict[str, Any]:
    """The lead answers every claim, also where the agency that one is about answers it too."""
    form = page.form("/giao-co-quan")
    boxes = [one.value for one in form.controls if one.name == "claims"] if form else []
    return {"agency": scene.agency_name(agency), "claims": boxes}


async def has_draft(scene: Scene, said: Draft) -> dict[str, Any]:
    """The newest statement of this kind that is still at work, awaited."""

    async def drafted() -> dict[str, Any] | None:
        found = [s for s in (await scene.look())["statements"] if s["kind"] == said.kind.value]
        return found[-1] if found and found[-1]["lifecycle"] in AT_WORK else None

    return await until(f"a {said.kind.value} of {scene.code}", drafted)


async def draft(scene: Scene, said: Draft) -> None:
    """Revise and submit what was returned; draft anew what was rejected; leave a fresh draft."""
    found = await has_draft(scene, said)
    if found["lifecycle"] == Lifecycle.PENDING.value:
        return
    browser = await scene.cast.browser(scene.who)
    page = await browser.open(f"{scene.path}/phat-ngon")
    if found["lifecycle"] == Lifecycle.REJECTED.value:
        await browser.send(page, "/soan-moi", {})
        return
    page = await browser.send(page, "/sua", _revised(page, found["id"]))
    await browser.send(page, "/trinh", {"row": found["id"]})


def _revised(page: Page, statement: str) -> dict[str, Any]:
    """The form to edit a statement, with a sentence more in every text, as a person changes it."""
    form = page.form("/sua", {"row": statement})
    controls = form.controls if form else []
    bodies = {c.name: f"{c.value}\n\n{ADDED}" for c in controls if c.name.startswith("body-")}
    return {"row": statement, "note": REVISED, **bodies}


async def has_request(scene: Scene) -> Page:
    """The approval page that this person's mail leads to, once it is their turn."""
    email = scene.cast.people[scene.who].email
    browser = await scene.cast.browser(scene.who)

    async def mine() -> Page | None:
        for link in scene.cast.links(email, APPROVAL, scene.code):
            page = await browser.open(link)
            if page.form(link) is not None:
                return page
        return None

    return await until(f"an approval that waits for {email}", mine)


async def decide(scene: Scene, decision: str, said: Nothing | Ground) -> None:
    """Approve, return or reject what the mail leads to."""
    page = await has_request(scene)
    browser = await scene.cast.browser(scene.who)
    given = {"decision": decision}
    if isinstance(said, Ground):
        given["reason"] = said.reason.vi
    await browser.send(page, page.path, given)


async def is_at_rest(scene: Scene) -> None:
    """Wait until the office has done whatever the last step called for.

    Hours lie between two steps; a player who acts within a second would overtake the office.
    """

    async def rests() -> bool | None:
        return True if (await scene.look())["at_rest"] else None

    await until(f"the office to be done with {scene.code}", rests)


async def is_published(scene: Scene) -> None:
    """Wait until the incident has been published and nothing is on its way any more."""

    async def published() -> bool | None:
        return True if (await scene.look())["stage"] == Stage.PUBLISHED.value else None

    await until(f"{scene.code} to be published", published)


async def close(scene: Scene, said: Ground) -> None:
    """Close the incident with its reason."""
    browser = await scene.cast.browser(scene.who)
    page = await browser.open(scene.path)
    given = {"stage": Stage.CLOSED.value, "reason": said.reason.vi}
    await browser.send(page, "/ket-thuc", given)
