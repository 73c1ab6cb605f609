"""The words at large: where the shipped weights come from, and what they know of the unread."""

from dataclasses import replace
from pathlib import Path

import pytest

from crisis.model.errors import BadContent
from crisis.watch.headline_file import Headline, learn_shipped, read_headlines
from crisis.watch.judge import Judge
from crisis.watch.reader import Reader, load_reader
from crisis.watch.word_weight import Learned, load_learned, read_learned

FILES = sorted(Path(__file__).parent.glob("headlines_*.yaml"))


@pytest.fixture(scope="module")
def reader(lists: Path) -> Reader:
    return load_reader(lists)


def rows(*, but: str = "") -> list[Headline]:
    return [one for file in FILES if file.stem != but for one in read_headlines(file)]


def test_the_shipped_weights_are_those_learned_from_the_invented_headlines(
    lists: Path, reader: Reader
) -> None:
    learned = learn_shipped(rows(), reader)
    for name in ("body", "bad", "good"):
        shipped = (lists / "words" / f"{name}.tsv").read_text(encoding="utf8")
        assert shipped == getattr(learned, name).as_text(), (
            "phatngon watch train --headlines … --to …"
        )


@pytest.mark.parametrize("unread", ["headlines_fourth", "headlines_sixth"])
def test_weights_that_never_saw_a_writing_still_find_its_alerts(
    judge: Judge, reader: Reader, unread: str
) -> None:
    blind = replace(judge, shipped=learn_shipped(rows(but=unread), reader))
    pairs = [
        (one.alert, blind.judge(one.title, one.lead).alert)
        for file in FILES
        if file.stem == unread
        for one in read_headlines(file)
    ]
    hits = sum(true and found for true, found in pairs)
    assert hits >= 0.85 * sum(true for true, _ in pairs)
    assert hits >= 0.7 * sum(found for _, found in pairs)


def test_the_judge_reads_most_of_the_labelled_headlines_as_labelled(judge: Judge) -> None:
    pairs = [(one, judge.judge(one.title, one.lead)) for one in rows()]
    alerts = [(one, found) for one, found in pairs if one.alert]
    assert sum(found.alert for _, found in alerts) >= 0.93 * len(alerts)
    assert sum(one.alert for one, found in pairs if found.alert) >= 0.9 * sum(
        found.alert for _, found in pairs
    )
    assert sum(one.severity == found.severity for one, found in pairs) >= 0.85 * len(pairs)
    assert sum(one.tone == found.sentiment for one, found in pairs) >= 0.85 * len(pairs)


def test_no_persons_name_is_ever_a_feature(reader: Reader) -> None:
    told = reader.told(
        "Ông Lò Văn Khuyếnh bị kỷ luật", "Bà Hoàng Thị Nhãn và ông Khuyếnh là cán bộ ở Nghệ An."
    )
    assert not {word for one in told for word in one.split()} & {"khuyếnh", "nhãn", "lò", "nghệ"}
    assert {"⟨tên⟩", "⟨nơi⟩", "bị", "cán"} <= told


def test_weights_survive_being_written_and_read() -> None:
    learned = Learned(bias=-0.5, weights={"chưa": 1.25, "^chưa có": -2.0})
    assert read_learned(learned.as_text()) == learned


def test_the_heaviest_words_are_named_once_wherever_they_stood() -> None:
    learned = Learned(weights={"chưa": 1.0, "^chưa": 1.0, "lễ": -0.5})
    [first, second] = learned.heaviest({"chưa", "^chưa", "lễ", "khác"})
    assert (first[0], second[0]) == ("chưa", "lễ")
    assert first[1] > 0 > second[1]


def test_no_file_is_no_model_and_a_malformed_one_is_bad_content(tmp_path: Path) -> None:
    assert load_learned(tmp_path / "none.tsv") == Learned()
    (tmp_path / "bad.tsv").write_text("một\thai\n", encoding="utf8")
    with pytest.raises(BadContent):
        load_learned(tmp_path / "bad.tsv")
