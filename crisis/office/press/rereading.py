"""Reading the articles of running incidents again: corrected, changed, gone, or back."""

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit

from crisis.intake.article import Article, read_article
from crisis.intake.fetch import USER_AGENT, Fetcher, Limits, Wanted
from crisis.intake.fetched import Fetched, FetchState
from crisis.model.article_change import difference, next_reading
from crisis.office.office import Office
from crisis.office.press.asking import policy_of, rules_of
from crisis.office.press.raising import section_of
from crisis.records import press_article
from crisis.records.act import SYSTEM, Act
from crisis.records.press_article import Found, Text
from crisis.records.schema.incident import Incident
from crisis.records.schema.press import PressItem, PressSource

AT_MOST = 40
"""So many articles are read again in one round."""

Due = tuple[PressItem, PressSource, Incident]
CORRECTED, CHANGED, GONE, LISTED = "corrected", "changed", "gone", "listed"


async def read_again(
    office: Office, *, limits: Limits | None = None, run: str | None = None
) -> tuple[int, int]:
    """Read what is due; how many articles were read, and how many differ."""
    async with office.records.act(SYSTEM, run) as act:
        await press_article.rest(act)
        due = await press_article.claim_due(act, AT_MOST)
    differ = 0
    async with Fetcher(policy_of(office), limits) as fetcher:
        for one in due:
            found = await _fetch(fetcher, one[0], one[1])
            article = None
            if found.state is FetchState.FETCHED:
                article = await asyncio.to_thread(
                    read_article, found.body, content_type=found.content_type
                )
            async with office.records.act(SYSTEM, run) as act:
                differ += await _settle(office, act, one, found, article)
    return len(due), differ


async def _fetch(fetcher: Fetcher, item: PressItem, source: PressSource) -> Fetched:
    agent = source.user_agent or USER_AGENT
    rules = await rules_of(fetcher, item.link, agent)
    if not rules.robots.allows(item.link):
        return Fetched(state=FetchState.ROBOTS, url=item.link)
    found = await fetcher.fetch(Wanted(url=item.link, user_agent=agent))
    if _sent_home(item.link, found.url):
        return Fetched(state=FetchState.GONE, url=found.url)
    return found


def _sent_home(asked: str, came: str) -> bool:
    """Many papers answer for an article that was taken down with their front page."""
    return urlsplit(came).path in {"", "/"} and urlsplit(asked).path not in {"", "/"}


async def _settle(
    office: Office, act: Act, due: Due, found: Fetched, article: Article | None
) -> bool:
    """Record one reading; whether the article differs from what we knew."""
    item, _, incident = due
    keep = timedelta(days=(await section_of(office, act)).keep_text_days)
    text = _text(article)
    before = (await act.session.get_one(PressItem, item.id)).text
    known = item.text_sha
    row = await press_article.read(act, item.id, text, keep=keep)
    row.read_next_at = next_reading(act.now, seen=row.seen_at)
    change = _change(row.standing, found, before=before, known=known, after=text)
    if change is not None:
        await press_article.differs(act, row, incident.code, change)
    return change is not None


def _text(article: Article | None) -> Text | None:
    if article is None or not article.text:
        return None
    return Text(text=article.text, sha256=article.sha256, quotation=article.quotation)


def _change(
    standing: str, found: Fetched, *, before: str | None, known: str | None, after: Text | None
) -> Found | None:
    """What became of the article; a failing server or an unreadable page says nothing about it."""
    if found.state is FetchState.GONE:
        return None if standing == GONE else Found(standing=GONE)
    if after is None:
        return None
    if known is None or known == after.sha256:
        return Found(standing=LISTED) if standing == GONE else None
    told = difference(before or "", after.text) if before else None
    if told is None:
        return Found(standing=CHANGED)
    kind = CORRECTED if told.correction else CHANGED
    return Found(standing=kind, old=told.old, new=told.new)
