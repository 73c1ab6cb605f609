"""Places: old and new names, namesakes, people and streets."""

from pathlib import Path

import pytest

from crisis.model.errors import BadContent
from crisis.watch.place import Gazetteer, load_gazetteer
from crisis.watch.wording import sentence


@pytest.fixture(scope="module")
def gazetteer(lists: Path) -> Gazetteer:
    return load_gazetteer(lists)


def provinces(gazetteer: Gazetteer, text: str) -> list[str]:
    return [place.province for place in gazetteer.places(0, sentence(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mưa lớn ở Quảng Bình", ["Quảng Trị"]),
        ("Mưa lớn ở tỉnh Quảng Ninh", ["Quảng Ninh"]),
        ("Mưa lớn ở huyện Quảng Ninh", ["Quảng Trị"]),
        ("Mưa lớn ở thị xã Quảng Trị", ["Quảng Trị"]),
        ("Họp dân phường Quảng Trị, tỉnh Quảng Trị", ["Quảng Trị", "Quảng Trị"]),
        ("Kẹt xe ở TP.HCM", ["TP HCM"]),
        ("Kẹt xe ở TP Hồ Chí Minh", ["TP HCM"]),
        ("Bão vào Thừa Thiên Huế", ["Huế"]),
        ("Bà Rịa - Vũng Tàu đón khách", ["TP HCM"]),
        ("Mưa ở xã Tân Lập", [""]),
        ("Mưa lớn khắp miền Trung", [""]),
        ("Khánh Hoà và Khánh Hòa", ["Khánh Hòa", "Khánh Hòa"]),
    ],
)
def test_a_place_belongs_to_todays_province(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    assert provinces(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Thái Bình nhận giải",
        "Tai nạn trên đường Điện Biên",
        "Hòa bình cho mọi người",
        "Bị cáo Trần Hà Nam khai nhận",
        "an giang hồ",
    ],
)
def test_a_person_a_street_or_a_common_word_is_no_place(gazetteer: Gazetteer, text: str) -> None:
    assert provinces(gazetteer, text) == []


def test_a_commune_with_a_provinces_name_is_not_that_province(gazetteer: Gazetteer) -> None:
    assert "Hòa Bình" not in provinces(gazetteer, "Họp dân xã Hòa Bình")
    assert provinces(gazetteer, "Họp dân xã Cà Mau") == [""]


def test_a_broken_list_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.yaml").write_text("provinces: [{name: 3}]", encoding="utf8")
    with pytest.raises(BadContent) as caught:
        load_gazetteer(tmp_path)
    assert caught.value.place.endswith("gazetteer.yaml")
