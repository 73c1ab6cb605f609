"""The webhook: a signed POST to another system of the office.

The body is canonical JSON (RFC 8785). The receiver checks
`HMAC-SHA256(secret, "<timestamp>." + body)` against `X-Phatngon-Signature: v1=<hex>`, refuses old
timestamps, and does a request with a known `Idempotency-Key` once.
"""

import asyncio
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

import httpx
import rfc8785

from crisis.model.delivery import http_permanent
from crisis.model.errors import Misconfigured
from crisis.model.network import Reach
from crisis.model.outlet import DeliveryFailed, ReadBack, Receipt, drill_refusal
from crisis.model.parcel import Parcel
from crisis.model.words import words
from crisis.outlets.pinned import PinnedTransport, Unreachable

REQUEST_LIMIT = 2**20
ANSWER_LIMIT = 64 * 2**10
"""Bytes: a receiver that answers with more is broken or hostile."""

WHOLE = 2
"""Times `timeout`: how long all of it may take, against answers that drip."""

REFERENCE_LIMIT = 200
LEAST_SECRET = 16
SETTING = "PHATNGON_WEBHOOK_URL"


@dataclass(frozen=True, kw_only=True)
class WebhookOutlet:
    """Posts to `url`, signed with `secret` (16 bytes or more); `timeout` is in seconds.

    Plain http is for loopback alone. Raises Misconfigured.
    """

    url: str
    secret: bytes = field(repr=False)
    now: Callable[[], datetime]
    reach: Reach = Reach.PUBLIC
    timeout: float = 10
    real: bool = True
    id: str = "webhook"
    readable: bool = False

    def __post_init__(self) -> None:
        if not self._well_formed():
            raise Misconfigured(
                words(
                    "Địa chỉ webhook phải là https và không chứa mật khẩu.",
                    "The webhook address must be https and hold no password.",
                ),
                setting=SETTING,
            )
        if len(self.secret) < LEAST_SECRET:
            raise Misconfigured(
                words(
                    "Khóa ký webhook phải dài ít nhất 16 byte.",
                    "The webhook secret must have at least 16 bytes.",
                ),
                setting=SETTING,
            )

    def _well_formed(self) -> bool:
        schemes = {"https", "http"} if self.reach is Reach.LOOPBACK else {"https"}
        try:
            url = httpx.URL(self.url)
        except httpx.InvalidURL:
            return False
        return url.scheme in schemes and bool(url.host) and not url.userinfo

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Post the parcel; the receipt's reference is the `id` of a JSON answer, else its status.

        Raises DeliveryFailed, RuleBroken for an exercise on a real receiver.
        """
        if broken := drill_refusal(self.id, exercise=parcel.exercise, real=self.real):
            raise broken
        body = payload(parcel)
        if len(body) > REQUEST_LIMIT:
            raise DeliveryFailed(self.id, permanent=True, detail="the payload is too large")
        moment = self.now()
        headers = signed_headers(body, secret=self.secret, key=parcel.key, at=moment)
        code, answer = await self._post(body, headers)
        if code // 100 != 2:
            permanent = http_permanent(code)
            raise DeliveryFailed(self.id, permanent=permanent, reply_code=code)
        reference = _reference(code, answer)
        return Receipt(
            outlet=self.id,
            key=parcel.key,
            reference=reference,
            accepted_at=moment,
            detail=str(code),
        )

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        wire = PinnedTransport(self.reach)
        try:
            async with (
                asyncio.timeout(self.timeout * WHOLE),
                httpx.AsyncClient(transport=wire, timeout=self.timeout, trust_env=False) as client,
                client.stream("POST", self.url, content=body, headers=headers) as answer,
            ):
                return answer.status_code, await _capped(answer)
        except (httpx.HTTPError, TimeoutError) as error:
            detail = f"{type(error).__name__}: {error}"
            permanent = isinstance(error, Unreachable) and error.permanent
            raise DeliveryFailed(self.id, permanent=permanent, detail=detail) from error

    async def read_back(self, parcel: Parcel) -> ReadBack:
        """What another system did with it cannot be read back."""
        return ReadBack(outlet=self.id, key=parcel.key)


def payload(parcel: Parcel) -> bytes:
    """The canonical JSON that is posted and signed; the same parcel gives the same bytes."""
    variants = [
        {
            "language": variant.language.value,
            "title": variant.title,
            "content": variant.content.decode(),
            "sha256": variant.sha256,
        }
        for variant in parcel.variants
    ]
    references = [{"publication": r.publication, "slug": r.slug} for r in parcel.references]
    return rfc8785.dumps(
        {
            "v": 1,
            "key": parcel.key,
            "publication": parcel.publication,
            "statement": parcel.statement,
            "version": parcel.version,
            "slug": parcel.slug,
            "code": parcel.code,
            "number": parcel.number,
            "kind": parcel.kind.value,
            "act": parcel.act.value,
            "exercise": parcel.exercise,
            "published_at": parcel.published_at.isoformat(),
            "references": references,
            "variants": variants,
        }
    )


def signed_headers(body: bytes, *, secret: bytes, key: str, at: datetime) -> dict[str, str]:
    """The headers that go with `body`; the timestamp is in whole seconds since 1970."""
    stamp = str(int(at.timestamp()))
    signature = hmac.new(secret, f"{stamp}.".encode() + body, sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "phatngon",
        "Idempotency-Key": quote(key, safe="/:@-._~+="),
        "X-Phatngon-Timestamp": stamp,
        "X-Phatngon-Signature": f"v1={signature}",
    }


async def _capped(answer: httpx.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > ANSWER_LIMIT:
            break
    return body[:ANSWER_LIMIT]


def _reference(code: int, answer: bytes) -> str:
    try:
        said = json.loads(answer)
    except ValueError:
        return str(code)
    found = said.get("id") if isinstance(said, dict) else None
    return str(found)[:REFERENCE_LIMIT] if isinstance(found, str | int) else str(code)
