"""The directory knows who stood when, who followed, and who answers for a matter."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from crisis.model.agency import AgencyKind, Relation
from crisis.model.contact import ContactBook, reached
from crisis.model.directory import Directory
from crisis.model.fault import faults
from crisis.model.resolution import Missing, Resolution, resolve
from crisis.model.role import RUNG_WORDS, ContactRole, Rung

ROOT = Path(__file__).parents[2]
RAW: dict[str, Any] = yaml.safe_load((ROOT / "playbooks/directory.yaml").read_text("utf8"))
DIRECTORY = Directory.model_validate(RAW)
BOOK = ContactBook.model_validate(
    yaml.safe_load((ROOT / "examples/contacts.yaml").read_text("utf8"))
)
BEFORE, SPRING, AFTER = date(2024, 5, 2), date(2025, 4, 1), date(2025, 10, 20)


def resolved(topics: list[str], places: list[str], on: date) -> Resolution:
    return resolve(DIRECTORY, topics=topics, places=places, on=on)


def ids(found: Resolution) -> tuple[str | None, list[str]]:
    return (found.lead.id if found.lead else None, [agency.id for agency in found.coordinating])


@pytest.mark.parametrize(
    ("topics", "places", "on", "lead", "coordinating"),
    [
        (["roads"], ["huyện Lệ Thủy"], BEFORE, "qb-sgtvt", ["qb-h-le-thuy"]),
        (["roads"], ["huyện Lệ Thủy"], SPRING, "qb-sxd", ["qb-h-le-thuy"]),
        (["roads"], ["xã Lệ Thủy"], AFTER, "qt-sxd", ["ubnd-19249"]),
        (["provincial_works", "schools"], ["tỉnh Quảng Trị"], AFTER, "qt-bqlda", ["qt-sgddt"]),
        (["fire"], ["phường Quảng Trị"], AFTER, "ubnd-19360", ["qt-cat"]),
        (["electricity"], [], BEFORE, "qb-sct", ["qb-pc"]),
        (["schools", "schools"], ["xã Lìa", "19489"], AFTER, "qt-sgddt", ["ubnd-19489"]),
        ([], ["xã Lìa"], AFTER, "ubnd-19489", []),
    ],
)
def test_departments_answer_by_topic_and_committees_by_place(
    topics: list[str], places: list[str], on: date, lead: str, coordinating: list[str]
) -> None:
    found = resolved(topics, places, on)
    assert ids(found) == (lead, coordinating)
    assert not found.unresolved
    assert {reason.agency for reason in found.reasons} == {lead, *coordinating}


@pytest.mark.parametrize(
    ("topics", "places", "on", "missing"),
    [
        (["no_such_topic"], ["xã Lìa"], AFTER, [Missing.TOPIC]),
        (["provincial_works"], ["huyện Bố Trạch"], BEFORE, [Missing.TOPIC]),
        (["roads"], ["tỉnh Quảng Ninh"], AFTER, [Missing.PLACE]),
        (["fire"], [], AFTER, [Missing.LEAD]),
        ([], [], AFTER, [Missing.LEAD]),
        (["schools"], ["huyện Lệ Thủy"], AFTER, [Missing.PLACE]),
        (["roads"], ["tỉnh Quảng Trị", "huyện Lệ Thủy"], BEFORE, [Missing.PLACE]),
    ],
)
def test_what_is_not_known_is_left_open_with_a_reason(
    topics: list[str], places: list[str], on: date, missing: list[Missing]
) -> None:
    found = resolved(topics, places, on)
    assert [item.missing for item in found.unresolved] == missing
    assert all(item.why.vi and item.why.en for item in found.unresolved)


def test_no_agency_of_another_province_is_guessed() -> None:
    found = resolved(["roads"], ["tỉnh Quảng Trị"], BEFORE)
    assert ids(found) == (None, [])
    assert [item.missing for item in found.unresolved] == [Missing.PLACE, Missing.LEAD]
    assert "tỉnh Quảng Trị vào ngày 02/05/2024" in found.unresolved[0].why.vi
    assert ids(resolved(["roads"], ["tỉnh Quảng Bình"], BEFORE)) == ("qb-sgtvt", [])


def test_an_ended_district_names_the_committees_that_may_be_meant() -> None:
    (left_open,) = resolved(["schools"], ["huyện Lệ Thủy"], AFTER).unresolved
    assert "ubnd-19249" in left_open.candidates


def test_a_body_of_a_ministry_never_leads() -> None:
    vertical = [a for a in DIRECTORY.bodies if a.relation is Relation.VERTICAL]
    assert vertical
    for agency in vertical:
        on = agency.valid_to or AFTER
        assert all(ids(resolved([topic], [], on))[0] != agency.id for topic in agency.topics)


@pytest.mark.parametrize("agency", DIRECTORY.agencies, ids=lambda agency: agency.version)
def test_every_topic_of_every_agency_leads_back_to_it(agency: Any) -> None:
    on = agency.valid_to or agency.valid_from or AFTER
    for topic in agency.topics:
        lead, coordinating = ids(resolved([topic], [], on))
        assert agency.id in [lead, *coordinating]


def test_sixty_agencies_and_their_two_superior_bodies_stand_in_the_file() -> None:
    found = {agency.id for agency in DIRECTORY.agencies}
    assert len(found) == 62
    assert {"qb-ubnd", "qt-ubnd"} <= found


def test_the_committee_of_each_commune_is_derived_from_its_place() -> None:
    committees = [a for a in DIRECTORY.in_force(AFTER) if a.kind is AgencyKind.UBND_XA]
    assert len(committees) == 78
    assert DIRECTORY.agency("ubnd-19360", AFTER).name.vi == "UBND phường Quảng Trị"  # type: ignore[union-attr]
    assert DIRECTORY.agency("ubnd-19360", BEFORE) is None


def test_an_assignment_can_store_the_version_of_an_agency() -> None:
    assert [DIRECTORY.agency("qb-stc", on).version for on in (BEFORE, SPRING)] == [  # type: ignore[union-attr]
        "qb-stc@start",
        "qb-stc@2025-03-01",
    ]


@pytest.mark.parametrize(
    ("agency", "on", "followers"),
    [
        ("qb-sgtvt", AFTER, ["qt-sxd"]),
        ("qb-stttt", AFTER, ["qt-skhcn", "qt-svhttdl"]),
        ("qb-stttt", BEFORE, ["qb-stttt"]),
        ("qb-cat", AFTER, []),
        ("nobody", AFTER, []),
    ],
)
def test_successors_are_followed_to_the_day_asked_for(
    agency: str, on: date, followers: list[str]
) -> None:
    assert [heir.id for heir in DIRECTORY.successors(agency, on)] == followers


def test_a_department_answers_to_the_province_and_not_the_other_way_round() -> None:
    assert DIRECTORY.subordinate("qt-sxd", "qt-ubnd")
    assert DIRECTORY.subordinate("ubnd-19360", "qt-ubnd")
    assert not DIRECTORY.subordinate("qt-ubnd", "qt-sxd")
    assert not DIRECTORY.subordinate("qt-sxd", "qt-sgddt")
    assert not DIRECTORY.subordinate("qt-cat", "qt-ubnd")
    assert not DIRECTORY.subordinate("nobody", "qt-ubnd")


@pytest.mark.parametrize(
    ("typed", "on", "found"),
    [
        ("so giao duc", AFTER, ["qt-sgddt"]),
        ("Sở Giáo dục", AFTER, ["qt-sgddt"]),
        ("education", AFTER, ["qt-sgddt"]),
        ("phường Quảng Trị", AFTER, ["ubnd-19360"]),
        ("ubnd huyen quang ninh", BEFORE, ["qb-h-quang-ninh"]),
        ("xã Hòa Trạch", AFTER, ["ubnd-19033"]),
        ("xã Hoa Trạch", AFTER, []),
        ("xã Hướng Phu", AFTER, ["ubnd-19441"]),
        ("", AFTER, []),
    ],
)
def test_names_are_found_with_or_without_marks(typed: str, on: date, found: list[str]) -> None:
    assert [agency.id for agency in DIRECTORY.search(typed, on)] == found


def test_it_is_known_whether_an_agency_ever_stood() -> None:
    assert DIRECTORY.knows("qb-sgtvt")
    assert not DIRECTORY.knows("qb-nothing")


@pytest.mark.parametrize(
    ("rung", "persons"),
    [
        (Rung.AGENCY_FOCAL_POINT, ["sxd-focal"]),
        (Rung.AGENCY_LEADER, ["sxd-head", "sxd-deputy"]),
        (Rung.CHIEF_OF_OFFICE, ["chief-of-office"]),
        (Rung.PROVINCIAL_LEADER, ["vice-chair"]),
    ],
)
def test_a_rung_reaches_the_contacts_in_force(rung: Rung, persons: list[str]) -> None:
    def contacts_of(agency: str) -> Any:
        return BOOK.of_agency(agency, AFTER)

    found = reached(rung, agency="qt-sxd", directory=DIRECTORY, contacts_of=contacts_of, on=AFTER)
    assert [contact.id for contact in found] == persons
    assert RUNG_WORDS[rung].vi


def test_a_rung_without_a_contact_in_force_reaches_nobody() -> None:
    def contacts_of(agency: str) -> Any:
        return BOOK.of_agency(agency, BEFORE)

    rung = Rung.AGENCY_FOCAL_POINT
    assert not reached(
        rung, agency="qt-sxd", directory=DIRECTORY, contacts_of=contacts_of, on=BEFORE
    )


def test_contacts_come_with_the_focal_point_first() -> None:
    roles = [contact.role for contact in BOOK.of_agency("qt-sxd", AFTER)]
    assert roles == [ContactRole.FOCAL_POINT, ContactRole.LEADER, ContactRole.DEPUTY]


def broken(change: Any) -> set[str]:
    raw = deepcopy(RAW)
    change(raw)
    with pytest.raises(ValidationError) as error:
        Directory.model_validate(raw)
    return {one.field for one in faults(error.value)}


@pytest.mark.parametrize(
    ("agency", "field"),
    [
        ({"topics": ["magic"]}, "agencies[71].topics"),
        ({"parent": "nobody"}, "agencies[71].parent"),
        ({"successors": ["nobody"]}, "agencies[71].successors"),
        ({"places": ["nowhere"]}, "agencies[71].places"),
        ({"topics": ["roads"]}, "agencies[71].topics"),
        ({"id": "qt-sxd"}, "agencies[71].valid_from"),
        ({"valid_to": "2020-01-01"}, "agencies[71].valid_to"),
    ],
)
def test_an_agency_that_contradicts_the_directory_is_refused(
    agency: dict[str, Any], field: str
) -> None:
    new = {"id": "qt-new", "name": {"vi": "Cơ quan mới", "en": "New body"}, "kind": "so"}
    new["valid_from"] = "2026-01-01"
    assert field in broken(lambda raw: raw["agencies"].append(new | agency))


def test_a_place_that_is_not_there_or_twice_is_refused() -> None:
    twice = {"code": "19360", "rank": "xa", "name": "Mới", "province": "p-nowhere"}
    fields = broken(lambda raw: raw["places"].append(twice))
    assert {"places[90].code", "places[90].province"} <= fields


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "real@quangtri.gov.vn"}, "contacts[1].email"),
        ({"email": "x@y.example\nBcc: z"}, "contacts[1].email"),
        ({"id": "coordinator"}, "office[1].id"),
        ({"role": "boss"}, "contacts[1].role"),
    ],
)
def test_an_invented_person_has_an_id_of_its_own_and_no_real_address(
    change: dict[str, str], field: str
) -> None:
    raw = yaml.safe_load((ROOT / "examples/contacts.yaml").read_text("utf8"))
    raw["contacts"][0] |= change
    with pytest.raises(ValidationError) as error:
        ContactBook.model_validate(raw)
    assert field in {one.field for one in faults(error.value)}


def test_a_person_is_found_by_id() -> None:
    assert BOOK.person("approver") is not None
    assert BOOK.person("sxd-focal") is not None
    assert BOOK.person("nobody") is None


def test_bodies_topics_and_places_are_named_by_their_ids() -> None:
    assert DIRECTORY.names["19333"].vi == "phường Đông Hà"
    assert DIRECTORY.names["ubnd-19333"].vi == "UBND phường Đông Hà"
    assert DIRECTORY.names["qb-sct"] == DIRECTORY.name_of("qb-sct")
    assert DIRECTORY.names["schools"].en == DIRECTORY.topics["schools"].en
