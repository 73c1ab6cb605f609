"""One allegation, the findings about it, and what may be concluded from them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.model.claim import BLOCK_WORDS, Block, Claim, Conclusion, Evidence, Finding, conclude
from crisis.model.verdict import CLEARING, CONTESTING, Verdict
from crisis.model.words import words

BOARD, DEPARTMENT, SITE_TEAM, INSPECTORATE = "ban-qlda", "so-xay-dung", "doi-thi-cong", "thanh-tra"
_BELOW = {(SITE_TEAM, BOARD), (BOARD, DEPARTMENT), (SITE_TEAM, DEPARTMENT)}

V = Verdict


def answers_to(one: str, other: str) -> bool:
    return (one, other) in _BELOW


CLAIM = Claim(id="c-1", number=1, text=words("Sân trường ngập", "The yard floods"))
ABOUT_BOARD = replace(CLAIM, about=BOARD)


@pytest.mark.parametrize(
    ("said", "verdict", "block"),
    [
        ([], V.UNVERIFIED_YET, Block.NO_ANSWER),
        ([V.UNVERIFIED_YET], V.UNVERIFIED_YET, Block.NO_ANSWER),
        ([V.ACCURATE, V.UNVERIFIED_YET], V.UNVERIFIED_YET, Block.NO_ANSWER),
        ([V.ACCURATE], V.ACCURATE, None),
        ([V.PARTLY_ACCURATE], V.PARTLY_ACCURATE, None),
        ([V.INACCURATE], V.INACCURATE, None),
        ([V.OUT_OF_CONTEXT], V.OUT_OF_CONTEXT, None),
        ([V.INACCURATE, V.INACCURATE], V.INACCURATE, None),
        ([V.INACCURATE, V.OUT_OF_CONTEXT], V.UNVERIFIED_YET, Block.ANSWERS_DIFFER),
        ([V.ACCURATE, V.INACCURATE], V.UNVERIFIED_YET, Block.ANSWERS_DIFFER),
        ([V.ACCURATE, V.OPINION], V.UNVERIFIED_YET, Block.ANSWERS_DIFFER),
        ([V.OPINION], V.UNVERIFIED_YET, Block.NOT_CLASSIFIED),
        ([V.OUT_OF_SCOPE], V.UNVERIFIED_YET, Block.NOT_CLASSIFIED),
        ([V.OPINION, V.OUT_OF_SCOPE], V.UNVERIFIED_YET, Block.ANSWERS_DIFFER),
    ],
)
def test_agreeing_answers_with_evidence_settle_a_claim_and_nothing_else_does(
    finding: Callable[..., Finding], said: list[Verdict], verdict: Verdict, block: Block | None
) -> None:
    found = conclude(CLAIM, [finding(one) for one in said], answers_to)
    assert (found.verdict, found.block) == (verdict, block)
    assert found.settled is (block is None)


@pytest.mark.parametrize("said", sorted(V))
@pytest.mark.parametrize(
    ("facts", "verdict", "block"),
    [
        ({"opinion": True}, V.OPINION, None),
        ({"out_of_scope": True}, V.OUT_OF_SCOPE, None),
        ({"opinion": True, "out_of_scope": True}, V.OPINION, None),
        ({"opinion": True, "under_investigation": True}, V.OPINION, None),
        ({"under_investigation": True}, V.UNVERIFIED_YET, Block.UNDER_INVESTIGATION),
        ({"awaited": True}, V.UNVERIFIED_YET, Block.NO_ANSWER),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else None,
)
def test_what_the_coordinator_recorded_outweighs_what_an_agency_says(
    finding: Callable[..., Finding],
    facts: dict[str, Any],
    verdict: Verdict,
    block: Block | None,
    said: Verdict,
) -> None:
    found = conclude(replace(CLAIM, **facts), [finding(said)], answers_to)
    assert (found.verdict, found.block) == (verdict, block)
    assert len(found.findings) == 1


@pytest.mark.parametrize("lacking", [{"sha256": ""}, {"holder": ""}], ids=str)
@pytest.mark.parametrize("verdict", sorted(CONTESTING))
def test_a_finding_against_the_report_needs_evidence_that_can_be_checked(
    finding: Callable[..., Finding],
    evidence: Callable[..., Evidence],
    verdict: Verdict,
    lacking: dict[str, str],
) -> None:
    for papers in ((), (evidence(**lacking),)):
        found = conclude(CLAIM, [finding(verdict, evidence=papers)], answers_to)
        assert (found.verdict, found.block) == (V.UNVERIFIED_YET, Block.NO_EVIDENCE)
    one_of_two = [finding(verdict, evidence=()), finding(verdict)]
    assert conclude(CLAIM, one_of_two, answers_to).settled


def test_that_a_report_is_accurate_needs_no_evidence(finding: Callable[..., Finding]) -> None:
    assert conclude(ABOUT_BOARD, [finding(V.ACCURATE, evidence=())], answers_to).settled


# Who answers about the board's own conduct, with documents issued by whom: may it be cleared?
CLEARED = [
    ([(BOARD, [])], False),
    ([(BOARD, [None])], False),
    ([(BOARD, [BOARD])], False),
    ([(SITE_TEAM, [SITE_TEAM])], False),
    ([(BOARD, [SITE_TEAM])], False),
    ([(BOARD, []), (SITE_TEAM, [None])], False),
    ([(BOARD, [INSPECTORATE])], True),
    ([(BOARD, [BOARD, INSPECTORATE])], True),
    ([(INSPECTORATE, [None])], True),
    ([(BOARD, [None]), (INSPECTORATE, [])], True),
    # The body above is not the body's own word; nor is it a subordinate of it.
    ([(DEPARTMENT, [None])], True),
]


@pytest.mark.parametrize("verdict", sorted(CLEARING))
@pytest.mark.parametrize(("answers", "cleared"), CLEARED, ids=lambda value: str(value))
def test_nobody_is_cleared_on_their_own_word(
    finding: Callable[..., Finding],
    evidence: Callable[..., Evidence],
    answers: list[tuple[str, list[str | None]]],
    *,
    cleared: bool,
    verdict: Verdict,
) -> None:
    findings = [
        finding(verdict, agency=agency, evidence=tuple(evidence(issuer=i) for i in issuers))
        for agency, issuers in answers
    ]
    found = conclude(ABOUT_BOARD, findings, answers_to)
    has_paper = any(issuers for _, issuers in answers)
    expected = Block.OWN_WORD_ONLY if has_paper else Block.NO_EVIDENCE
    assert found.block is (None if cleared else expected)
    assert found.verdict is (verdict if cleared else V.UNVERIFIED_YET)


def test_an_independent_document_without_a_hash_clears_nobody(
    finding: Callable[..., Finding], evidence: Callable[..., Evidence]
) -> None:
    papers = (evidence(issuer=BOARD), evidence(issuer=INSPECTORATE, sha256=""))
    found = conclude(
        ABOUT_BOARD, [finding(V.INACCURATE, agency=BOARD, evidence=papers)], answers_to
    )
    assert found.block is Block.OWN_WORD_ONLY


def test_a_claim_about_nobody_in_particular_is_settled_by_whoever_answers(
    finding: Callable[..., Finding],
) -> None:
    assert conclude(CLAIM, [finding(V.INACCURATE, agency=BOARD)], answers_to).settled


def test_an_agency_may_admit_a_part_of_its_own_fault(finding: Callable[..., Finding]) -> None:
    assert conclude(ABOUT_BOARD, [finding(V.PARTLY_ACCURATE, agency=BOARD)], answers_to).settled


def test_the_evidence_of_a_conclusion_is_that_of_all_findings_in_order(
    finding: Callable[..., Finding], evidence: Callable[..., Evidence]
) -> None:
    first, second, third = (evidence(id=f"e-{n}") for n in range(3))
    found = Conclusion(
        claim=CLAIM,
        verdict=V.ACCURATE,
        findings=(
            finding(V.ACCURATE, evidence=(first, second)),
            finding(V.ACCURATE, evidence=(third,)),
        ),
    )
    assert found.evidence == (first, second, third)


def test_every_block_is_explained_in_both_languages() -> None:
    assert set(BLOCK_WORDS) == set(Block)
    assert all(said.vi and said.en for said in BLOCK_WORDS.values())


agencies = st.sampled_from([BOARD, DEPARTMENT, SITE_TEAM, INSPECTORATE])
issuers = st.none() | agencies


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(V)), agencies, st.lists(issuers, max_size=2)), max_size=4
    ),
    st.sampled_from([None, BOARD]),
)
def test_a_clearing_verdict_always_rests_on_evidence_and_on_another_voice(
    finding: Callable[..., Finding],
    evidence: Callable[..., Evidence],
    said: list[tuple[Verdict, str, list[str | None]]],
    about: str | None,
) -> None:
    findings = [
        finding(v, agency=a, evidence=tuple(evidence(issuer=i) for i in papers))
        for v, a, papers in said
    ]
    found = conclude(replace(CLAIM, about=about), findings, answers_to)
    assert found.settled is (found.verdict is not V.UNVERIFIED_YET)
    if found.verdict in CLEARING:
        assert any(papers for _, _, papers in said)
        others = {DEPARTMENT, INSPECTORATE} | ({BOARD, SITE_TEAM} if about is None else set())
        voices = {a for _, a, _ in said} | {i for _, _, papers in said for i in papers}
        assert voices & others
