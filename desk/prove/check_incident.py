"""No incident lost, nothing that was taken forgotten, no deadline missed silently, chains hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk.prove.affair import ACTIONS
from desk.prove.evidence import Data, Evidence, Finding, Pack

RUNNING, MISSED = "running", "clock.missed"
RECORDED = {
    "met": "clock.met",
    "late": "clock.done_late",
    "missed": MISSED,
    "cancelled": "clock.cancelled",
}
"""The entry that must stand in the ledger for each state of a deadline."""


def check_incidents(seen: Evidence) -> Iterator[Finding]:
    """Everything that is wrong with the incidents themselves."""
    for code in seen.diary.codes:
        pack = seen.packs.get(code)
        if pack is None:
            yield Finding(
                rule="incident lost", code=code, text="was taken and is not in the records"
            )
            continue
        yield from _ended(seen, pack)
        yield from _deeds(seen, pack)
        yield from _deadlines(seen, pack)
        if pack.verdict:
            yield Finding(rule="chain broken", code=code, text=pack.verdict)
    for line in seen.chains:
        yield Finding(rule="chain broken", code="-", text=line)


def _ended(seen: Evidence, pack: Pack) -> Iterator[Finding]:
    """Every affair was played to its end: an incident that stands still was lost on the way."""
    if not pack.actions["incident.closed"]:
        last = pack.entries[-2]["action"] if len(pack.entries) > 1 else "nothing"
        yield Finding(rule="incident lost", code=pack.code, text=f"stands still after {last}")
        return
    published = [entry["data"].get("kind") for entry in pack.told("statement.published")]
    if len(published) != len(seen.expected[pack.code]):
        text = f"{len(published)} statements published, not {len(seen.expected[pack.code])}"
        yield Finding(rule="publication lost", code=pack.code, text=text)


def _deeds(seen: Evidence, pack: Pack) -> Iterator[Finding]:
    for does, action in ACTIONS.items():
        taken, kept = seen.diary.count(pack.code, does), pack.actions[action]
        if taken > kept:
            text = f"{does} was taken {taken} times and recorded {kept} times"
            yield Finding(rule="deed lost", code=pack.code, text=text)


def _deadlines(seen: Evidence, pack: Pack) -> Iterator[Finding]:
    slack = timedelta(seconds=seen.slack_seconds)
    started, ended, missed = _when(pack, "clock.started"), _endings(pack), _when(pack, MISSED)
    for one in pack.deadlines:
        name, state = one["deadline"], one["state"]
        due = max(datetime.fromisoformat(one["due_at"]), started.get(name, seen.ends))
        if state != RUNNING and (RECORDED[state], name) not in ended:
            yield _silent(pack, one, f"is {state}, and the ledger does not say so")
            continue
        end = ended.get((RECORDED.get(state, ""), name), seen.ends)
        if end > due + slack and name not in missed:
            yield _silent(pack, one, "passed and nothing was recorded")


def _when(pack: Pack, action: str) -> dict[str, datetime]:
    """Office time at which an action was recorded, by deadline."""
    return {entry["data"]["deadline"]: _office_time(entry) for entry in pack.told(action)}


def _endings(pack: Pack) -> dict[tuple[str, str], datetime]:
    told = pack.told(*RECORDED.values())
    return {(entry["action"], entry["data"]["deadline"]): _office_time(entry) for entry in told}


def _office_time(entry: Data) -> datetime:
    return datetime.fromisoformat(entry["data"].get("as_of", entry["at"]))


def _silent(pack: Pack, one: Data, text: str) -> Finding:
    return Finding(rule="deadline silent", code=pack.code, text=f"{one['rule']} {text}")
