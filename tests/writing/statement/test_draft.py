"""Statements say what was found, claim by claim, and nothing that the facts do not carry."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crisis.model.draft import DraftFacts, Earlier
from crisis.model.errors import BadContent, RuleBroken
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind, frozen_bytes
from crisis.model.tone import lint
from crisis.model.verdict import Verdict
from crisis.model.words import Language, words
from crisis.writing.draft import draft_variants
from crisis.writing.shelf import Shelf

KINDS = tuple(StatementKind)
LANGUAGES = (Language.VI, Language.EN)
WITH_EVIDENCE = (StatementKind.CLARIFY, StatementKind.CORRECT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_for_every_outlet_in_both_languages(draft, facts_for, kind) -> None:
    drafted = draft(kind, facts_for(kind))
    assert {(v.outlet, v.language) for v in drafted.variants} == {
        (outlet, language) for outlet in ("site", "press_list", "webhook") for language in LANGUAGES
    }
    for variant in drafted.variants:
        assert variant.title
        assert "\n" not in variant.title
        assert "\n\n\n" not in variant.body
        assert frozen_bytes(variant.body).decode() == variant.body + "\n"
        assert not any("\ue000" <= c <= "\uf8ff" for c in variant.title + variant.body)


@pytest.mark.parametrize("kind", KINDS)
def test_the_press_list_carries_the_words_of_the_site_without_a_greeting(
    draft, facts_for, kind
) -> None:
    bodies = {v.outlet: v.body for v in draft(kind, facts_for(kind)).variants if v.language == "vi"}
    assert bodies["press_list"] == bodies["site"]
    assert "Kính gửi" not in bodies["site"]
    assert len(bodies["webhook"]) < len(bodies["site"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_facts_give_the_same_bytes(draft, facts_for, kind) -> None:
    first, second = (draft(kind, facts_for(kind)) for _ in range(2))
    assert [v.sha256 for v in first.variants] == [v.sha256 for v in second.variants]


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_words_break_no_rule_of_tone(draft, facts_for, kind) -> None:
    facts = facts_for(kind)
    official = (facts.desk.phone, facts.desk.email)
    for variant in draft(kind, facts, outlets=("site",)).variants:
        assert lint(variant.body, variant.language, kind, official=official) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_each_factual_sentence_is_tied_to_its_claims(draft, facts_for, kind) -> None:
    facts = facts_for(kind)
    drafted = draft(kind, facts)
    for variant in drafted.variants:
        tied = [
            x for x in drafted.links if (x.outlet, x.language) == (variant.outlet, variant.language)
        ]
        assert {claim for link in tied for claim in link.claims} == {c.id for c in facts.claims}
        assert all(link.sentence in variant.body for link in tied)


def test_a_playbook_may_name_a_template_of_its_own(shelf: Shelf, facts_for) -> None:
    kind, usual = StatementKind.CLARIFY, f"statements/{StatementKind.CLARIFY}/"
    own = {
        name.replace(usual, "statements/own/"): text
        for name, text in shelf.files.items()
        if name.startswith(usual)
    }
    own |= {f"statements/own/{language}/title.txt": b"Of its own" for language in LANGUAGES}
    more = Shelf.from_bytes({**shelf.files, **own})
    drafted = draft_variants(more, kind, facts_for(kind), template="own", outlets=("site",))
    assert {variant.title for variant in drafted.variants} == {"Of its own"}


def test_a_sentence_about_one_claim_is_tied_to_that_claim_alone(draft, facts_for) -> None:
    links = draft(StatementKind.CLARIFY, facts_for(StatementKind.CLARIFY)).links
    about_first = [x for x in links if x.claims == ("c1",) and x.outlet == "site"]
    assert ["Sự việc thứ 1" in x.sentence for x in about_first] == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clarification_puts_what_was_right_first_and_omits_nothing(
    site, facts_for, language
) -> None:
    facts = facts_for(StatementKind.CLARIFY)
    text = site(StatementKind.CLARIFY, facts, language)
    places = {c.id: text.index(f"“{c.text.in_(language)}”") for c in facts.claims}
    order = sorted(places, key=places.__getitem__)
    assert order == ["c3", "c6", "c4", "c1", "c5", "c2"]


@pytest.mark.parametrize("kind", WITH_EVIDENCE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_contested_claim_names_its_evidence_holder_and_day(
    site, facts_for, kind, language
) -> None:
    facts = facts_for(kind)
    contested = [c for c in facts.claims if c.contested]
    text = site(kind, facts, language)
    evidence = contested[0].evidence[0]
    assert text.count(evidence.title.in_(language)) == len(contested)
    assert text.count(evidence.holder.in_(language)) >= len(contested)
    assert ("03/02/2027" if language == "vi" else "3 February 2027") in text


@pytest.mark.parametrize("kind", WITH_EVIDENCE)
def test_inv1_no_denial_without_evidence_for_each_contested_claim(draft, facts_for, kind) -> None:
    facts = facts_for(kind)
    claims = (replace(facts.claims[0], evidence=()), *facts.claims[1:])
    with pytest.raises(RuleBroken) as caught:
        draft(kind, replace(facts, claims=claims))
    assert caught.value.rule == "INV1"


@pytest.mark.parametrize(
    "verdict", [Verdict.ACCURATE, Verdict.PARTLY_ACCURATE, Verdict.OUT_OF_CONTEXT]
)
def test_inv2_what_is_right_in_part_is_never_answered_with_a_denial(
    draft, facts, claim, verdict
) -> None:
    mixed = replace(facts, claims=(claim(1, Verdict.INACCURATE), claim(2, verdict)))
    with pytest.raises(RuleBroken) as caught:
        draft(StatementKind.CORRECT, mixed)
    assert caught.value.rule == "INV2"


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k not in {StatementKind.HOLDING, StatementKind.REFERRAL}]
)
def test_what_is_not_verified_blocks_every_final_kind(draft, facts_for, claim, kind) -> None:
    facts = facts_for(kind)
    open_one = replace(facts, claims=(*facts.claims, claim(9, Verdict.UNVERIFIED_YET)))
    with pytest.raises(RuleBroken) as caught:
        draft(kind, open_one)
    assert caught.value.rule == "unverified"


def test_an_acknowledgement_says_what_is_done_by_whom_by_when(site, draft, facts) -> None:
    text = site(StatementKind.ACKNOWLEDGE, facts)
    assert "Khơi thông mương thoát nước: Ban Quản lý dự án thực hiện" in text
    assert "xong trước ngày 01/03/2027" in text
    with pytest.raises(RuleBroken) as caught:
        draft(StatementKind.ACKNOWLEDGE, replace(facts, remedies=()))
    assert caught.value.rule == "remedy"


def test_a_grave_acknowledgement_shows_empathy_and_apologises_only_where_we_do(
    site, facts: DraftFacts
) -> None:
    kind = StatementKind.ACKNOWLEDGE
    sorry = replace(facts, apology=words("Chúng tôi xin lỗi phụ huynh", "We apologise"))
    mild = replace(facts, severity=Severity.S2)
    own = replace(mild, empathy=words("Chúng tôi hiểu nỗi lo", "We understand"))
    assert "chia sẻ với những người bị ảnh hưởng" in site(kind, facts)
    assert "xin lỗi" not in site(kind, facts)
    assert "Chúng tôi xin lỗi phụ huynh." in site(kind, sorry)
    assert "chia sẻ" not in site(kind, mild)
    assert "Chúng tôi hiểu nỗi lo." in site(kind, own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_holding_statement_has_its_four_lines_and_denies_nothing(
    site, facts_for, language
) -> None:
    text = site(StatementKind.HOLDING, facts_for(StatementKind.HOLDING), language)
    wanted = {
        Language.VI: (
            "1. Đã ghi nhận:",
            "2. Đang thực hiện:",
            "3. Người dân cần biết:",
            "4. Cập nhật",
        ),
        Language.EN: (
            "1. Noted:",
            "2. Being done:",
            "3. What people should know:",
            "4. Next update",
        ),
    }[language]
    places = [text.index(line) for line in wanted]
    assert places == sorted(places)
    assert "Sự việc thứ" not in text
    assert "The facts of" not in text


@pytest.mark.parametrize("missing", ["doing", "leading", "next_update_at"])
def test_a_holding_statement_with_a_hole_is_not_written(draft, facts_for, missing: str) -> None:
    facts = replace(facts_for(StatementKind.HOLDING), **{missing: None})
    with pytest.raises(BadContent) as caught:
        draft(StatementKind.HOLDING, facts)
    assert caught.value.place.endswith(missing)


def test_a_contested_claim_without_the_truth_is_not_written(draft, facts, claim) -> None:
    bare = replace(claim(1, Verdict.INACCURATE), truth=None)
    with pytest.raises(BadContent) as caught:
        draft(StatementKind.CORRECT, replace(facts, claims=(bare,)))
    assert caught.value.place.endswith("claim.truth")


def test_facts_without_english_leave_the_english_variant_out(draft, facts, claim) -> None:
    half = replace(facts, advice=words("Chỉ có tiếng Việt", ""))
    drafted = draft(StatementKind.ACKNOWLEDGE, half)
    assert {v.language for v in drafted.variants} == {Language.VI}
    deep = replace(facts, claims=(replace(claim(1, Verdict.ACCURATE), text=words("Có", "")),))
    assert {v.language for v in draft(StatementKind.ACKNOWLEDGE, deep).variants} == {Language.VI}


def test_a_correction_refers_to_what_it_corrects(site, facts) -> None:
    earlier = Earlier(
        title=words("Thông tin ban đầu", "Initial information"),
        published_at=datetime(2027, 2, 2, 1, 0, tzinfo=UTC),
        why=words("Số liệu đã được kiểm tra lại", "The figures were checked again"),
    )
    text = site(StatementKind.ACKNOWLEDGE, replace(facts, earlier=earlier))
    assert "Nội dung này bổ sung thông tin “Thông tin ban đầu” công bố lúc 08 giờ 00" in text
    corrected = replace(facts, earlier=replace(earlier, corrects=True))
    assert "Nội dung này đính chính thông tin" in site(StatementKind.ACKNOWLEDGE, corrected)


def test_several_reports_are_counted_and_a_resident_is_no_paper(site, facts) -> None:
    many = replace(facts, raised=facts.raised * 30)
    none = replace(facts, raised=())
    assert "và 29 tin, bài khác" in site(StatementKind.ACKNOWLEDGE, many)
    assert "and 29 other reports" in site(StatementKind.ACKNOWLEDGE, many, Language.EN)
    assert "thông tin do người dân nêu" in site(StatementKind.ACKNOWLEDGE, none)
