"""Letters carry everything their receiver needs, in both languages, and nothing smuggled in."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from crisis.model.errors import BadContent
from crisis.model.letter import Letter
from crisis.model.letter_part import NumberedClaim, PressItem, Relation, Role, Ruling
from crisis.model.notice import PressStatement
from crisis.model.statement import Variant
from crisis.model.words import Language, words
from crisis.writing.letter import WrittenLetter, write_letter
from crisis.writing.shelf import Shelf

LETTERS = (
    *("assignment", "reminder", "overdue", "escalation", "approval_request", "decision"),
    *("publication_notice", "recall", "fresh_link", "question_to_office"),
    *("extension_request", "task_declined", "task_passed_on", "office_answer"),
    *("extension_decision", "press_statement", "press_note", "press_refusal"),
    *("duty_reminder", "request_reminder", "press_brief", "press_alert", "checkpoint_notice"),
)
LANGUAGES = (Language.VI, Language.EN)
UNLINKED = {"recall", "press_refusal", "checkpoint_notice"}
"""Letters that ask for nothing to be opened."""


def visible(html: str) -> str:
    """The words of an HTML mail, on one line."""
    body = html[html.index("<body") :]
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", body).split()))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


@pytest.fixture(params=range(len(LETTERS)), ids=LETTERS)
def letter(request: pytest.FixtureRequest, every_letter, language: Language) -> Letter:
    return every_letter(language)[request.param]


@pytest.fixture
def written(shelf: Shelf, letter: Letter) -> WrittenLetter:
    return write_letter(shelf, letter)


def test_every_letter_names_office_receiver_and_coordinator(
    letter: Letter, written: WrittenLetter
) -> None:
    top = letter.heading
    for part in (written.text, visible(written.html)):
        assert top.office.in_(top.language) in part
        assert top.addressee.in_(top.language) in part
        assert top.coordinator.name in part
        assert top.coordinator.title.in_(top.language) in part
        assert top.coordinator.phone in part


def test_every_letter_is_tidy_and_whole(letter: Letter, written: WrittenLetter) -> None:
    assert "\n" not in written.subject
    assert len(written.subject) <= 180
    assert "{" not in written.text + written.subject
    if not hasattr(letter, "statement") and not hasattr(letter, "variants"):
        assert "\n\n\n" not in written.text
    assert not re.search(r"\.\.(?!\.)| ,| \.|\bNone\b", written.text)
    assert written.html.startswith("<!DOCTYPE html>")
    assert written.html.count("<a href") >= (letter.name not in UNLINKED)


def test_every_letter_of_an_exercise_is_marked(
    every_letter, shelf: Shelf, language: Language
) -> None:
    mark = "DIỄN TẬP" if language is Language.VI else "EXERCISE"
    for letter in every_letter(language, exercise=True):
        written = write_letter(shelf, letter)
        lines = written.text.strip().split("\n")
        assert written.subject.startswith(f"[{mark}] ")
        assert mark in lines[0]
        assert mark in lines[-1]
        assert visible(written.html).startswith(mark)
        assert mark in visible(written.html)[-90:]


def test_no_real_letter_bears_the_mark(written: WrittenLetter) -> None:
    assert "DIỄN TẬP" not in written.subject + written.text + written.html
    assert "EXERCISE" not in written.subject + written.text + written.html


def test_a_template_that_forgets_the_mark_is_refused(assignment, shelf: Shelf) -> None:
    name = "letters/assignment/vi/body.txt"
    forgetful = Shelf.from_bytes({**shelf.files, name: "Không có dấu".encode()})
    with pytest.raises(BadContent) as caught:
        write_letter(forgetful, assignment(Language.VI, exercise=True))
    assert caught.value.place == name


def test_an_assignment_says_everything_needed_to_act(assignment, shelf: Shelf) -> None:
    letter = assignment(Language.VI)
    written = write_letter(shelf, letter)
    item = letter.items[0]
    for part in (written.text, visible(written.html)):
        for wanted in (
            *(item.outlet, item.title, item.link, item.quotation, "02/02/2027"),
            *("1. Sân trường ngập", "2. Dự án đường", "Sở Xây dựng", "UBND xã Gio Linh"),
            *("16 giờ 30 ngày 03/02/2027", "16 giờ 30 ngày 05/02/2027"),
            *("nội bộ: quy chế nội bộ", "nội bộ: chỉ tiêu mức S2, 16 giờ làm việc"),
            *("Chứng cứ", "khắc phục", "trả lời trực tiếp thư này"),
        ):
            assert wanted in part, wanted
    assert letter.heading.link in written.text
    assert f'href="{letter.heading.link}"' in written.html
    assert letter.heading.code in written.subject


def test_a_legal_limit_is_told_from_an_internal_one(every_letter, shelf: Shelf) -> None:
    overdue = write_letter(shelf, every_letter(Language.VI)[2])
    assert "theo pháp luật: khoản 4 Điều 7 Nghị định 244/2026/NĐ-CP" in overdue.text
    assert "theo pháp luật: khoản 4 Điều 7 Nghị định 244/2026/NĐ-CP" in visible(overdue.html)


@pytest.mark.parametrize(
    ("relation", "role", "says", "never"),
    [
        (Relation.ASSIGNS, Role.LEAD, "giao Sở Xây dựng chủ trì", "đề nghị Sở"),
        (Relation.ASSIGNS, Role.SUPPORT, "giao Sở Xây dựng phối hợp với Sở Y tế", "chủ trì kiểm"),
        (Relation.COORDINATES, Role.LEAD, "đề nghị Sở Xây dựng phối hợp kiểm tra", " giao "),
        (Relation.COORDINATES, Role.SUPPORT, "phối hợp với Sở Y tế kiểm tra", " giao "),
    ],
)
def test_vertical_bodies_are_asked_and_own_bodies_are_assigned(
    assignment, shelf: Shelf, relation: Relation, role: Role, says: str, never: str
) -> None:
    lead = words("Sở Y tế", "Department of Health")
    letter = replace(assignment(Language.VI), relation=relation, role=role, lead=lead)
    written = write_letter(shelf, letter)
    assert says in written.text
    assert says in visible(written.html)
    for part in (written.subject, written.text, visible(written.html)):
        assert never not in part


@pytest.mark.parametrize("ruling", [Ruling.RETURNED, Ruling.REJECTED])
def test_a_refusal_without_its_reason_is_not_written(
    every_letter, shelf: Shelf, language: Language, ruling: Ruling
) -> None:
    decision = replace(every_letter(language)[5], ruling=ruling, reason=None)
    with pytest.raises(BadContent) as caught:
        write_letter(shelf, decision)
    assert caught.value.place.endswith("reason")
    assert write_letter(shelf, replace(decision, ruling=Ruling.APPROVED)).text


def test_an_approval_request_shows_the_exact_words_and_asks_for_sign_in(
    every_letter, shelf: Shelf
) -> None:
    request = every_letter(Language.VI)[4]
    written = write_letter(shelf, request)
    assert request.variants[0].variant.content.decode().strip() in written.text
    assert f"----- {request.variants[0].place.vi} -----" in written.text
    assert "21 nơi nhận" in written.text
    assert "đăng nhập" in written.text


def test_the_press_gets_the_approved_words_byte_for_byte(every_letter, shelf: Shelf) -> None:
    approved = Variant(
        outlet="press_list", language=Language.VI, title="Tên", body="a\u200bb\n\n\n<i>c</i>  \nd"
    )
    letter = replace(every_letter(Language.VI)[15], statement=approved)
    assert isinstance(letter, PressStatement)
    written = write_letter(shelf, letter)
    assert approved.content in written.text.encode()
    assert "QT-2027-0012" not in written.text + written.html + written.subject


def test_hostile_fields_stay_words(assignment, shelf: Shelf) -> None:
    evil = "<img src=x onerror=alert(1)>\r\nBcc: all@example.test\u2028{{ 7*7 }}"
    letter = replace(
        assignment(Language.VI),
        items=(
            PressItem(
                outlet=evil,
                title=evil,
                link="javascript:alert(1)",
                published_at=assignment(Language.VI).items[0].published_at,
                quotation=evil,
            ),
        ),
        claims=(NumberedClaim(number=1, text=words(evil, evil)),),
        lead=words(evil, evil),
    )
    written = write_letter(shelf, letter)
    assert "<img" not in written.html
    assert 'href="javascript' not in written.html
    assert "&lt;img src=x" in written.html
    assert "<img src=x onerror=alert(1)> Bcc: all@example.test{{ 7*7 }}" in written.text
    assert "\n" not in written.subject
    assert "\r" not in written.subject + written.text


def test_claims_without_english_are_shown_in_vietnamese(assignment, shelf: Shelf) -> None:
    claim = NumberedClaim(number=1, text=words("Chỉ có tiếng Việt", ""))
    written = write_letter(shelf, replace(assignment(Language.EN), claims=(claim,)))
    assert "1. Chỉ có tiếng Việt" in written.text


@pytest.mark.parametrize("name", ["assignment", "reminder", "overdue", "escalation", "fresh_link"])
def test_a_letter_about_a_task_prints_what_was_reported_and_every_claim(
    every_letter, shelf: Shelf, language: Language, name: str
) -> None:
    letter = every_letter(language)[LETTERS.index(name)]
    told = letter if name == "assignment" else letter.told
    written = write_letter(shelf, letter)
    for part in (written.text, visible(written.html)):
        assert told.items[0].title in part
        assert told.items[0].quotation in part
        assert told.items[0].link in part
        assert all(claim.text.in_(language) in part for claim in told.claims)


@pytest.mark.parametrize(
    ("why", "late", "said"),
    [
        (None, 120, "đã quá hạn 2 giờ"),
        (None, 0, "đã đến hạn"),
        (words("Danh bạ chưa có địa chỉ", "No address"), 120, "Danh bạ chưa có địa chỉ"),
    ],
)
def test_an_escalation_says_only_what_is_true(
    every_letter, shelf: Shelf, why, late: int, said: str
) -> None:
    letter = every_letter(Language.VI)[LETTERS.index("escalation")]
    written = write_letter(shelf, replace(letter, why=why, late=timedelta(minutes=late)))
    assert said in written.text
    assert said in visible(written.html)
    assert ("quá hạn" in written.text) == (why is None and late > 0)


@pytest.mark.parametrize(("own", "door"), [(True, "không cần tài khoản"), (False, "cần đăng nhập")])
def test_an_escalation_leads_to_a_page_that_its_reader_can_open(
    every_letter, shelf: Shelf, own: bool, door: str
) -> None:
    letter = every_letter(Language.VI)[LETTERS.index("escalation")]
    text = write_letter(shelf, replace(letter, own_task=own)).text
    assert door in text
    assert ("cần đăng nhập" in text) is not own
