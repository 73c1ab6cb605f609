"""Forms of people without a session: a nonce in the cookie and the same one in the form."""

import hmac
import secrets
from collections.abc import Mapping

from fastapi import Request, Response

from crisis.model.errors import NotAllowed
from crisis.model.words import words

COOKIE = "bieu-mau"
FIELD = "nonce"
_FRESH = "fresh_nonce"


def nonce_of(request: Request) -> str:
    """The nonce of this browser, made if it has none; `keep_nonce` sends it along."""
    known = request.cookies.get(COOKIE) or getattr(request.state, _FRESH, None)
    if known is None:
        known = secrets.token_urlsafe(24)
        setattr(request.state, _FRESH, known)
    return known


def keep_nonce(request: Request, response: Response, *, secure: bool) -> None:
    """Send the cookie of a nonce that was made for this page."""
    fresh = getattr(request.state, _FRESH, None)
    if fresh is not None:
        response.set_cookie(COOKIE, fresh, secure=secure, httponly=True, samesite="lax")


def check_nonce(request: Request, form: Mapping[str, object]) -> None:
    """Refuse a form that another site sent. Raises NotAllowed."""
    kept, given = request.cookies.get(COOKIE, ""), str(form.get(FIELD, ""))
    if not kept or not hmac.compare_digest(kept.encode(), given.encode()):
        raise NotAllowed(
            words(
                "Biểu mẫu đã hết hiệu lực. Xin tải lại trang rồi gửi lại.",
                "This form has expired. Please load the page again and send it once more.",
            )
        )
