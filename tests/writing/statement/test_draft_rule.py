"""Exercises are marked, names masked, labels refused, and no template drops a claim."""

from dataclasses import replace

import pytest

from crisis.model.draft import DraftFacts
from crisis.model.errors import BadContent, RuleBroken
from crisis.model.mask import mask
from crisis.model.statement import StatementKind
from crisis.model.words import Language, words
from crisis.writing.draft import draft_variants
from crisis.writing.shelf import Shelf

KINDS = tuple(StatementKind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_exercise_is_marked_in_title_and_body_on_every_outlet(draft, facts_for, kind) -> None:
    for variant in draft(kind, replace(facts_for(kind), exercise=True)).variants:
        mark = "DIỄN TẬP" if variant.language is Language.VI else "EXERCISE"
        lines = variant.body.split("\n")
        assert variant.title.startswith(f"[{mark}] ")
        assert lines[0].startswith(mark)
        assert lines[-1].startswith(mark)
    for variant in draft(kind, facts_for(kind)).variants:
        assert "DIỄN TẬP" not in variant.title + variant.body


def test_inv9_names_of_victims_are_masked_everywhere_but_not_the_spokesperson(draft, facts) -> None:
    named = replace(
        facts,
        subject=words("vụ em Nguyễn Văn An bị ngã", "the fall of Nguyễn Văn An"),
        raised=(replace(facts.raised[0], title="Mẹ cháu AN kể lại; cháu An đã về nhà"),),
        claims=(replace(facts.claims[0], text=words("Nguyễn  Văn\nAn ngã", "Nguyễn Văn An fell")),),
        personal_names=("Nguyễn Văn An", "Lê Minh Tuấn", " "),
    )
    for variant in draft(StatementKind.ACKNOWLEDGE, named).variants:
        text = variant.content.decode()
        assert "Nguyễn Văn An" not in text
        assert "N.V.A." in text
        assert "cháu An" not in text
        assert variant.outlet == "webhook" or "Lê Minh Tuấn" in text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Cháu Nguyễn Văn An.", "Cháu N.V.A."),
        ("NGUYỄN VĂN AN và bà Lan", "N.V.A. và bà L."),
        ("công an, em an toàn", "công an, em an toàn"),
        ("Nguyễn Văn Anh", "Nguyễn Văn Anh"),
        ("Ms. Lan said", "Ms. L. said"),
    ],
)
def test_names_are_masked_as_initials_and_other_words_are_left(text: str, masked: str) -> None:
    assert mask(text, ["Nguyễn Văn An", "Trần Thị Lan"]) == masked


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (words("Đây là tin giả", "This is right"), "tone.label"),
        (words("Bài báo xuyên tạc sự việc", "This is right"), "tone.label"),
        (words("Bài báo giật tít", "This is right"), "tone.blame"),
        (words("Bình thường", "This is fake news"), "tone.label"),
    ],
)
def test_criticism_is_never_labelled(draft, facts_for, said, rule: str) -> None:
    facts = replace(facts_for(StatementKind.LISTEN), explanation=said)
    with pytest.raises(RuleBroken) as caught:
        draft(StatementKind.LISTEN, facts)
    assert caught.value.rule == rule


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_statement_labels_what_was_reported(draft, facts_for, kind) -> None:
    facts = facts_for(kind)
    label = words("Nội dung bịa đặt", "A hoax")
    claims = tuple(replace(claim, truth=label) for claim in facts.claims)
    bad = replace(facts, claims=claims, doing=label, referred_to=label, advice=label)
    with pytest.raises(RuleBroken) as caught:
        draft(kind, bad, outlets=("site",))
    assert caught.value.rule == "tone.label"


def test_a_label_that_the_report_itself_used_may_be_quoted(draft, facts: DraftFacts) -> None:
    title = replace(facts.raised[0], title="Cảnh báo tin giả về vỡ đập")
    assert draft(StatementKind.ACKNOWLEDGE, replace(facts, raised=(title,))).variants


def test_a_holding_statement_that_denies_is_refused(draft, facts_for) -> None:
    denying = words("Thông tin trên hoàn toàn sai", "The report is untrue")
    with pytest.raises(RuleBroken) as caught:
        draft(StatementKind.HOLDING, replace(facts_for(StatementKind.HOLDING), doing=denying))
    assert caught.value.rule == "tone.denial"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (StatementKind.ACKNOWLEDGE, "{{ subject }}"),
        (StatementKind.CLARIFY, "{% about ids[1:] %}{{ subject }}{% endabout %}"),
        (
            StatementKind.CLARIFY,
            "{% about by.inaccurate[0].id %}x{% endabout %}{% about ids %}y{% endabout %}",
        ),
        (StatementKind.CORRECT, "{% about ids %}{{ subject }}{% endabout %}"),
    ],
)
def test_an_edited_template_cannot_drop_a_claim_its_evidence_or_its_place(
    shelf: Shelf, facts_for, kind, body: str
) -> None:
    name = f"statements/{kind}/vi/body.txt"
    edited = Shelf.from_bytes({**shelf.files, name: body.encode()})
    with pytest.raises(BadContent) as caught:
        draft_variants(edited, kind, facts_for(kind), template=kind, outlets=("site",))
    assert caught.value.place == f"statements/{kind}/vi"


def test_marks_smuggled_in_by_facts_tie_nothing(draft, facts) -> None:
    evil = words("a\ue000c9\ue001b\ue002", "a\ue000c9\ue001b\ue002")
    drafted = draft(StatementKind.ACKNOWLEDGE, replace(facts, advice=evil))
    assert {claim for link in drafted.links for claim in link.claims} == {"c1"}
    assert any("ac9b." in v.body for v in drafted.variants)
