"""HTTP to one Prefect server: authentication, CSRF token, patience with a busy database, errors."""

import asyncio
import base64
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from crisis.model.errors import OutsideFailure
from crisis.model.words import Words, words

SECONDS = 10.0
CLIENT_ERROR, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, BUSY = 400, 401, 403, 404, 503
RESTS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Prefect on SQLite answers 503 at once where two transactions meet; a moment later it does not."""


@dataclass(kw_only=True)
class EngineApi:
    """Calls to Prefect's REST API at `url`; `auth` is its authentication string, empty without."""

    url: str
    auth: str = ""
    _csrf: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str) -> Any:
        """The JSON at `path`; None where it does not exist. Raises OutsideFailure."""
        return _read(await self._call("GET", path, None))

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON answer to `body`; None for 404. Ask only what may be asked twice."""
        return _read(await self._call("POST", path, body))

    async def delete(self, path: str) -> None:
        """Remove what is at `path`, if anything is. Raises OutsideFailure."""
        _read(await self._call("DELETE", path, None))

    async def _call(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response:
        answer = await self._send(method, path, body)
        if answer.status_code == FORBIDDEN and method != "GET":
            refused = await self._fetch_csrf()
            if refused is not None:
                return refused
            answer = await self._send(method, path, body)
        for rest in RESTS:
            if answer.status_code != BUSY:
                break
            await asyncio.sleep(rest)
            answer = await self._send(method, path, body)
        return answer

    async def _send(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response:
        headers = dict(self._csrf)
        if self.auth:
            coded = base64.b64encode(self.auth.encode()).decode()
            headers["Authorization"] = f"Basic {coded}"
        address = f"{self.url.rstrip('/')}{path}"
        # Certificates are read on every client's making, 20 ms that a plain address does not need.
        secure = address.startswith("https:")
        try:
            async with httpx.AsyncClient(timeout=SECONDS, trust_env=False, verify=secure) as client:
                return await client.request(method, address, json=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OutsideFailure(_NO_ANSWER, permanent=False, detail=str(error)) from error

    async def _fetch_csrf(self) -> httpx.Response | None:
        """Take a token for Prefect's CSRF protection; the answer where there is none to have."""
        client = str(uuid4())
        answer = await self._send("GET", f"/csrf-token?client={client}", None)
        if not answer.is_success:
            return answer
        token = str(answer.json()["token"])
        self._csrf = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client}
        return None


_NO_ANSWER = words("Máy chủ Prefect không trả lời.", "The Prefect server does not answer.")
_LOCKED_OUT = words(
    "Máy chủ Prefect không nhận chuỗi xác thực (PHATNGON_PREFECT_AUTH_STRING).",
    "The Prefect server refuses the authentication string (PHATNGON_PREFECT_AUTH_STRING).",
)


def _read(answer: httpx.Response) -> Any:
    if answer.status_code == NOT_FOUND:
        return None
    if answer.status_code >= CLIENT_ERROR:
        raise OutsideFailure(_refusal(answer), permanent=False, detail=answer.text[:300])
    return answer.json() if answer.content else None


def _refusal(answer: httpx.Response) -> Words:
    if answer.status_code == UNAUTHORIZED:
        return _LOCKED_OUT
    return words(
        f"Máy chủ Prefect trả lời {answer.status_code}.",
        f"The Prefect server answered {answer.status_code}.",
    )
