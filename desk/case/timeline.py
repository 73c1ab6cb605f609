"""The timeline: ledger entries in people's words, with names in place of ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crisis.model.action import Action
from crisis.model.canonical import moment
from crisis.model.incident import TITLES, Stage
from crisis.model.ledger import ActorKind
from crisis.model.statement import KIND_WORDS, StatementKind
from crisis.model.verdict import VERDICT_WORDS, Verdict
from crisis.model.words import Words, words
from desk.case.words import LETTER_WORDS

GROUPS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "": (words("Việc chính", "Main events"), ()),
    "thoi-han": (words("Thời hạn", "Clocks"), ("clock.",)),
    "giao-viec": (
        words("Giao việc", "Tasks"),
        ("assignment.", "reminder.", "escalation.", "evidence.", "claim."),
    ),
    "phat-ngon": (
        words("Phát ngôn", "Statements"),
        ("statement.", "approval.", "publication.", "delivery."),
    ),
    "thu": (words("Thư", "Mail"), ("mail.", "link.")),
    "tat-ca": (words("Tất cả", "Everything"), ("",)),
}
"""Filters of the page: a name, and how the actions begin that it shows."""

ACTIONS = {action.value: action for action in Action}

ROUTINE = ("mail.", "link.", "wake.", "clock.", "engine.", "delivery.attempted", "evidence.")
"""What the main events leave out: machinery that people look up when they need it."""

LOUD = frozenset({Action.CLOCK_MISSED, Action.CLOCK_DONE_LATE, Action.MAIL_REFUSED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """What ids in the ledger stand for."""

    people: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, Words] = field(default_factory=dict)
    clocks: Mapping[str, Words] = field(default_factory=dict)
    mails: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One line of the timeline; `office_at` is the time of the exercise where it has its own."""

    seq: int
    at: datetime
    what: Words
    by: Words
    detail: Words | None
    run: str | None
    hash: str
    loud: bool = False
    office_at: datetime | None = None


def wanted(action: str, group: str) -> bool:
    """Whether the filter `group` shows an action."""
    if not group or group not in GROUPS:
        return not action.startswith(ROUTINE) or action in LOUD
    return action.startswith(GROUPS[group][1])


def event_of(entry: Mapping[str, Any], names: Names) -> Event:
    """The line of one ledger entry."""
    action, data = ACTIONS[entry["action"]], entry["data"]
    told = data.get("as_of")
    return Event(
        seq=entry["seq"],
        at=moment(entry["at"]),
        what=action.label,
        by=CLASSIFIED if _is_classification(action, data) else _by(entry["actor"], names),
        detail=_detail(data, names),
        run=entry["run"],
        hash=entry["hash"],
        loud=action in LOUD,
        office_at=moment(told) if told else None,
    )


CLASSIFIED = words("Theo phân loại của văn phòng", "By the office's classification")


def _is_classification(action: Action, data: Mapping[str, Any]) -> bool:
    """Whether a verdict follows from what sort of claim it is: then no agency found it."""
    return action is Action.CLAIM_CONCLUDED and (
        data.get("verdict") in {Verdict.OPINION, Verdict.OUT_OF_SCOPE}
    )


def _by(actor: Mapping[str, str], names: Names) -> Words:
    kind, key = actor["kind"], actor["id"]
    if kind == ActorKind.USER and key in names.people:
        return words(names.people[key], names.people[key])
    if kind == ActorKind.AGENCY and key in names.tasks:
        return names.tasks[key]
    return ACTORS.get(kind, words(key, key))


ACTORS: dict[str, Words] = {
    ActorKind.USER.value: words("Người dùng", "A user"),
    ActorKind.AGENCY.value: words("Cơ quan", "An agency"),
    ActorKind.KEY.value: words("Hệ thống khác, qua API", "Another system, by API"),
    ActorKind.OPERATOR.value: words("Người vận hành", "Operator"),
    ActorKind.SYSTEM.value: words("Hệ thống", "The system"),
}


def _detail(data: Mapping[str, Any], names: Names) -> Words | None:
    """What the entry is about, by the first of its ids that has a name."""
    for tell in (_moved, _clock, _mail, _verdict, _severity, _claim, _statement, _task):
        found = tell(data, names)
        if found is not None:
            return found
    return None


def _moved(data: Mapping[str, Any], names: Names) -> Words | None:
    here, there = data.get("from"), data.get("to")
    stages = {stage.value: TITLES[stage] for stage in Stage}
    if here not in stages or there not in stages:
        return None
    return words(
        f"{stages[here].vi} → {stages[there].vi}", f"{stages[here].en} → {stages[there].en}"
    )


def _clock(data: Mapping[str, Any], names: Names) -> Words | None:
    return names.clocks.get(data.get("deadline", ""))


def _mail(data: Mapping[str, Any], names: Names) -> Words | None:
    found = names.mails.get(data.get("mail", ""))
    if found is None:
        return None
    letter, to = found
    title = LETTER_WORDS.get(letter, words(letter, letter))
    return words(f"{title.vi} → {to}", f"{title.en} → {to}")


def _verdict(data: Mapping[str, Any], names: Names) -> Words | None:
    if "verdict" not in data or data.get("claim") not in names.claims:
        return None
    number, said = names.claims[data["claim"]], VERDICT_WORDS[Verdict(data["verdict"])]
    return words(f"Nội dung {number}: {said.vi}", f"Claim {number}: {said.en}")


def _claim(data: Mapping[str, Any], names: Names) -> Words | None:
    number = names.claims.get(data.get("claim", ""))
    return words(f"Nội dung {number}", f"Claim {number}") if number else None


def _severity(data: Mapping[str, Any], names: Names) -> Words | None:
    told = data.get("severity")
    return words(told, told) if told else None


def _statement(data: Mapping[str, Any], names: Names) -> Words | None:
    kind = names.statements.get(data.get("statement", ""))
    if kind is None:
        return None
    title, version = KIND_WORDS[StatementKind(kind)], data.get("version")
    if version is None:
        return title
    return words(f"{title.vi}, bản {version}", f"{title.en}, version {version}")


def _task(data: Mapping[str, Any], names: Names) -> Words | None:
    return names.tasks.get(data.get("assignment") or data.get("subject") or "")
