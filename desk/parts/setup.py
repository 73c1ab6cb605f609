"""First-run set-up of an installation: tables, content, people, outlets; twice is harmless."""

import secrets
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crisis.model.approval import Authority, Basis, Right
from crisis.model.contact import ContactBook, OfficePerson
from crisis.model.ledger import Actor, ActorKind
from crisis.model.role import APPROVING, Role
from crisis.office.office import Office, open_office, seed
from crisis.office.statement.ways_out import webhook_of
from crisis.records import authority, person, second_factor, way_out
from crisis.records.act import Act
from crisis.records.migrate import migrate
from crisis.records.office_clock import set_clock
from crisis.records.password import new_password
from crisis.records.person import NewUser
from crisis.records.schema.engine import OfficeClock
from crisis.records.sign_in import NEED_SECOND_FACTOR
from crisis.records.way_out import NewOutlet, Newsroom
from crisis.settings import Settings
from crisis.writing.content_file import parse_content

OPERATOR = Actor(kind=ActorKind.OPERATOR.value, id="setup")
ISSUER = "Phát ngôn"

INVENTED_NEWSROOMS = (
    Newsroom(outlet="Pháp Luật TP.HCM", email="toasoan@plo.example"),
    Newsroom(outlet="Báo Ví Dụ (giả định)", email="toasoan@bao-vi-du.example"),
    Newsroom(outlet="Example Newspaper (invented)", email="desk@paper.example", language="en"),
)
"""For demo and exercises: addresses that reach nobody."""

INVENTED_PHONE = "0233 000 0000"
"""Letters name a number to call; this one reaches nobody."""


OUTLETS = ("site", "press_list")
"""Ways out that every installation has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What the installation begins with.

    `contacts` is a contact file with agencies' people and, for exercises, users of the office;
    `clock` sets an exercise's office time, running at `rate`. Outlets count as announced only
    where `announced` says so, because INV5 asks for an announcement by a person. `webhook` is the
    address and the secret of a receiver.
    """

    contacts: Path | None = None
    clock: datetime | None = None
    rate: float = 1.0
    newsrooms: tuple[Newsroom, ...] = ()
    announced: bool = False
    webhook: tuple[str, str] | None = None
    authority: str = "Quyết định phân công phát ngôn (diễn tập)"
    authority_from: datetime | None = None
    phone: str = INVENTED_PHONE


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """How one new user signs in; told once. `totp` is the secret of the second factor, if any."""

    id: str
    user: str
    name: str
    email: str
    roles: tuple[Role, ...]
    password: str = field(repr=False)
    totp: str | None = field(repr=False, default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """An installation that is set up, with the users made in this call."""

    office: Office
    made: tuple[Credentials, ...]


async def set_up(settings: Settings, plan: Plan) -> Ready:
    """Bring the installation of `settings` to life; what is there already stays as it is."""
    await migrate(settings.records_url)
    office = open_office(settings)
    await _set_clock(office, plan)
    async with office.records.act(OPERATOR) as act:
        await seed(act, settings, plan.contacts)
        await _outlets(office, act, plan)
    return Ready(office=office, made=tuple([one async for one in _people(office, plan)]))


async def _set_clock(office: Office, plan: Plan) -> None:
    """The clock that the plan asks for; an exercise always has one, which marks its records."""
    exercise = office.settings.exercise
    async with office.records.act(OPERATOR) as act:
        known = await act.session.get(OfficeClock, 1)
        if plan.clock is not None or (exercise and known is None):
            await set_clock(act, plan.clock or act.real, rate=plan.rate, exercise=exercise)


async def _outlets(office: Office, act: Act, plan: Plan) -> None:
    real = not office.settings.exercise
    new = [NewOutlet(id=name, announced=plan.announced, real=real) for name in OUTLETS]
    if plan.webhook is not None:
        hook = webhook_of(office, *plan.webhook)
        new.append(replace(hook, announced=plan.announced))
    for one in new:
        await way_out.add_outlet(act, one)
    for newsroom in plan.newsrooms:
        await way_out.add_newsroom(act, newsroom)


async def _people(office: Office, plan: Plan) -> AsyncIterator[Credentials]:
    for one in _office_people(plan.contacts):
        made = await _person(office, plan, one)
        if made is not None:
            yield made


def _office_people(contacts: Path | None) -> Iterable[OfficePerson]:
    if contacts is None:
        return ()
    return parse_content(contacts.read_bytes(), ContactBook, name=contacts.name).office


async def _person(office: Office, plan: Plan, one: OfficePerson) -> Credentials | None:
    """Add a user with a password and, where the roles ask for it, a second factor in force."""
    async with office.records.look() as session:
        if await person.by_email(session, one.email) is not None:
            return None
    password = secrets.token_urlsafe(12)
    stored = await new_password(password, one.email)
    async with office.records.act(OPERATOR) as act:
        user = await person.add_user(
            act,
            NewUser(
                email=one.email,
                name=one.name,
                title=one.title,
                title_en=one.title_en or "",
                phone=one.phone or "",
                roles=one.roles,
                password=stored,
            ),
        )
        totp = None
        if NEED_SECOND_FACTOR & set(one.roles):
            totp = (await second_factor.give_totp(act, office.seal, user.id, issuer=ISSUER)).secret
        for right in _rights(one.roles):
            await authority.record(act, _authority(plan, act, user.id, right))
    return Credentials(
        id=one.id,
        user=user.id,
        name=one.name,
        email=user.email,
        roles=one.roles,
        password=password,
        totp=totp,
    )


def _rights(roles: Iterable[Role]) -> tuple[Right, ...]:
    held = set(roles)
    approve = (Right.APPROVE,) if held & set(APPROVING) else ()
    speak = (Right.SPEAK,) if held & {Role.SPOKESPERSON, Role.LEADER} else ()
    return approve + speak


def _authority(plan: Plan, act: Act, user: str, right: Right) -> Authority:
    return Authority(
        person=user,
        right=right,
        basis=Basis.ASSIGNED,
        document=plan.authority,
        valid_from=plan.authority_from or act.now,
    )
