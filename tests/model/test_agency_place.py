"""Places are matched by rank and name, never guessed."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from crisis.model.directory import Directory
from crisis.model.place import Rank

FILE = Path(__file__).parents[2] / "playbooks" / "directory.yaml"
DIRECTORY = Directory.model_validate(yaml.safe_load(FILE.read_text(encoding="utf8")))
BEFORE, AFTER = date(2024, 5, 2), date(2025, 10, 20)


@pytest.mark.parametrize(
    ("written", "on", "code"),
    [
        ("phường Quảng Trị", AFTER, "19360"),
        ("tỉnh Quảng Trị", AFTER, "p-quang-tri"),
        ("tỉnh Quảng Trị", BEFORE, "p-quang-tri-cu"),
        ("huyện Quảng Ninh", BEFORE, "d-quang-ninh"),
        ("xã Quảng Ninh", AFTER, "19207"),
        ("xa le thuy", AFTER, "19249"),
        ("Hòa Trạch", AFTER, "19033"),
        ("Xã Hoà Trạch", AFTER, "19033"),
        ("P. Đồng Hới, tỉnh Quảng Trị", AFTER, "18880"),
        ("UBND xã Khe Sanh", AFTER, "19429"),
        ("TP.Đồng Hới", BEFORE, "d-dong-hoi"),
        ("đặc khu Cồn Cỏ", AFTER, "19742"),
        ("thị xã Ba Đồn", BEFORE, "d-ba-don"),
        ("19360", AFTER, "19360"),
        ("xã Sen Ngư, huyện Lệ Thủy,", AFTER, "19288"),
    ],
)
def test_a_place_with_its_rank_is_found(written: str, on: date, code: str) -> None:
    match = DIRECTORY.place(written, on)
    assert match.place is not None
    assert match.place.code == code


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("tỉnh Quảng Ninh", BEFORE),
        ("tỉnh Quảng Ninh", AFTER),
        ("Quảng Trị", AFTER),
        ("Quảng Trị", BEFORE),
        ("Lệ Thủy", AFTER),
        ("phường Quảng Trị", BEFORE),
        ("xã Không Có", AFTER),
        ("xã Lệ Thủy, tỉnh Nghệ An", AFTER),
        ("phường Đông Hà, thành phố Đông Hà", AFTER),
        ("99999", AFTER),
    ],
)
def test_an_unknown_or_ambiguous_place_is_left_open(written: str, on: date) -> None:
    match = DIRECTORY.place(written, on)
    assert match.place is None
    assert written in match.why.vi


def test_a_district_that_ended_offers_the_communes_that_may_be_meant() -> None:
    match = DIRECTORY.place("huyện Lệ Thủy", AFTER)
    assert match.place is None
    assert "19249" in {place.code for place in match.candidates}


def test_a_former_district_that_is_not_known_stays_unknown() -> None:
    by_code = {place.code: place for place in DIRECTORY.places}
    assert by_code["19333"].former_district is None
    assert by_code["19249"].former_district == "d-le-thuy"
    assert by_code["19249"].former_district_confidence == "low"


def test_a_place_is_called_by_its_rank_in_both_languages() -> None:
    label = next(place.label for place in DIRECTORY.places if place.code == "19742")
    assert (label.vi, label.en) == ("đặc khu Cồn Cỏ", "Con Co Special Zone")


def test_there_are_78_communes_69_xa_8_phuong_and_one_dac_khu() -> None:
    ranks = [place.rank for place in DIRECTORY.places]
    assert (ranks.count(Rank.XA), ranks.count(Rank.PHUONG), ranks.count(Rank.DAC_KHU)) == (69, 8, 1)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("huyện Cồn Cỏ", ["19742"]),
        ("thành phố Đông Hà", ["19333"]),
        ("TP. Đông Hà, tỉnh Quảng Trị", ["19333"]),
        ("thị xã Quảng Trị", ["19360"]),
        ("thị trấn Lao Bảo", ["19432"]),
        ("huyện Không Có", []),
        ("thành phố Đông Hà, tỉnh Nghệ An", []),
        ("tỉnh Lệ Thủy", []),
    ],
)
def test_a_district_that_the_directory_lacks_offers_what_bears_its_name_today(
    written: str, codes: list[str]
) -> None:
    match = DIRECTORY.place(written, AFTER)
    assert match.place is None
    assert [place.code for place in match.candidates] == codes
    assert match.known == bool(codes)
    assert written in match.why.vi
    assert not DIRECTORY.place(written, BEFORE).candidates
