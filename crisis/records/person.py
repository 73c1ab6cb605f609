"""Named users: who they are, what they may do, and how they come and go."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.errors import BadInput, NotFound
from crisis.model.role import Role
from crisis.model.words import Language, words
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.password import NewPassword
from crisis.records.schema.base import new_id
from crisis.records.schema.person import SignIn, User
from crisis.records.upsert import put_new

_ADDRESS = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewUser:
    """A person to be added. Without a password the person cannot sign in until one is set."""

    email: str
    name: str
    title: str
    roles: Collection[Role]
    title_en: str = ""
    phone: str = ""
    language: Language = Language.VI
    password: NewPassword | None = None


def normal_email(email: str) -> str:
    """`email` in lower case without blanks around it; BadInput where it is no ASCII address."""
    told = email.strip().lower()
    if not _ADDRESS.fullmatch(told):
        raise BadInput(
            words(f"“{email}” không phải địa chỉ e-mail.", f"“{email}” is no e-mail address."),
            field="email",
        )
    return told


async def add_user(act: Act, new: NewUser) -> User:
    """Add a person; BadInput where the address is taken or a field is not right."""
    email = normal_email(new.email)
    user_id = new_id()
    row = {
        "id": user_id,
        "email": email,
        "name": _line(new.name, "name"),
        "title": _line(new.title, "title"),
        "title_en": " ".join(new.title_en.split()),
        "phone": new.phone.strip(),
        "roles": _told(new.roles),
        "language": new.language.value,
        "password_hash": new.password.stored if new.password else None,
        "made_at": act.real,
    }
    if not await put_new(act.session, User, row):
        raise BadInput(
            words(f"Địa chỉ {email} đã có người dùng.", f"The address {email} is taken."),
            field="email",
        )
    user = await by_id(act.session, user_id)
    await act.note(OFFICE_CHAIN, Action.USER_ADDED, {"user": user.id, "roles": user.roles})
    return user


async def deactivate(act: Act, user_id: str) -> None:
    """Take a person's access away at once: sessions end, the name stays in the record."""
    user = await held(act, user_id)
    user.active = False
    await changed(act, user, "deactivated")


async def reactivate(act: Act, user_id: str) -> None:
    """Give a person access again."""
    user = await held(act, user_id)
    user.active = True
    await changed(act, user, "reactivated")


async def change_roles(act: Act, user_id: str, roles: Collection[Role]) -> None:
    """Give a person other roles; open sessions end, because a role may ask for a second factor."""
    user = await held(act, user_id)
    user.roles = _told(roles)
    await changed(act, user, "roles")


async def set_password(act: Act, user_id: str, password: NewPassword) -> None:
    """Give a person a new password; open sessions end and a lock is lifted."""
    user = await held(act, user_id)
    user.password_hash = password.stored
    user.failures, user.locked_until = 0, None
    await changed(act, user, "password")


async def unlock(act: Act, user_id: str) -> None:
    """Lift a lock that wrong passwords or codes brought about."""
    user = await held(act, user_id)
    user.failures, user.locked_until = 0, None
    await changed(act, user, "unlocked")


async def by_id(session: AsyncSession, user_id: str) -> User:
    """The person with this id; NotFound."""
    user = await session.get(User, user_id)
    if user is None:
        raise NotFound(words("Không có người dùng này.", "There is no such user."))
    return user


async def held(act: Act, user_id: str) -> User:
    """The person's row as it is now, held until commit; NotFound."""
    await by_id(act.session, user_id)
    return await act.session.get_one(User, user_id, with_for_update=True, populate_existing=True)


async def by_email(session: AsyncSession, email: str) -> User | None:
    """The person with this address, however it is written; None where there is none."""
    try:
        told = normal_email(email)
    except BadInput:
        return None
    user: User | None = await session.scalar(select(User).where(User.email == told))
    return user


async def all_users(session: AsyncSession, *, active_only: bool = False) -> Sequence[User]:
    """Everybody, by name."""
    wanted = select(User).order_by(User.name, User.id)
    if active_only:
        wanted = wanted.where(User.active)
    return list(await session.scalars(wanted))


async def names(session: AsyncSession) -> dict[str, str]:
    """Everybody's name by id."""
    return {user.id: user.name for user in await all_users(session)}


async def with_role(session: AsyncSession, *roles: Role) -> Sequence[User]:
    """Active people who have one of `roles`, by name."""
    people = await all_users(session, active_only=True)
    return [user for user in people if set(roles) & set(user.roles)]


def _told(roles: Iterable[Role]) -> list[str]:
    told = sorted({Role(role).value for role in roles})
    if not told:
        raise BadInput(
            words("Người dùng cần ít nhất một vai trò.", "A user needs at least one role."),
            field="roles",
        )
    return told


def _line(text: str, name: str) -> str:
    told = " ".join(unicodedata.normalize("NFC", text).split())
    if not told or not told.isprintable():
        raise BadInput(
            words("Xin ghi họ tên và chức vụ.", "Please give a name and a title."), field=name
        )
    return told


async def changed(act: Act, user: User, change: str) -> None:
    """Record a change of a person's access; open sessions end."""
    await act.session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    await act.session.flush()
    await act.note(
        OFFICE_CHAIN,
        Action.USER_CHANGED,
        {"user": user.id, "change": change, "roles": user.roles, "active": user.active},
    )
