"""JSON lines through the judge and the grouper."""

import json
from pathlib import Path

import pytest

from crisis.model.errors import BadInput
from crisis.watch.group import load_grouper
from crisis.watch.judge import Judge
from crisis.watch.line import read_lines, watch_group, watch_judge

GOOD = json.dumps({"id": "x1", "title": "Chủ tịch xã bị cách chức", "lead": "Vì sai phạm đất đai."})


def test_each_line_gets_its_judgement_with_reasons(judge: Judge) -> None:
    [row] = watch_judge([GOOD], judge)
    assert set(row) == {"id", "gov", "alert", "severity", "sentiment", "score", "why"}
    assert (row["id"], row["gov"], row["alert"]) == ("x1", True, True)
    assert json.loads(json.dumps(row, ensure_ascii=False)) == row


def test_of_an_endless_line_as_much_is_judged_as_a_paper_writes(judge: Judge) -> None:
    cry = "Quảng Trị: chủ tịch xã bị tố nhận tiền. "
    endless, long = (
        json.dumps({"id": 1, "title": cry * times, "lead": cry * times}) for times in (25_000, 60)
    )
    assert list(watch_judge([endless], judge)) == list(watch_judge([long], judge))


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[1]",
        '{"title": "không có mã"}',
        '{"id": 1}',
        '{"id": [], "title": "a"}',
        b"\xff\xfe",
        "[" * 9000,
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_others_go_on(
    judge: Judge, bad: str | bytes
) -> None:
    told: list[BadInput] = []
    rows = list(watch_judge([GOOD, bad, "", GOOD], judge, complain=told.append))
    assert len(rows) == 2
    assert [error.field for error in told] == ["line 2"]
    assert "Dòng 2" in told[0].said_in("vi")


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    assert [item.id for item in read_lines([b"\xef\xbb\xbf" + GOOD.encode()])] == ["x1"]


def test_an_unreadable_time_is_unknown_and_loses_nothing() -> None:
    line = json.dumps({"id": 7, "title": "Tin", "date": "hôm qua"})
    [item] = read_lines([line])
    assert (item.id, item.at) == (7, None)


def test_every_line_gets_its_story(lists: Path) -> None:
    lines = [
        json.dumps({"id": 1, "title": "Cháy chợ Phú Lâm, 60 ki ốt cháy rụi", "date": "2026-11-01"}),
        json.dumps({"id": 2, "title": "Khai mạc lễ hội hoa tam giác mạch"}),
        json.dumps({"id": 3, "title": "60 ki ốt chợ Phú Lâm cháy rụi trong đêm"}),
    ]
    rows = list(watch_group(lines, load_grouper(lists)))
    assert [row["story"] for row in rows] == [1, 2, 1]
    assert all(set(row) == {"id", "story", "near_duplicate_of"} for row in rows)


def test_a_file_out_of_order_is_grouped_by_time_and_answered_in_its_own_order(lists: Path) -> None:
    title = "Cháy chợ Phú Lâm, 60 ki ốt cháy rụi"
    lines = [
        json.dumps({"id": "late", "title": title + " trong đêm", "date": "2026-11-02"}),
        json.dumps({"id": "far", "title": "Khai mạc lễ hội hoa", "date": "2026-12-30"}),
        json.dumps({"id": "first", "title": title, "date": "2026-11-01"}),
    ]
    rows = list(watch_group(lines, load_grouper(lists)))
    assert [(row["id"], row["story"]) for row in rows] == [
        ("late", "first"),
        ("far", "far"),
        ("first", "first"),
    ]


def test_a_line_that_repeats_an_id_is_refused_by_its_number(lists: Path) -> None:
    lines = [json.dumps({"id": key, "title": f"Tin {key}"}) for key in ("a", "b", "a")]
    bad: list[BadInput] = []
    rows = list(watch_group(lines, load_grouper(lists), complain=bad.append))
    assert [row["id"] for row in rows] == ["a", "b"]
    assert [error.field for error in bad] == ["line 3"]
    assert "dòng 1" in bad[0].said_in("vi")
    assert "line 1" in bad[0].said_in("en")
