"""What a change of content does to the timeline of silence: before and after, event by event."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crisis.model.approval import Right
from crisis.model.contact import OfficePerson
from crisis.model.known_fact import known_at_receipt
from crisis.model.playbook import Playbook
from crisis.model.role import APPROVING, Role
from crisis.model.severity import Severity
from crisis.model.silence import Event, Setting, Silence
from crisis.office.content.content_check import Bundle
from crisis.office.office import local_day
from crisis.records import authority, person
from crisis.records.act import Act


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which silence is looked at: playbook, severity and the moment of receipt."""

    playbook: str
    severity: Severity
    at: datetime
    topic: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One event before and after a change, None where it is not there; `told` is the later one."""

    before: Event | None
    after: Event | None

    told: Event


async def office_people(act: Act) -> tuple[OfficePerson, ...]:
    """The office's users as the simulation knows people: who may sign only with their authority."""
    able = await authority.who_may(act.session, Right.APPROVE, at=act.now, incident_id="")
    may = {user.id for user in able}
    return tuple(
        OfficePerson(
            id=f"u-{user.id}",
            roles=roles,
            name=user.name,
            title=user.title or user.name,
            email=user.email,
        )
        for user in await person.all_users(act.session, active_only=True)
        if (roles := _roles(user.roles, may_sign=user.id in may))
    )


def _roles(held: Sequence[str], *, may_sign: bool) -> tuple[Role, ...]:
    roles = tuple(Role(one) for one in held)
    return roles if may_sign else tuple(one for one in roles if one not in APPROVING)


def playbook_of(bundle: Bundle, name: str) -> Playbook:
    """The playbook of that name, else the first one."""
    named = {placed.value.id: placed.value for placed in bundle.playbooks}
    return named.get(name) or next(iter(named.values()))


def silence_of(bundle: Bundle, asked: Asked, people: Sequence[OfficePerson]) -> Silence:
    """The silence that is asked for, under the content of `bundle` and with these people."""
    playbook = playbook_of(bundle, asked.playbook)
    setting = bundle.setting(playbook, local_day(asked.at))
    contacts = setting.contacts.model_copy(update={"office": tuple(people)})
    told: Setting = replace(
        setting,
        contacts=contacts,
        topics=(asked.topic,) if asked.topic else setting.topics,
        determined=known_at_receipt(playbook, asked.severity),
    )
    return Silence(setting=told, severity=asked.severity, at=asked.at)


def pairs(before: Sequence[Event], after: Sequence[Event]) -> tuple[Pair, ...]:
    """Events of both timelines side by side, in the order of time.

    The n-th letter of a kind to a person about an agency before is that letter after.
    """
    old, new = _named(before), _named(after)
    found = [
        Pair(before=old.get(key), after=new.get(key), told=told)
        for key, told in {**old, **new}.items()
    ]
    return tuple(sorted(found, key=_time))


def _time(pair: Pair) -> tuple[datetime, str]:
    return pair.told.at, pair.told.kind.value


def _named(events: Sequence[Event]) -> dict[tuple[object, ...], Event]:
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    return dict(_keyed(events, seen))


def _keyed(
    events: Sequence[Event], seen: dict[tuple[object, ...], int]
) -> Iterator[tuple[tuple[object, ...], Event]]:
    for event in events:
        key = (event.kind, event.about, event.email, event.rung, event.level)
        seen[key] += 1
        yield (*key, seen[key]), event
