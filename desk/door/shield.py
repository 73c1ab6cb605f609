"""The shield around every page: safe headers, bounded bodies, no forms from elsewhere."""

import logging
from collections.abc import Awaitable, Callable
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crisis.records.viewing import fresh_eyes

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Set where a page has not said otherwise. Task links must not leak by a referrer."""

FORM_BYTES = 2**20
FILES_AT_ONCE = 6
FOREIGN = {"cross-site", "same-site"}

log = logging.getLogger("phatngon.desk")

Refusal = Callable[[Request, int, str], Awaitable[Response]]
"""Makes the page for a refusal that no route has seen: request, status, an id or nothing."""


class TooLarge(Exception):
    """More was sent than is taken."""


class Shield:
    """ASGI middleware; `upload_bytes` bounds one file of a task page, `refusal` makes its pages."""

    def __init__(self, app: ASGIApp, *, upload_bytes: int, refusal: Refusal) -> None:
        self._app = app
        self._upload_bytes = upload_bytes
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request behind the shield."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with fresh_eyes():
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = _Guarded(send, limit=self._limit(scope["path"]), receive=receive)
        try:
            status = self._refused(scope, guarded.limit)
            if status is None:
                await self._app(scope, guarded.receive, guarded.send)
                return
            await self._refuse(scope, guarded, status, "")
        except TooLarge:
            await self._refuse(scope, guarded, 413, "")
        except Exception:
            told = uuid4().hex[:12]
            log.exception("page failed: %s %s (%s)", scope["method"], _where(scope), told)
            await self._refuse(scope, guarded, 500, told)

    def _limit(self, path: str) -> int:
        if path.startswith("/viec/"):
            return self._upload_bytes * FILES_AT_ONCE + FORM_BYTES
        return FORM_BYTES

    def _refused(self, scope: Scope, limit: int) -> int | None:
        headers = Headers(scope=scope)
        told = headers.get("content-length", "0")
        if not told.isdecimal() or len(told) > 12 or int(told) > limit:
            return 413
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return 404
        writes = scope["method"] not in {"GET", "HEAD", "OPTIONS"}
        foreign = headers.get("sec-fetch-site", "") in FOREIGN
        return 403 if writes and foreign else None

    async def _refuse(self, scope: Scope, guarded: "_Guarded", status: int, told: str) -> None:
        if guarded.begun:
            return
        response = await self._refusal(Request(scope), status, told)
        await response(scope, guarded.receive, guarded.send)


def _where(scope: Scope) -> str:
    """Which page it was, by its pattern: an address may hold the token of a task's link."""
    route = scope.get("route")
    return route.path if isinstance(route, Route) else "no page of ours"


class _Guarded:
    """One exchange: counts what comes in, adds headers to what goes out."""

    def __init__(self, send: Send, *, limit: int, receive: Receive) -> None:
        self.limit = limit
        self.begun = False
        self._send, self._receive = send, receive
        self._taken = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self.limit:
            raise TooLarge
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)
