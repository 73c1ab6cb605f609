"""What came back from the web: a state that the source's page can show, never an exception."""

from dataclasses import dataclass
from enum import StrEnum


class FetchState(StrEnum):
    """How a fetch ended."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not_modified"
    REFUSED = "refused"  # by our own address policy
    ROBOTS = "robots"  # the site's robots.txt asks us not to read it
    FORBIDDEN = "forbidden"  # 401, 403, 451: perhaps our User-Agent
    GONE = "gone"  # 404, 410
    TOO_MANY = "too_many"  # 429: they ask us to come less often
    SERVER_ERROR = "server_error"
    BAD_ANSWER = (
        "bad_answer"  # not HTTP, a strange status, an encoding we did not ask for, broken gzip
    )
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    REDIRECTS = "redirects"
    UNREACHABLE = "unreachable"

    @property
    def good(self) -> bool:
        """Whether the source is in order."""
        return self in {FetchState.FETCHED, FetchState.NOT_MODIFIED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """The end of a fetch: final address, body (empty unless fetched; its beginning where it is too
    large), and what conditional requests need.
    """

    state: FetchState
    url: str
    status: int = 0
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: str = ""
    note: str = ""


def state_of(status: int) -> FetchState:
    """The state an HTTP status stands for."""
    named = {
        304: FetchState.NOT_MODIFIED,
        401: FetchState.FORBIDDEN,
        403: FetchState.FORBIDDEN,
        451: FetchState.FORBIDDEN,
        404: FetchState.GONE,
        410: FetchState.GONE,
        429: FetchState.TOO_MANY,
    }
    if status in named:
        return named[status]
    if status >= 500:
        return FetchState.SERVER_ERROR
    return FetchState.FETCHED if status == 200 else FetchState.BAD_ANSWER
