"""A matter of 2024 names the agencies of 2024; its tasks go to those that answer today."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from crisis.model.directory import Directory
from crisis.model.errors import BadInput
from crisis.model.past_resolution import PastResolution, resolved_then
from crisis.model.report_check import check_agency
from crisis.model.resolution import resolve

FILE = Path(__file__).parents[2] / "playbooks/directory.yaml"
DIRECTORY = Directory.model_validate(yaml.safe_load(FILE.read_text(encoding="utf8")))
FACTS, TODAY = date(2024, 5, 2), date(2026, 11, 26)


def then(topics: list[str], places: list[str], on: date) -> PastResolution | None:
    now = resolve(DIRECTORY, topics=topics, places=places, on=TODAY)
    return resolved_then(DIRECTORY, now, topics=topics, places=places, on=on)


def test_the_agencies_of_the_day_of_the_facts_are_named_the_lead_first() -> None:
    found = then(["roads"], ["huyện Lệ Thủy"], FACTS)
    assert found is not None
    assert [body.id for body in found.agencies] == ["qb-sgtvt", "qb-h-le-thuy"]
    assert found.found.lead is found.agencies[0]


def test_a_matter_without_any_ordered_agency_then_has_no_lead_then() -> None:
    found = then(["crime"], [], FACTS)
    assert found is not None
    assert (found.found.lead, [body.id for body in found.agencies]) == (None, ["qb-cat"])


@pytest.mark.parametrize("on", [TODAY, date(2025, 7, 1)])
def test_facts_of_today_s_agencies_have_no_other_then(on: date) -> None:
    assert then(["roads"], ["xã Lệ Thủy"], on) is None


def test_whoever_took_over_does_not_stand_apart_from_what_its_predecessor_did() -> None:
    assert DIRECTORY.subordinate("qt-sxd", "qb-sgtvt")
    assert not DIRECTORY.subordinate("qb-sgtvt", "qt-sxd")
    assert not DIRECTORY.subordinate("qt-sxd", "qt-sxd")
    assert not DIRECTORY.subordinate("qt-sgddt", "qb-sgtvt")


def test_an_agency_of_the_day_of_the_facts_may_be_named_today() -> None:
    check_agency("qb-sgtvt", DIRECTORY, (TODAY, FACTS), "about")
    with pytest.raises(BadInput, match="26 November 2026, 3 May 2026"):
        check_agency("qb-sgtvt", DIRECTORY, (TODAY, date(2026, 5, 3)), "about")


@pytest.mark.parametrize(
    ("written", "on", "sentence"),
    [
        ("huyện Lệ Thủy", TODAY, "'huyện Lệ Thủy' stood until 30 June 2025; units that may be"),
        ("xã Lệ Thủy", FACTS, "'xã Lệ Thủy' has stood only since 1 July 2025; units that may be"),
        ("phường Quảng Trị", FACTS, "units that may be meant before: Quang Tri Province."),
        ("p-quang-tri", FACTS, "units that may be meant before: the directory does not know."),
    ],
)
def test_a_place_of_another_time_is_told_by_the_day_it_ended_or_began(
    written: str, on: date, sentence: str
) -> None:
    assert sentence in DIRECTORY.place(written, on).why.en


def test_a_new_commune_offers_for_an_old_day_the_district_it_came_out_of() -> None:
    candidates = DIRECTORY.place("xã Lệ Thủy", FACTS).candidates
    assert [place.code for place in candidates] == ["d-le-thuy"]
    found = resolve(DIRECTORY, topics=[], places=["xã Lệ Thủy"], on=FACTS)
    assert found.unresolved[0].candidates == ("qb-h-le-thuy",)
