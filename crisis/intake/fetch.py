"""One polite, guarded GET: pinned address, own redirects, caps on size, time and hops; no proxies
of the environment.
"""

import asyncio
import socket
import zlib
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlunsplit

import httpx

from crisis.intake.address import PUBLIC, AddressPolicy, refused, web_address
from crisis.intake.fetched import Fetched, FetchState, state_of
from crisis.intake.inflate import Inflate, TooLarge
from crisis.model.errors import NotAllowed
from crisis.model.network import may_reach

USER_AGENT = "Mozilla/5.0 (compatible; phatngon-presswatch/1.0)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Caps of one fetch: bytes after decompression, seconds in all, hops."""

    size: int = 10 * 2**20
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What to fetch; the validators of the last answer make the request conditional."""

    url: str
    etag: str = ""
    last_modified: str = ""
    user_agent: str = USER_AGENT


class Fetcher:
    """Fetches under an address policy; an async context manager, for any number of tasks."""

    def __init__(self, policy: AddressPolicy = PUBLIC, limits: Limits | None = None) -> None:
        self._policy = policy
        self._limits = limits or Limits()
        # No kept connections: two hosts behind one address must not share one, and polls are
        # minutes apart.
        self._client = httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self._limits.seconds),
            limits=httpx.Limits(max_connections=50, max_keepalive_connections=0),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def fetch(self, wanted: Wanted) -> Fetched:
        """Fetch; every failure of the other side, and our own refusal, is a state of the answer."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(wanted)
        except TimeoutError:
            return _failed(wanted, FetchState.TOO_SLOW)
        except NotAllowed as error:
            return _failed(wanted, FetchState.REFUSED, error.sentence.en)
        except (
            zlib.error,
            LookupError,
            httpx.HTTPError,
            httpx.InvalidURL,
            OSError,
        ) as error:
            return _failed(wanted, _state_of_error(error), type(error).__name__)

    async def _follow(self, wanted: Wanted) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            found, location = await self._once(wanted)
            if not location:
                return found
            wanted = replace(wanted, url=urljoin(wanted.url, location))
        return _failed(wanted, FetchState.REDIRECTS)

    async def _once(self, wanted: Wanted) -> tuple[Fetched, str]:
        """One request; the second value is where the answer sends us, '' when nowhere."""
        request = await self._request(wanted)
        response = await self._client.send(request, stream=True)
        try:
            if response.status_code in _REDIRECTS:
                return _failed(wanted, FetchState.BAD_ANSWER), response.headers.get("location", "")
            return await self._answer(wanted, response), ""
        finally:
            await response.aclose()

    async def _request(self, wanted: Wanted) -> httpx.Request:
        """The request to the pinned address, with the host's own name in `Host` and in TLS."""
        parts, host, port = web_address(wanted.url, self._policy)
        pinned = await self._pinned(host, port)
        netloc = f"[{pinned}]:{port}" if ":" in pinned else f"{pinned}:{port}"
        headers = {
            "Host": parts.netloc,
            "User-Agent": wanted.user_agent,
            "Accept": "application/rss+xml, application/atom+xml, text/html;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "vi, en;q=0.5",
        }
        if wanted.etag:
            headers["If-None-Match"] = wanted.etag
        if wanted.last_modified:
            headers["If-Modified-Since"] = wanted.last_modified
        return self._client.build_request(
            "GET",
            urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")),
            headers=headers,
            extensions={"sni_hostname": host},
        )

    async def _pinned(self, host: str, port: int) -> str:
        """One address of the host; a name with any address outside the policy is refused whole."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(info[4][0]) for info in found]
        if not addresses or not all(may_reach(a, self._policy.reach) for a in addresses):
            raise refused(
                vi=f"máy chủ {host} không nằm trong vùng được phép",
                en=f"the host {host} lies outside the allowed networks",
            )
        return addresses[0]

    async def _answer(self, wanted: Wanted, response: httpx.Response) -> Fetched:
        state = state_of(response.status_code)
        head = response.headers
        body, whole = await self._body(response) if state is FetchState.FETCHED else (b"", True)
        return Fetched(
            state=state if whole else FetchState.TOO_LARGE,
            url=wanted.url,
            status=response.status_code,
            body=body,
            content_type=head.get("content-type", ""),
            etag=head.get("etag", ""),
            last_modified=head.get("last-modified", ""),
            retry_after=head.get("retry-after", ""),
        )

    async def _body(self, response: httpx.Response) -> tuple[bytes, bool]:
        """The body as far as the limit lets it, and whether that is all of it."""
        opened = Inflate(response.headers.get("content-encoding", ""), limit=self._limits.size)
        try:
            async for chunk in response.aiter_raw():
                opened.feed(chunk)
        except TooLarge:
            return opened.begun(), False
        return opened.body(), True


def _failed(wanted: Wanted, state: FetchState, note: str = "") -> Fetched:
    return Fetched(state=state, url=wanted.url, note=note)


def _state_of_error(error: Exception) -> FetchState:
    if isinstance(error, httpx.TimeoutException):
        return FetchState.TOO_SLOW
    if isinstance(
        error, zlib.error | LookupError | httpx.RemoteProtocolError | httpx.DecodingError
    ):
        return FetchState.BAD_ANSWER
    return FetchState.UNREACHABLE
