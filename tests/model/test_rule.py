"""The invariants of a statement's content, INV1, INV2 and INV7 to INV11, each by its name."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crisis.model import rule
from crisis.model.claim import Conclusion, Evidence
from crisis.model.decision import decide
from crisis.model.errors import RuleBroken
from crisis.model.report import QUOTATION_LIMIT, ReportIn
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.verdict import CONTESTING, Verdict

Concluded = Callable[..., Conclusion]
K, S, V = StatementKind, Severity, Verdict


Refused = Callable[..., str | None]


@pytest.mark.parametrize("verdict", sorted(CONTESTING))
@pytest.mark.parametrize("lacking", ["paper", "hash", "holder"])
@pytest.mark.parametrize("kind", [K.CORRECT, K.CLARIFY])
def test_inv1_a_contested_claim_without_evidence_cannot_be_submitted(
    refused: Refused,
    concluded: Concluded,
    evidence: Callable[..., Evidence],
    kind: StatementKind,
    lacking: str,
    verdict: Verdict,
) -> None:
    papers = {
        "paper": (),
        "hash": (evidence(sha256=""),),
        "holder": (evidence(holder=""),),
    }[lacking]
    bare = concluded(verdict, 2, evidence=papers)
    proven = concluded(verdict, 1)
    check = rule.inv1_evidence_for_each_contested_claim
    assert refused(check, kind, [proven]) is None
    assert refused(check, kind, [proven, bare]) == "INV1"
    with pytest.raises(RuleBroken, match="Claim 2 "):
        check(kind, [proven, bare])


@pytest.mark.parametrize("verdict", sorted(set(V) - CONTESTING))
def test_inv1_there_is_no_denial_where_nothing_is_contested(
    refused: Refused, concluded: Concluded, verdict: Verdict
) -> None:
    check = rule.inv1_evidence_for_each_contested_claim
    assert refused(check, K.CORRECT, [concluded(verdict)]) == "INV1"
    assert refused(check, K.CLARIFY, [concluded(verdict, evidence=())]) is None


@pytest.mark.parametrize("kind", sorted(set(K) - {K.CORRECT, K.CLARIFY}))
def test_inv1_kinds_that_deny_nothing_need_no_evidence(
    refused: Refused, concluded: Concluded, kind: StatementKind
) -> None:
    bare = [concluded(V.INACCURATE, evidence=())]
    assert refused(rule.inv1_evidence_for_each_contested_claim, kind, bare) is None


@pytest.mark.parametrize(
    ("kind", "verdicts", "severity", "broken"),
    [
        (K.CORRECT, "accurate", S.S1, True),
        (K.CORRECT, "accurate inaccurate", S.S3, True),
        (K.CORRECT, "partly_accurate", S.S2, True),
        (K.CORRECT, "out_of_context", S.S2, True),
        (K.CORRECT, "inaccurate unverified_yet", S.S2, True),
        (K.CORRECT, "inaccurate", S.S2, False),
        (K.CORRECT, "inaccurate opinion", S.S2, False),
        (K.ACKNOWLEDGE, "accurate", S.S2, False),
        (K.ACKNOWLEDGE, "accurate opinion out_of_scope", S.S4, False),
        (K.CLARIFY, "accurate", S.S2, True),
        (K.CLARIFY, "accurate opinion", S.S3, True),
        (K.REMEDY_NOTE, "accurate", S.S2, True),
        (K.REMEDY_NOTE, "accurate", S.S1, False),
        (K.LISTEN, "accurate opinion", S.S2, True),
        (K.CLARIFY, "accurate inaccurate", S.S2, False),
        (K.LISTEN, "opinion", S.S2, False),
        (K.REFERRAL, "out_of_scope", S.S4, False),
    ],
)
def test_inv2_a_true_report_is_acknowledged_and_never_denied(
    refused: Refused,
    concluded: Concluded,
    kind: StatementKind,
    verdicts: str,
    severity: Severity,
    *,
    broken: bool,
) -> None:
    found = [concluded(Verdict(v)) for v in verdicts.split()]
    check = rule.inv2_true_report_is_acknowledged
    assert refused(check, kind, found, severity) == ("INV2" if broken else None)


@given(
    st.lists(st.sampled_from(sorted(Verdict)), min_size=1, max_size=5),
    st.sampled_from(sorted(Severity)),
)
def test_inv1_and_inv2_always_pass_what_the_decision_table_asks_for(
    refused: Refused, concluded: Concluded, verdicts: list[Verdict], severity: Severity
) -> None:
    found = [concluded(verdict) for verdict in verdicts]
    decision = decide(found, severity)
    if decision.kind is not None and not decision.holding:
        rule.inv1_evidence_for_each_contested_claim(decision.kind, found)
        rule.inv2_true_report_is_acknowledged(decision.kind, found, severity)
    denial = refused(rule.inv2_true_report_is_acknowledged, K.CORRECT, found, severity)
    assert denial is not None or not set(verdicts) & {V.ACCURATE, V.UNVERIFIED_YET}


REPORT: dict[str, Any] = {
    "title": "Sân trường cứ mưa là ngập",
    "outlet": "Báo A",
    "published_at": "2025-10-19T07:00",
}


def test_inv7_a_report_takes_no_full_text_and_says_so() -> None:
    assert ReportIn.model_validate(REPORT | {"quotation": "a" * QUOTATION_LIMIT}).quotation
    with pytest.raises(ValidationError, match="INV7"):
        ReportIn.model_validate(REPORT | {"quotation": "a" * (QUOTATION_LIMIT + 1)})


@pytest.mark.parametrize("field", ["author", "commenter", "full_text", "followers", "body"])
def test_inv7_a_report_has_no_place_for_persons_or_articles(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        ReportIn.model_validate(REPORT | {field: "x"})


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("M\u1eac\u0422", True),
        ("MẬT", True),
        ("Độ khẩn\n  TỐI MẬT  \nKính gửi", True),
        ("* TUYỆT MẬT *", True),
        (unicodedata.normalize("NFD", "MẬT"), True),
        ("Người nuôi ong thu MẬT tại xã A", False),
        ("mật", False),
        ("BẢO MẬT", False),
        ("", False),
    ],
)
def test_inv8_nothing_with_a_secrecy_mark_enters(
    refused: Refused, text: str, *, broken: bool
) -> None:
    assert refused(rule.inv8_no_state_secret, text) == ("INV8" if broken else None)


@pytest.mark.parametrize(
    ("text", "names", "broken"),
    [
        ("Em Nguyễn Thị An bị thương.", ["Nguyễn Thị An"], True),
        ("EM NGUYỄN THỊ AN", ["nguyễn thị an"], True),
        (unicodedata.normalize("NFD", "Em Nguyễn Thị An"), ["Nguyễn Thị An"], True),
        ("Em Nguyễn\nThị  An", [" Nguyễn Thị An "], True),
        ("Em N.T.A. bị thương.", ["Nguyễn Thị An"], False),
        ("Phường Đồng Hới có bàn họp.", ["An", "Đồng"], True),
        ("Ban quản lý, toàn dân", ["An"], False),
        ("Bất kỳ ai", ["", "  "], False),
        ("Bất kỳ ai", [], False),
    ],
)
def test_inv9_a_protected_name_stands_in_no_draft(
    refused: Refused, text: str, names: list[str], *, broken: bool
) -> None:
    assert refused(rule.inv9_names_masked, text, names) == ("INV9" if broken else None)


@pytest.mark.parametrize(
    ("machine", "approver", "broken"),
    [
        (True, None, True),
        (True, "", True),
        (True, "lan", False),
        (False, None, False),
        (False, "lan", False),
    ],
)
def test_inv10_what_a_machine_wrote_is_published_on_a_person_s_approval_only(
    refused: Refused, *, machine: bool, approver: str | None, broken: bool
) -> None:
    said = refused(rule.inv10_human_author, machine_made=machine, approver=approver)
    assert said == ("INV10" if broken else None)


@pytest.mark.parametrize(
    ("original", "correction", "missing"),
    [
        ({"site", "press_list"}, {"site"}, "press_list"),
        ({"site"}, set(), "site"),
        ({"site", "webhook"}, {"press_list"}, "site, webhook"),
        ({"site"}, {"site"}, None),
        ({"site"}, {"site", "press_list"}, None),
        (set(), set(), None),
    ],
)
def test_inv11_an_error_is_corrected_wherever_it_stood(
    refused: Refused, original: set[str], correction: set[str], missing: str | None
) -> None:
    if missing is None:
        assert refused(rule.inv11_same_form, original, correction) is None
        return
    with pytest.raises(RuleBroken, match=missing) as broken:
        rule.inv11_same_form(original, correction)
    assert broken.value.rule == "INV11"
