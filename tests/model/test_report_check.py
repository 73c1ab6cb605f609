"""A report names only agencies that stand on the day it was received."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from crisis.model.directory import Directory
from crisis.model.errors import BadInput
from crisis.model.report_check import check_agency

FILE = Path(__file__).parents[2] / "playbooks/directory.yaml"
DIRECTORY = Directory.model_validate(yaml.safe_load(FILE.read_text(encoding="utf8")))
BEFORE, AFTER = date(2024, 5, 2), date(2025, 10, 20)


@pytest.mark.parametrize(("agency", "on"), [("qb-sgtvt", BEFORE), ("qt-sxd", AFTER)])
def test_an_agency_of_its_day_is_taken(agency: str, on: date) -> None:
    check_agency(agency, DIRECTORY, (on,), "claims[1].about_agency")
    assert DIRECTORY.agency(agency, on) is not None


@pytest.mark.parametrize(("agency", "on"), [("qt-sxd", BEFORE), ("nirgends", AFTER)])
def test_an_agency_that_does_not_stand_is_refused_by_field_and_name(agency: str, on: date) -> None:
    with pytest.raises(BadInput) as caught:
        check_agency(agency, DIRECTORY, (on,), "claims[1].about_agency")
    assert caught.value.field == "claims[1].about_agency"
    assert agency in caught.value.sentence.vi
