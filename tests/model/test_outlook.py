"""What is ripe for an incident, and what it waits for after that."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from crisis.model.claim import Conclusion
from crisis.model.incident import ENDED, Stage
from crisis.model.outlook import Case, Work, outlook
from crisis.model.severity import Severity
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.statement_view import StatementView
from crisis.model.verdict import Verdict
from crisis.model.wait import WAIT_WORDS, Wait

K, L, S = StatementKind, Lifecycle, Stage
View = StatementView
Told = Callable[..., Case]


def one(kind: StatementKind, lifecycle: Lifecycle, **facts: Any) -> View:
    return View(id="s", kind=kind, lifecycle=lifecycle, **facts)


@pytest.fixture
def told(concluded: Callable[..., Conclusion]) -> Told:
    """`told(stage, "accurate inaccurate", statements, severity="S3", unassigned="c-1", …)`."""

    def case(
        stage: Stage, verdicts: str = "", statements: tuple[View, ...] = (), **facts: str
    ) -> Case:
        found = [concluded(Verdict(v), n) for n, v in enumerate(verdicts.split(), start=1)]
        return Case(
            stage=stage,
            severity=Severity(facts.get("severity", "S3")),
            conclusions=tuple(found),
            unassigned=tuple(facts.get("unassigned", "").split()),
            unresolved=tuple(facts.get("unresolved", "").split()),
            statements=statements,
        )

    return case


UNKNOWN = "unverified_yet"
HOLD_OUT = one(K.HOLDING, L.PUBLISHED)
ACK = K.ACKNOWLEDGE
ACK_OUT = one(ACK, L.PUBLISHED)
IN_PUBLICATION: dict[str, Any] = {"deliveries_open": True}

# What stands, what is ripe, what is waited for.
CASES: dict[str, tuple[tuple[Any, ...], dict[str, str], str, str]] = {
    "a candidate waits for a person": ((S.CANDIDATE, UNKNOWN), {}, "", "confirmation"),
    "nobody is asked before that": (
        (S.CANDIDATE, UNKNOWN),
        {"unassigned": "c-1"},
        "",
        "confirmation",
    ),
    "a claim that somebody answers for is assigned": (
        (S.OPEN, UNKNOWN),
        {"severity": "S2", "unassigned": "c-1"},
        "assign",
        "verification",
    ),
    "a claim that nobody is known for waits for a name": (
        (S.OPEN, UNKNOWN),
        {"severity": "S2", "unassigned": "c-1", "unresolved": "c-1"},
        "",
        "agency",
    ),
    "what can be assigned is, the rest waits": (
        (S.VERIFYING, f"{UNKNOWN} {UNKNOWN}"),
        {"severity": "S2", "unassigned": "c-1 c-2", "unresolved": "c-2"},
        "assign",
        "agency",
    ),
    "from S3 on the line is held at once": (
        (S.OPEN, UNKNOWN),
        {"unassigned": "c-1"},
        "assign hold",
        "verification",
    ),
    "an incident without claims is held too": ((S.VERIFYING,), {}, "hold", "verification"),
    "at S2 the line is held on request only": (
        (S.VERIFYING, UNKNOWN),
        {"severity": "S2"},
        "",
        "verification",
    ),
    "the line is held once": ((S.VERIFYING, UNKNOWN, (HOLD_OUT,)), {}, "", "verification"),
    "a rejected holding statement does not come back by itself": (
        (S.VERIFYING, UNKNOWN, (one(K.HOLDING, L.REJECTED),)),
        {},
        "",
        "verification",
    ),
    "a returned holding statement waits for its writer": (
        (S.VERIFYING, UNKNOWN, (one(K.HOLDING, L.DRAFT),)),
        {},
        "",
        "revision",
    ),
    "the next approvers of a holding statement are asked": (
        (S.VERIFYING, UNKNOWN, (one(K.HOLDING, L.PENDING, unasked_step=True),)),
        {},
        "ask_approval",
        "approval",
    ),
    "who was asked is waited for": (
        (S.VERIFYING, UNKNOWN, (one(K.HOLDING, L.PENDING),)),
        {},
        "",
        "approval",
    ),
    "an approved holding statement goes out": (
        (S.VERIFYING, UNKNOWN, (one(K.HOLDING, L.APPROVED),)),
        {},
        "publish",
        "approval",
    ),
    "verified: the final statement is drafted": (
        (S.VERIFYING, "accurate", (HOLD_OUT,)),
        {},
        "draft",
        "verification",
    ),
    "known facts overtake a holding statement on its way": (
        (S.VERIFYING, "accurate", (one(K.HOLDING, L.APPROVED),)),
        {},
        "reverify draft",
        "verification",
    ),
    "a low rumour found false waits for a decision": (
        (S.VERIFYING, "inaccurate"),
        {"severity": "S1"},
        "",
        "decision",
    ),
    "a returned draft waits for its writer": (
        (S.DRAFTING, "accurate", (one(ACK, L.DRAFT),)),
        {},
        "",
        "revision",
    ),
    "after a rejection a person decides": (
        (S.DRAFTING, "accurate", (one(ACK, L.REJECTED),)),
        {},
        "",
        "revision",
    ),
    "an expired draft is drafted anew": (
        (S.VERIFYING, "accurate", (one(ACK, L.EXPIRED),)),
        {},
        "draft",
        "verification",
    ),
    "a final statement is laid before its approvers": (
        (S.APPROVING, "accurate", (one(ACK, L.PENDING, unasked_step=True),)),
        {},
        "ask_approval",
        "approval",
    ),
    "an approved final statement goes out": (
        (S.APPROVING, "accurate", (one(ACK, L.APPROVED),)),
        {},
        "publish",
        "approval",
    ),
    "a new claim stops an approved final statement": (
        (S.APPROVING, f"accurate {UNKNOWN}", (one(ACK, L.APPROVED),)),
        {"severity": "S2"},
        "reverify",
        "verification",
    ),
    "another finding stops it too": (
        (S.APPROVING, "accurate", (one(K.CORRECT, L.APPROVED),)),
        {},
        "reverify",
        "verification",
    ),
    "deliveries are worked on": (
        (S.PUBLISHING, "accurate", (one(ACK, L.PUBLISHING, **IN_PUBLICATION),)),
        {},
        "deliver",
        "delivery",
    ),
    "an outlet that rests is waited for": (
        (S.PUBLISHING, "accurate", (one(ACK, L.PUBLISHING, deliveries_open=True),)),
        {},
        "deliver",
        "delivery",
    ),
    "what is out is settled while a newsroom is still to be reached": (
        (S.PUBLISHING, "accurate", (one(ACK, L.PUBLISHING, **IN_PUBLICATION, out=True),)),
        {},
        "deliver settle",
        "delivery",
    ),
    "when every outlet has answered it is settled": (
        (S.PUBLISHING, "accurate", (one(ACK, L.PUBLISHING),)),
        {},
        "settle",
        "delivery",
    ),
    "published: it waits to be closed": (
        (S.PUBLISHED, "accurate", (HOLD_OUT, ACK_OUT)),
        {},
        "",
        "closing",
    ),
    "a claim that came while it was published reopens verification": (
        (S.PUBLISHED, f"accurate {UNKNOWN}", (HOLD_OUT, ACK_OUT)),
        {},
        "reverify",
        "verification",
    ),
    "a published denial of what turned out true reopens verification": (
        (S.PUBLISHED, "accurate", (one(K.CORRECT, L.PUBLISHED),)),
        {},
        "reverify",
        "closing",
    ),
    "the line is held again for what is new since the last final statement": (
        (S.VERIFYING, f"accurate {UNKNOWN}", (HOLD_OUT, ACK_OUT)),
        {},
        "hold",
        "verification",
    ),
    "what was rejected before the last final statement is over": (
        (S.VERIFYING, "accurate", (one(ACK, L.REJECTED), ACK_OUT)),
        {},
        "draft",
        "verification",
    ),
    "an own error is amended whatever is known by now": (
        (S.VERIFYING, UNKNOWN, (ACK_OUT, one(ACK, L.APPROVED, amends=True))),
        {"severity": "S2"},
        "publish",
        "approval",
    ),
    "while monitoring nothing is said": (
        (S.MONITORING, UNKNOWN, (one(K.HOLDING, L.APPROVED),)),
        {"unassigned": "c-1"},
        "",
        "recheck",
    ),
    "but what is half out is brought out": (
        (S.MONITORING, UNKNOWN, (one(K.HOLDING, L.PUBLISHING, **IN_PUBLICATION),)),
        {},
        "deliver",
        "recheck",
    ),
}


@pytest.mark.parametrize(("stands", "facts", "ripe", "wait"), CASES.values(), ids=CASES.keys())
def test_what_can_be_done_and_what_is_waited_for(
    told: Told, stands: tuple[Any, ...], facts: dict[str, str], ripe: str, wait: str
) -> None:
    seen = outlook(told(*stands, **facts))
    assert {work.value for work in seen.ripe} == set(ripe.split())
    assert seen.wait.value == wait


@pytest.mark.parametrize(("stage", "lifecycle"), list(product(sorted(ENDED), Lifecycle)))
def test_nothing_is_ripe_in_an_incident_that_has_ended(
    told: Told, stage: Stage, lifecycle: Lifecycle
) -> None:
    going = one(ACK, lifecycle, unasked_step=True, **IN_PUBLICATION)
    seen = outlook(told(stage, "accurate", (going,), unassigned="c-1"))
    assert (seen.ripe, seen.wait) == (frozenset(), Wait.NOTHING)


@pytest.mark.parametrize(("stage", "kind"), list(product(Stage, sorted(set(K) - {K.HOLDING}))))
def test_with_an_unverified_claim_no_final_kind_is_ripe(
    told: Told, stage: Stage, kind: StatementKind
) -> None:
    for lifecycle in (L.PENDING, L.APPROVED):
        going = one(kind, lifecycle, unasked_step=True)
        seen = outlook(told(stage, f"accurate {UNKNOWN}", (going,), severity="S2"))
        assert not seen.ripe & {Work.ASK_APPROVAL, Work.PUBLISH, Work.DRAFT}


def test_a_step_that_cannot_succeed_is_set_aside_and_a_person_is_waited_for(told: Told) -> None:
    stands = told(S.OPEN, UNKNOWN, unassigned="c-1")
    seen = outlook(replace(stands, blocked=Work.HOLD))
    assert (seen.ripe, seen.wait) == ({Work.ASSIGN}, Wait.PERSON)
    assert outlook(replace(stands, blocked=Work.DRAFT)) == outlook(stands)


def test_every_wait_has_its_words_in_both_languages() -> None:
    assert set(WAIT_WORDS) == set(Wait)
    assert len({said.en for said in WAIT_WORDS.values()}) == len(Wait)
    assert all(said.vi for said in WAIT_WORDS.values())
