"""What the checker of the campaigns sees, each on evidence made for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from desk.prove.check_incident import check_incidents
from desk.prove.check_mail import check_mails, window
from desk.prove.check_publication import check_publications
from desk.prove.diary import Deed, Diary
from desk.prove.evidence import Arrival, Chain, Evidence, Pack, SitePage

CODE, SLUG = "DT-2026-0001", "dt-2026-0001-1"
NOW = datetime(2026, 11, 11, 1, 0, tzinfo=UTC)
BODY = "Nội dung đã duyệt.\n"
SHA = sha256(BODY.encode()).hexdigest()
VARIANTS = [{"outlet": outlet, "language": "vi", "sha256": SHA} for outlet in ("site", "webhook")]

Change = Callable[[dict[str, Any]], None]


def entry(action: str, minutes: int = 0, **data: Any) -> dict[str, Any]:
    at = (NOW + timedelta(minutes=minutes)).isoformat()
    return {"chain": CODE, "action": action, "at": at, "data": data}


FROZEN = entry(
    "publication.frozen", 5, publication="p", statement="s", version=1, digest="x",
    variants=VARIANTS,
)  # fmt: skip


def sound() -> dict[str, Any]:
    """An incident that went as it should, as evidence in pieces."""
    return {
        "entries": [
            entry("clock.started", deadline="d"),
            entry("mail.queued", mail="m", letter="assignment", sha256="a" * 64, key="k"),
            entry("mail.attempted", 1, mail="m", attempt=1),
            entry("mail.accepted", 3, mail="m", attempt=1),
            entry("assignment.answered", 4),
            FROZEN,
            entry("statement.published", 6),
            entry("clock.met", 7, deadline="d"),
            entry("incident.closed", 8),
        ],
        "deadlines": [
            {"deadline": "d", "rule": "r", "state": "met",
             "due_at": (NOW + timedelta(hours=6)).isoformat()},
        ],
        "approvals": [{"digest": "x", "variants": VARIANTS}],
        "publications": [
            {"outlet": "site", "sha256": SHA, "file": "publications/dt-2026-0001-1/site.vi.txt"},
            {"outlet": "webhook", "sha256": SHA, "file": "publications/dt-2026-0001-1/w.vi.txt"},
        ],
        "office": [
            entry("mail.queued", mail="o", letter="checkpoint_notice", sha256="c" * 64, key="o"),
            entry("mail.attempted", 1, mail="o", attempt=1),
            entry("mail.accepted", 3, mail="o", attempt=1),
        ],
        "mails": [arrival(2), arrival(2, "c" * 64, "<2@x>")],
        "pages": [SitePage(slug=SLUG, sha256=SHA)],
        "calls": [call("key")],
        "deeds": ["report", "answer"],
        "verdict": "",
    }  # fmt: skip


def arrival(minutes: int, sha: str = "a" * 64, message_id: str = "<1@x>") -> Arrival:
    at = NOW + timedelta(minutes=minutes)
    return Arrival(recipient="a@b.example", at=at, message_id=message_id, sha256=sha)


def call(key: str, content: str = BODY) -> dict[str, Any]:
    variant = {"language": "vi", "content": content}
    body = {"code": CODE, "statement": "s", "version": 1, "variants": [variant]}
    return {"key": key, "body": body}


def evidence(told: dict[str, Any]) -> Evidence:
    diary = Diary(taken=[Deed(code=CODE, who="w", does=does) for does in told["deeds"]])
    pack = Pack(
        code=CODE,
        entries=told["entries"],
        deadlines=told["deadlines"],
        approvals=told["approvals"],
        publications=told["publications"],
        verdict=told["verdict"],
    )
    return Evidence(
        diary=diary,
        expected={CODE: ("clarify",)},
        packs={CODE: pack} if told["entries"] else {},
        office=Chain(code="office", entries=told["office"]),
        mails=told["mails"],
        pages=told["pages"],
        calls=told["calls"],
        chains=[],
        ends=NOW + timedelta(days=1),
        slack_seconds=60,
    )


def rules(told: dict[str, Any]) -> set[str]:
    seen = evidence(told)
    checks = (check_incidents, check_mails, check_publications)
    return {found.rule for check in checks for found in check(seen)}


def without(action: str) -> Change:
    def change(told: dict[str, Any]) -> None:
        told["entries"] = [one for one in told["entries"] if one["action"] != action]

    return change


def with_(piece: str, *more: Any) -> Change:
    return lambda told: told[piece].extend(more)


def put(piece: str, value: Any) -> Change:
    return lambda told: told.update({piece: value})


def running(told: dict[str, Any]) -> None:
    without("clock.met")(told)
    told["deadlines"][0]["state"] = "running"


def test_a_sound_incident_gives_no_finding() -> None:
    assert rules(sound()) == set()


CASES: dict[str, tuple[Change, str]] = {
    "no pack": (put("entries", []), "incident lost"),
    "not closed": (without("incident.closed"), "incident lost"),
    "verifier": (put("verdict", "entry 3 was changed"), "chain broken"),
    "deed": (with_("deeds", "answer"), "deed lost"),
    "unpublished": (without("statement.published"), "publication lost"),
    "still running": (running, "deadline silent"),
    "met without entry": (without("clock.met"), "deadline silent"),
    "never came": (put("mails", []), "mail lost"),
    "came again": (with_("mails", arrival(3)), "mail twice"),
    "office owes none": (put("office", []), "mail unknown"),
    "other bytes": (with_("mails", arrival(3, "b" * 64)), "mail unknown"),
    "came early": (put("mails", [arrival(0)]), "mail unclaimed"),
    "no try": (without("mail.attempted"), "mail unclaimed"),
    "key twice": (
        with_("entries", entry("mail.queued", mail="n", letter="l", sha256="a" * 64, key="k")),
        "mail twice",
    ),
    "frozen twice": (with_("entries", FROZEN), "published twice"),
    "no approval": (put("approvals", []), "not approved"),
    "other page": (put("pages", [SitePage(slug=SLUG, sha256="0" * 64)]), "not approved"),
    "no page": (put("pages", []), "publication lost"),
    "strange page": (with_("pages", SitePage(slug=f"{SLUG}1", sha256=SHA)), "not approved"),
    "two keys": (with_("calls", call("other key")), "published twice"),
    "other call": (put("calls", [call("key", "Khác.\n")]), "not approved"),
    "read back": (
        with_("entries", entry("delivery.unlike", outlet="site", finding="different")),
        "not approved",
    ),
    "no call": (put("calls", []), "publication lost"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_hold_is_found(case: str) -> None:
    change, rule = CASES[case]
    told = sound()
    change(told)
    assert rule in rules(told)


@pytest.mark.parametrize("code", [None, 451])
def test_a_mail_that_came_again_where_no_word_was_heard_is_the_window_of_smtp(
    code: int | None,
) -> None:
    told = sound()
    told["mails"].append(arrival(3))
    told["entries"].insert(3, entry("mail.attempted", 2, mail="m", attempt=2))
    told["entries"].insert(3, entry("mail.deferred", 2, mail="m", attempt=1, code=code))
    assert rules(told) == (set() if code is None else {"mail twice"})


def test_a_mail_that_came_again_after_a_try_without_an_end_is_the_window_of_smtp() -> None:
    told = sound()
    told["entries"].insert(3, entry("mail.attempted", 2, mail="m", attempt=2))
    told["mails"].append(arrival(3))
    assert rules(told) == set()
    assert window(evidence(told)) == 1


def test_the_same_key_at_the_receiver_is_done_once_and_no_finding() -> None:
    told = sound()
    told["calls"].append(call("key"))
    assert rules(told) == set()


def test_a_deadline_that_was_recorded_as_missed_was_not_missed_silently() -> None:
    told = sound()
    running(told)
    told["deadlines"][0]["state"] = "missed"
    told["entries"].append(entry("clock.missed", 400, deadline="d"))
    assert rules(told) == set()


def test_what_was_done_long_after_its_time_must_have_been_called_missed() -> None:
    told = sound()
    without("clock.met")(told)
    told["deadlines"][0]["state"] = "late"
    told["entries"].append(entry("clock.done_late", 600, deadline="d"))
    assert rules(told) == {"deadline silent"}
    told["entries"].insert(2, entry("clock.missed", 361, deadline="d"))
    assert rules(told) == set()
