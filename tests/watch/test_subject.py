"""What an item is about: topics by phrases of the list, communes by their names."""

import unicodedata
from pathlib import Path

import pytest

from crisis.model.directory import Directory
from crisis.model.errors import BadContent
from crisis.watch.subject import Subjects, load_subjects
from crisis.writing.content_file import read_content

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    """The shipped topics, with two communes."""
    places = {"xã Hải Lăng": "19681", "phường Đồng Hới": "18859"}
    return load_subjects(ROOT / "playbooks" / "watch", places)


@pytest.mark.parametrize(
    ("title", "lead", "first"),
    [
        ("Tố trường lạm thu, nhiều khoản thu vô lý", "", "school_fees"),
        ("Bãi rác bốc mùi hôi giữa khu dân cư", "", "environment"),
        ("Nhiều hộ dân chưa được bồi thường", "Giải phóng mặt bằng kéo dài.", "land"),
        ("Xe tải tông xe máy", "Tai nạn giao thông làm hai người bị thương.", "traffic_accidents"),
    ],
)
def test_the_topic_most_told_comes_first(
    subjects: Subjects, title: str, lead: str, first: str
) -> None:
    assert subjects.topics_of(title, lead)[0] == first


def test_a_longer_phrase_keeps_a_shorter_one_within_it_out(subjects: Subjects) -> None:
    assert "fire" not in subjects.topics_of("Nguy cơ cháy rừng ở mức cao", "")
    assert subjects.topics_of("Cháy rừng", "") == ("forest_fire",)


def test_an_item_without_a_phrase_has_no_topic(subjects: Subjects) -> None:
    assert subjects.topics_of("Hôm nay trời đẹp", "") == ()


def test_a_commune_counts_with_its_rank_only(subjects: Subjects) -> None:
    assert subjects.places_of("UBND xã Hải Lăng họp", "tại phường Đồng Hới") == ("19681", "18859")
    assert subjects.places_of("Anh Hải Lăng kể chuyện", "") == ()


def test_every_topic_of_the_list_is_one_of_the_directory(subjects: Subjects) -> None:
    known = read_content(ROOT / "playbooks" / "directory.yaml", Directory).topics
    used = {topic for ends in subjects.topics.values() for _, topic in ends}
    assert used <= set(known)
    text = (ROOT / "playbooks" / "watch" / "topics.yaml").read_text(encoding="utf8")
    assert unicodedata.is_normalized("NFC", text)


def test_a_malformed_list_is_bad_content(tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text("topics: 3\n", encoding="utf8")
    with pytest.raises(BadContent):
        load_subjects(tmp_path, {})
