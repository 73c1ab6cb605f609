"""Every mail delivered, none twice but in the one window of SMTP, none unknown to the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desk.prove.evidence import Arrival, Chain, Data, Evidence, Finding

PRESS = "press_list"
ENDS = ("mail.accepted", "mail.deferred", "mail.refused")
DELIVERY_ENDS = ("delivery.accepted", "delivery.failed", "delivery.refused")


@dataclass(frozen=True, kw_only=True, slots=True)
class Queued:
    """A mail that the ledger owes: when it was first tried, in how many tries no word was heard."""

    code: str
    mail: str
    letter: str
    sha256: str
    key: str
    tried_at: datetime | None
    unheard: int
    refused: bool


def queued(chain: Chain) -> list[Queued]:
    """Every mail that a chain owes. One to a newsroom is tried by its delivery, not the outbox."""
    tries = _by(chain.told("mail.attempted"), "mail")
    ends = Counter(entry["data"]["mail"] for entry in _heard(chain.told(*ENDS)))
    refused = {entry["data"]["mail"] for entry in chain.told("mail.refused")}
    press = _press(chain)
    found = []
    for entry in chain.told("mail.queued"):
        told = entry["data"]
        held = told["mail"] not in tries and press[0]
        tried = press[0] if held else [one["at"] for one in tries[told["mail"]]]
        found.append(
            Queued(
                code=chain.code,
                mail=told["mail"],
                letter=told["letter"],
                sha256=told["sha256"],
                key=told["key"],
                tried_at=datetime.fromisoformat(min(tried)) if tried else None,
                unheard=press[1] if held else len(tried) - ends[told["mail"]],
                refused=told["mail"] in refused,
            )
        )
    return found


def _heard(ends: list[Data]) -> list[Data]:
    """The ends of tries in which the server's word was heard: only then is it sure what it kept."""
    return [e for e in ends if e["action"].endswith("accepted") or e["data"]["code"] is not None]


def _press(chain: Chain) -> tuple[list[str], int]:
    """When deliveries to newsrooms were tried, and how many of the tries without a word."""
    tries = [e for e in chain.told("delivery.attempted") if e["data"]["outlet"] == PRESS]
    ends = [e for e in _heard(chain.told(*DELIVERY_ENDS)) if e["data"]["outlet"] == PRESS]
    return [entry["at"] for entry in tries], len(tries) - len(ends)


def _by(entries: list[Data], key: str) -> dict[str, list[Data]]:
    found: dict[str, list[Data]] = defaultdict(list)
    for entry in entries:
        found[entry["data"][key]].append(entry)
    return found


def check_mails(seen: Evidence) -> Iterator[Finding]:
    """Everything that is wrong with the mails."""
    owed = {one.sha256: one for chain in seen.ledgers for one in queued(chain)}
    came: dict[str, list[Arrival]] = defaultdict(list)
    for mail in seen.mails:
        came[mail.sha256].append(mail)
    for sha, one in owed.items():
        yield from _owed(one, came.get(sha, []))
    yield from _strangers(owed, came)
    yield from _keys(seen)


def _owed(one: Queued, came: list[Arrival]) -> Iterator[Finding]:
    if not came and not one.refused:
        yield Finding(rule="mail lost", code=one.code, text=f"{one.letter} {one.mail}")
    if came and (one.tried_at is None or came[0].at < one.tried_at):
        text = f"{one.letter} {one.mail} was sent before the ledger said so"
        yield Finding(rule="mail unclaimed", code=one.code, text=text)
    if len(came) - 1 > max(one.unheard, 0):
        text = f"{one.letter} came {len(came)} times, {one.unheard} tries without a word"
        yield Finding(rule="mail twice", code=one.code, text=text)


def _strangers(owed: dict[str, Queued], came: dict[str, list[Arrival]]) -> Iterator[Finding]:
    known = {mails[0].message_id: sha for sha, mails in came.items() if sha in owed}
    for sha, mails in came.items():
        if sha in owed:
            continue
        first = mails[0]
        again = " (a Message-ID that came with other bytes)" if first.message_id in known else ""
        text = f"{first.recipient} got a mail that no ledger owes{again}"
        yield Finding(rule="mail unknown", code="-", text=text)


def _keys(seen: Evidence) -> Iterator[Finding]:
    keys = Counter(one.key for chain in seen.ledgers for one in queued(chain))
    for key, times in keys.items():
        if times > 1:
            yield Finding(rule="mail twice", code="-", text=f"key {key[:12]} queued {times} times")


def window(seen: Evidence) -> int:
    """How many mails came once more: kept by the server, its word not heard or not recorded."""
    owed = {one.sha256 for chain in seen.ledgers for one in queued(chain)}
    came = Counter(mail.sha256 for mail in seen.mails if mail.sha256 in owed)
    return sum(times - 1 for times in came.values())
