"""The gate of the desk: who is signed in, what they may do, and that a form is their own."""

import hmac
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from crisis.model.errors import NotAllowed
from crisis.model.ledger import Actor, ActorKind
from crisis.model.role import Role
from crisis.model.viewing import NOBODY, Viewer
from crisis.model.words import words
from crisis.records import sign_in
from crisis.records.sign_in import SignedIn
from crisis.records.viewing import looking
from desk.door.app_state import office_of

COOKIE = "phien"
FIELD = "csrf"
ACTING = (Role.COORDINATOR, Role.ADMIN)
"""Roles that trigger, triage and steer; everybody else reads."""


class SignInNeeded(Exception):
    """Nobody is signed in, or the second factor is missing; `where` is the page to go to."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


async def visitor(request: Request) -> SignedIn | None:
    """Whoever is behind the session cookie, with or without the second factor; None: nobody."""
    token = request.cookies.get(COOKIE)
    office = office_of(request)
    found = await sign_in.visit(office.records, token) if token else None
    request.state.signed = found
    looking(_viewer(found))
    request.state.now = (await office.records.clock()).now()
    return found


async def signed_in(request: Request) -> SignedIn:
    """The person who is signed in, second factor included; otherwise the sign-in page opens.

    Raises SignInNeeded.
    """
    found = await visitor(request)
    if found is None:
        raise SignInNeeded(_with_next("/vao", request))
    if not found.complete:
        raise SignInNeeded(_with_next("/vao/ma", request))
    return found


def _viewer(signed: SignedIn | None) -> Viewer:
    """The person as one who looks: before the second factor as good as nobody."""
    if signed is None or not signed.complete:
        return NOBODY
    return Viewer(id=signed.user.id, roles=frozenset(Role(one) for one in signed.user.roles))


Person = Annotated[SignedIn, Depends(signed_in)]


def may(signed: SignedIn, *roles: Role) -> bool:
    """Whether the person has one of `roles`."""
    return bool({role.value for role in roles} & set(signed.user.roles))


def must(signed: SignedIn, *roles: Role) -> None:
    """Raises NotAllowed where the person has none of `roles`."""
    if not may(signed, *roles):
        raise NotAllowed(
            words(
                "Vai trò của ông/bà chỉ được xem. Việc này do điều phối viên thực hiện.",
                "Your role may only read. This is done by a coordinator.",
            )
        )


def actor_of(signed: SignedIn) -> Actor:
    """The person as the ledger names them."""
    return Actor(kind=ActorKind.USER.value, id=signed.user.id)


def check_csrf(request: Request, form: Mapping[str, object]) -> None:
    """Refuse a form that does not carry this session's token. Raises NotAllowed."""
    signed: SignedIn | None = getattr(request.state, "signed", None)
    given = str(form.get(FIELD, ""))
    if signed is None or not hmac.compare_digest(signed.csrf.encode(), given.encode()):
        raise NotAllowed(
            words(
                "Biểu mẫu đã hết hiệu lực. Xin tải lại trang rồi gửi lại.",
                "This form has expired. Please load the page again and send it once more.",
            )
        )


def own_path(written: str | None) -> str:
    """`written` if it is a path of this site, else the board: nobody is sent elsewhere."""
    told = written or "/"
    plain = all(" " < letter < "\x7f" for letter in told)
    inside = told.startswith("/") and not told.startswith(("//", "/\\"))
    return told if plain and inside and "\\" not in told else "/"


def _with_next(page: str, request: Request) -> str:
    if request.method != "GET":
        return page
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return page if there == "/" else f"{page}?{urlencode({'next': there})}"
