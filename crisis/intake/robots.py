"""What a site's robots.txt allows us (RFC 9309)."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from crisis.intake.charset import decode
from crisis.intake.fetched import Fetched, FetchState

_LONGEST = 500 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Robots:
    """The rules for one site and one agent; `rules` None with `closed` says: nothing for now."""

    rules: Protego | None = None
    closed: bool = False
    agent: str = "phatngon-presswatch"

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched."""
        if self.closed:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, self.agent))

    def pause(self) -> timedelta:
        """The delay the site asks for between two requests; at most a minute is honoured as a
        delay.
        """
        delay = self.rules.crawl_delay(self.agent) if self.rules is not None else None
        return timedelta(seconds=min(float(delay or 0), 60.0))


def robots_url(url: str) -> str:
    """Where the rules of this page's site stand."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def read_robots(answer: Fetched, *, agent: str = "phatngon-presswatch") -> Robots:
    """The rules: none when the site has no file (4xx), nothing allowed while it is unreachable or
    failing.
    """
    if answer.state is FetchState.FETCHED:
        text = decode(answer.body[:_LONGEST], answer.content_type)
        return Robots(rules=Protego.parse(text), agent=agent)
    missing = {FetchState.GONE, FetchState.FORBIDDEN, FetchState.REDIRECTS, FetchState.BAD_ANSWER}
    return Robots(closed=answer.state not in missing, agent=agent)
