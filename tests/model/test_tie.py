"""An edit keeps, for each claim and in each text, something of what verification found."""

from typing import Any

import pytest

from crisis.model.errors import RuleBroken
from crisis.model.tie import check_told, silenced
from crisis.model.verdict import Verdict


def tie(sentence: str, *claims: str, outlet: str = "site", language: str = "vi") -> dict[str, Any]:
    return {"outlet": outlet, "language": language, "sentence": sentence, "claims": list(claims)}


DRAFT = [
    tie("Sân trường bị ngập là đúng.", "flood"),
    tie("Nguyên nhân là cống bị lấp.", "flood"),
    tie("Nước không thoát được là chưa đúng.", "drain"),
    tie("The yard does flood.", "flood", language="en"),
    tie("Water does drain.", "drain", language="en"),
]


@pytest.mark.parametrize(
    ("left", "lost"),
    [
        (DRAFT, set()),
        (DRAFT[1:], set()),
        (DRAFT[2:], {"flood"}),
        ([one for one in DRAFT if one["language"] == "vi"], {"flood", "drain"}),
        (
            [
                *DRAFT[:3],
                tie("The yard does flood, and water drains.", "flood", "drain", language="en"),
            ],
            set(),
        ),
        ([], {"flood", "drain"}),
    ],
)
def test_a_claim_is_silenced_where_one_text_says_nothing_of_it(
    left: list[dict[str, Any]], lost: set[str]
) -> None:
    assert silenced(DRAFT, left) == lost


def test_a_draft_that_speaks_of_no_claim_silences_none() -> None:
    assert silenced([], []) == frozenset()


def test_an_edit_that_silences_a_claim_is_refused_by_the_number_of_the_claim(
    concluded: Any,
) -> None:
    true, false = concluded(Verdict.ACCURATE), concluded(Verdict.INACCURATE, 2)
    drafted = [tie("Đúng là bị ngập.", true.claim.id), tie("Nước vẫn thoát.", false.claim.id)]
    check_told([true, false], drafted, drafted)
    with pytest.raises(RuleBroken, match=r"claim 2\.") as refused:
        check_told([true, false], drafted, drafted[:1])
    assert refused.value.rule == "INV2"
    assert "nội dung 2." in refused.value.sentence.vi
