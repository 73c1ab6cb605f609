"""One call of another system: whose key it carries, what it sends, and how it is refused."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from crisis.model.bucket import Bucket
from crisis.model.fault import faults
from crisis.model.report import ReportIn
from crisis.model.viewing import NOBODY
from crisis.model.words import Words, words
from crisis.records.api_key import KeyHolder, key_of
from crisis.records.viewing import looking
from desk.door.app_state import office_of, reading

SCOPE = "reports:write"
BODY_LIMIT = 256 * 2**10
PER_MINUTE, BURST = 60, 30
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class Refused(Exception):
    """The call is answered with `response`."""

    def __init__(self, response: JSONResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def said(
    status: int,
    error: str,
    sentence: Words,
    headers: Mapping[str, str] | None = None,
    *,
    fields: Mapping[str, Words] | None = None,
) -> JSONResponse:
    """A refusal with its sentence, and one for each field, in both languages."""
    told = [{"field": name, "message": one.model_dump()} for name, one in (fields or {}).items()]
    content = {"error": error, "message": sentence.model_dump(), "fields": told}
    return JSONResponse(content, status_code=status, headers=dict(headers or {}))


def wrong(fields: Mapping[str, Words]) -> JSONResponse:
    """A refusal of what was sent, field by field."""
    return said(422, "bad_input", _WRONG, fields=fields)


async def holder_of(request: Request) -> KeyHolder:
    """Whose key the call carries. Raises Refused (401, 403, 429)."""
    looking(NOBODY)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    async with reading(office_of(request)) as act:
        named = kind.lower() == "bearer" and token.strip()
        holder = await key_of(act.session, token.strip(), at=act.real) if named else None
        now = act.real
    if holder is None:
        raise Refused(said(401, "unauthorized", _NO_KEY, {"WWW-Authenticate": "Bearer"}))
    if SCOPE not in holder.scopes:
        raise Refused(said(403, "not_allowed", _NO_SCOPE))
    _spend(request, holder.id, now)
    return holder


def _spend(request: Request, key_id: str, now: datetime) -> None:
    """Take one token of the key's bucket. It is kept per process: a bound, not an account."""
    state = request.app.state
    buckets: dict[str, Bucket] = getattr(state, "call_buckets", {})
    full = Bucket.full(per_minute=PER_MINUTE, size=BURST, at=now)
    bucket, wait = buckets.get(key_id, full).take(now)
    if wait:
        seconds = int(wait.total_seconds()) + 1
        raise Refused(said(429, "too_many", _TOO_MANY, {"Retry-After": str(seconds)}))
    state.call_buckets = buckets | {key_id: bucket}


def idempotency_key(request: Request) -> str:
    """The key that makes a repeated call harmless. Raises Refused (422)."""
    key = request.headers.get("idempotency-key", "").strip()
    if not _KEY.fullmatch(key):
        raise Refused(wrong({"Idempotency-Key": _NO_IDEMPOTENCY}))
    return key


async def body_of(request: Request) -> bytes:
    """The body, read no further than its limit. Raises Refused (413)."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT:
            raise Refused(said(413, "too_large", _TOO_LARGE))
    return body


def report_in(body: bytes) -> ReportIn:
    """The report in the body. Raises Refused (422) with every fault."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(wrong({".": _NO_JSON})) from error
    try:
        return ReportIn.model_validate(given)
    except ValidationError as error:
        raise Refused(wrong({one.field: one.sentence for one in faults(error)})) from error


_WRONG = words("Có mục thiếu hoặc sai; xem 'fields'.", "Fields are missing or wrong; see 'fields'.")
_NO_KEY = words(
    "Thiếu khóa truy cập, hoặc khóa sai, hết hạn, đã thu hồi (Authorization: Bearer …).",
    "The key is missing, wrong, ended or revoked (Authorization: Bearer …).",
)
_NO_SCOPE = words(
    f"Khóa này không có phạm vi {SCOPE}.", f"This key does not have the scope {SCOPE}."
)
_TOO_MANY = words(
    f"Quá nhiều lượt gọi: tối đa {PER_MINUTE} lượt mỗi phút.",
    f"Too many calls: at most {PER_MINUTE} a minute.",
)
_TOO_LARGE = words(
    f"Nội dung gửi lên quá {BODY_LIMIT // 2**10} KiB.",
    f"The body is larger than {BODY_LIMIT // 2**10} KiB.",
)
_NO_IDEMPOTENCY = words(
    "Cần đầu mục Idempotency-Key: 1–200 ký tự ASCII nhìn thấy được.",
    "The header Idempotency-Key is needed: 1–200 visible ASCII letters.",
)
_NO_JSON = words("Nội dung gửi lên không phải JSON.", "The body is no JSON.")
