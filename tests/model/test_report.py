"""A report holds published content and what is alleged; never a person, never a full text."""

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from crisis.model.fault import faults
from crisis.model.link import canonical_link, title_key, title_likeness
from crisis.model.playbook_section import ReportKind
from crisis.model.report import ReportIn, report_schema
from crisis.model.severity import Floor, Severity, lowest_allowed

BASIC: dict[str, Any] = {
    "title": "Sân trường ngập nước",
    "outlet": "Báo Ví Dụ",
    "published_at": "2025-10-19T08:15:00+07:00",
}


def report(**fields: Any) -> ReportIn:
    return ReportIn.model_validate(BASIC | fields)


def refusals(**fields: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as error:
        ReportIn.model_validate(BASIC | fields)
    found = faults(error.value)
    assert all(one.sentence.vi for one in found)
    return {one.field: one.sentence.en for one in found}


def test_title_outlet_and_time_are_enough() -> None:
    taken = report()
    assert taken.kind is ReportKind.PRESS
    assert taken.outlet.name == "Báo Ví Dụ"
    assert taken.outlet.id is None
    assert taken.severity is None
    assert not taken.claims


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2025-10-19T08:15:00+07:00", datetime(2025, 10, 19, 1, 15, tzinfo=UTC)),
        ("2025-10-19T01:15:00Z", datetime(2025, 10, 19, 1, 15, tzinfo=UTC)),
        ("2025-10-19 08:15", datetime(2025, 10, 19, 1, 15, tzinfo=UTC)),
        ("2025-10-19", datetime(2025, 10, 18, 17, 0, tzinfo=UTC)),
        (datetime(2025, 10, 19, 1, 15, tzinfo=UTC), datetime(2025, 10, 19, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_vietnamese_time(written: Any, instant: datetime) -> None:
    assert report(published_at=written).published_at == instant


@pytest.mark.parametrize("written", ["hôm qua", 1760000000, "", "2025-13-01", "0001-01-01", None])
def test_what_is_no_time_is_refused(written: Any) -> None:
    assert "2025-10-19T08:15" in refusals(published_at=written)["published_at"]


@pytest.mark.parametrize(
    "field", ["author", "byline", "tac_gia", "reporter_contact", "poster", "commenters", "account"]
)
def test_a_person_behind_the_content_is_refused_with_the_reason(field: str) -> None:
    assert "content, not persons" in refusals(**{field: "someone"})[field]


@pytest.mark.parametrize("field", ["full_text", "body", "content", "html"])
def test_the_full_text_of_an_article_is_refused_with_the_reason(field: str) -> None:
    assert "INV7" in refusals(**{field: "…"})[field]


def test_a_field_that_is_merely_unknown_is_refused_plainly() -> None:
    assert refusals(colour="red")["colour"] == "There is no field named 'colour'."


def test_a_quotation_is_short() -> None:
    assert report(quotation="x" * 600).quotation == "x" * 600
    assert "INV7" in refusals(quotation="x" * 601)["quotation"]
    assert "quotation" in refusals(quotation=7)


@pytest.mark.parametrize(
    "link",
    [
        "ftp://bao.example/a",
        "javascript:alert(1)",
        "bao.example/a",
        "https://",
        "https://user:pass@bao.example/a",
        "https://bao.example/a b",
        "https://bao.example:99999/a",
        "https://bao.example:0/a",
        "https://bao.example/<script>",
        "https://[bao.example/a",
        "https://bao.example/" + "a" * 2000,
        7,
    ],
)
def test_only_plain_web_links_are_taken(link: Any) -> None:
    assert "link" in refusals(link=link)


def test_a_good_link_is_kept_as_it_was_given() -> None:
    link = "https://bao.example:8443/tin/sân-trường.html?a=1#x"
    assert report(link=link).link == link


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Hai\ndòng"),
        ("title", "Tiêu đề \x00 ẩn"),
        ("title", "Đảo \u202e chữ"),
        ("title", "  "),
        ("title", "x" * 301),
        ("title", 7),
        ("outlet", {"name": "Báo", "tier": "x"}),
        ("outlet", 7),
        ("topics", ["Giao thông"]),
        ("floors", ["fire"]),
        ("severity", "S9"),
        ("kind", "gossip"),
        ("note", "x\x07"),
    ],
)
def test_unfit_values_are_refused_at_their_field(field: str, value: Any) -> None:
    assert any(name.startswith(field) for name in refusals(**{field: value}))


@pytest.mark.parametrize("field", ["title", "kind", "link", "x\ud800"])
def test_half_a_character_is_refused(field: str) -> None:
    assert refusals(**{field: "\ud800"}) == {
        ".": "It contains half a character, or is nested too deep."
    }


def test_what_is_nested_without_end_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert "nested too deep" in refusals(places=deep)["."]


def test_texts_are_composed_and_a_paragraph_keeps_its_line_ends() -> None:
    taken = report(title=unicodedata.normalize("NFD", "Sân trường"), note="một\r\nhai")
    assert taken.title == "Sân trường"
    assert taken.note == "một\nhai"


def test_a_claim_is_told_in_both_languages_or_in_one_that_stands_for_both() -> None:
    both = {"text": {"vi": "Sân ngập", "en": "The yard floods"}}
    taken = report(claims=[both, {"text": "Nước đọng", "kind": "opinion"}])
    assert [words.en for words in taken.claim_words] == ["The yard floods", "Nước đọng"]
    assert refusals(claims=[{"text": {"vi": "Sân ngập", "en": " "}}]) == {
        "claims[1].text.en": "This must not be empty."
    }


def test_a_claim_about_conduct_names_whose_conduct() -> None:
    claim = {"text": "Chậm sửa chữa", "conduct": True}
    assert "claims[1].about_agency" in refusals(claims=[claim])
    assert report(claims=[claim | {"about_agency": "qt-sxd"}]).claims[0].conduct


@pytest.mark.parametrize(
    ("fields", "lowest"),
    [
        ({}, Severity.S1),
        ({"asks_for_answer": True}, Severity.S2),
        ({"asks_for_answer": True, "kind": "citizen"}, Severity.S1),
        ({"floors": ["child_victim"]}, Severity.S3),
        ({"floors": ["life_safety"], "asks_for_answer": True}, Severity.S4),
    ],
)
def test_facts_set_the_lowest_severity(fields: dict[str, Any], lowest: Severity) -> None:
    assert lowest_allowed(report(**fields).all_floors) is lowest


def test_a_newspaper_that_asks_is_a_press_request() -> None:
    assert report(asks_for_answer=True).all_floors == {Floor.PRESS_REQUEST}


def test_a_report_goes_through_json_unchanged() -> None:
    taken = report(
        claims=[{"text": "Nước đọng"}], floors=["child_victim"], link="https://b.example"
    )
    assert ReportIn.model_validate_json(taken.model_dump_json()) == taken


def test_the_schema_is_published_without_a_field_for_a_person() -> None:
    schema = report_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["required"]) == {"title", "outlet", "published_at"}
    assert schema["additionalProperties"] is False
    assert "author" not in json.dumps(schema)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "http://m.bao.example/tin-1.html?utm_source=zalo#top",
            "https://bao.example/tin-1.html",
            True,
        ),
        ("https://www.bao.example/tin/?b=2&a=1", "https://BAO.example/tin?a=1&b=2", True),
        ("https://bao.example:443/tin/amp", "https://bao.example/tin", True),
        ("https://amp.bao.example/tin.amp", "https://bao.example/tin", True),
        ("https://bao.example/tin?id=1", "https://bao.example/tin?id=2", False),
        ("https://bao.example:8080/tin", "https://bao.example/tin", False),
        ("https://mua.bao.example/tin", "https://bao.example/tin", False),
    ],
)
def test_addresses_of_the_same_page_have_the_same_key(one: str, other: str, same: bool) -> None:
    assert (canonical_link(one) == canonical_link(other)) is same


def test_titles_are_compared_without_marks_case_and_punctuation() -> None:
    assert title_key("Sân trường: NGẬP nước!") == title_key("san truong ngap nuoc")


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Sân trường ngập nước", "Sân trường ngập nước", 1.0, 1.0),
        ("Sân trường ngập nước sau mưa", "Sân trường ngập nước", 0.5, 0.9),
        ("Sân trường ngập nước", "Giá xăng tăng", 0.0, 0.0),
        ("Mưa", "mưa", 1.0, 1.0),
        ("", "", 0.0, 0.0),
        ("", "Mưa", 0.0, 0.0),
    ],
)
def test_likeness_of_titles_lies_between_nothing_and_one(
    one: str, other: str, least: float, most: float
) -> None:
    assert least <= title_likeness(one, other) <= most
