"""An agency that somebody typed: the one that was meant, or a question, never a guess."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from crisis.model.directory import Directory
from crisis.model.errors import BadInput
from desk.intake.report_form import agency_of

FILE = Path(__file__).parents[3] / "playbooks" / "directory.yaml"
DIRECTORY = Directory.model_validate(yaml.safe_load(FILE.read_text(encoding="utf8")))
DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "written",
    [
        "qt-sgddt",
        "qt-sgddt – Sở Giáo dục và Đào tạo",
        "Sở Giáo dục và Đào tạo",
        "so giao duc va dao tao",
        "  sở giáo dục và đào tạo ",
    ],
)
def test_a_whole_name_or_the_chosen_line_is_the_agency(written: str) -> None:
    assert agency_of(DIRECTORY, written, DAY, "agency") == "qt-sgddt"


@pytest.mark.parametrize("written", ["giao duc", "Sở Giáo dục", "Sở"])
def test_part_of_a_name_is_asked_about_with_the_names_that_may_be_meant(written: str) -> None:
    with pytest.raises(BadInput) as refused:
        agency_of(DIRECTORY, written, DAY, "agency")
    assert refused.value.field == "agency"
    assert "Sở " in refused.value.sentence.vi
    assert written in refused.value.sentence.vi


def test_a_name_that_nobody_has_is_asked_about_without_proposals() -> None:
    with pytest.raises(BadInput, match=r"choose one of the list\.$"):
        agency_of(DIRECTORY, "Sở Bưu điện vũ trụ", DAY, "agency")
