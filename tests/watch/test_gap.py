"""Phrases with a gap."""

import pytest

from crisis.model.words import words
from crisis.watch.lexicon import Cue, Kind, Lexicon
from crisis.watch.wording import sentence


def found(phrases: list[str], text: str, kind: Kind = "failing") -> list[str]:
    cue = Cue(id="x", kind=kind, words=words("x", "x"), phrases=tuple(phrases))
    said = sentence(text)
    return [" ".join(said.tokens[h.start : h.end]) for h in Lexicon([cue]).hits(0, said)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Dân chờ năm", ["chờ năm"]),
        ("Dân chờ sổ đỏ đã hơn tám năm", []),
        ("Dân chờ sổ đỏ tám năm", ["chờ sổ đỏ tám năm"]),
        ("Dân chờ. Hai năm nữa", []),
        ("Dân chờ", []),
    ],
)
def test_a_gap_stands_for_up_to_four_words_of_one_clause(text: str, hits: list[str]) -> None:
    assert found(["chờ … năm"], text) == hits


def test_two_gaps_may_stand_in_one_phrase() -> None:
    assert found(["sau … báo … đã"], "Sau tin của báo chí phường đã sửa") == [
        "sau tin của báo chí phường đã"
    ]


def test_what_accuses_leaves_the_words_in_its_gap_to_be_read() -> None:
    phrases = ["yêu cầu … làm rõ", "sai phạm"]
    text = "Tỉnh yêu cầu xã vì sai phạm làm rõ"
    assert found(phrases, text) == ["yêu cầu xã vì sai phạm làm rõ", "sai phạm"]
    assert found(phrases, text, kind="solved") == ["yêu cầu xã vì sai phạm làm rõ"]
