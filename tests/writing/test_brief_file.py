"""The press brief as Word and PDF: every letter readable, the same words as on the page."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document

from crisis.model.brief import Brief, ToneCount
from crisis.model.words import Language, words
from crisis.writing.brief_docx import brief_docx
from crisis.writing.brief_pdf import brief_pdf
from crisis.writing.brief_text import BriefText
from tests.writing.brief_sample import brief

AT = datetime(2027, 2, 2, 23, 30, tzinfo=UTC)
OFFICE = words("Trung tâm Báo chí", "Press Centre")


def test_the_word_file_tells_every_story_with_outlets_tone_link_and_what_was_done() -> None:
    made = Document(BytesIO(brief_docx(brief(AT), OFFICE, Language.VI)))
    text = "\n".join(one.text for one in made.paragraphs)
    for wanted in (
        *("Điểm báo ngày 02/02/2027", "Trung tâm Báo chí", "Tin cần xử lý (1)"),
        *("1. Dân xã Lệ Thủy chờ sổ đỏ tám năm", "Báo Thử Một, Báo Thử Hai", "sắc thái: tiêu cực"),
        *("https://bao.example/tin-1.htm", "Đã thực hiện: Chưa xử lý", "Liên quan: Sở Y tế"),
    ):
        assert wanted in text, wanted
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[0] == ["Ngày", "Tiêu cực", "Trung tính", "Tích cực", "Tổng số tin"]
    assert rows[3] == ["29/01", "2", "2", "1", "5"]


def test_the_english_word_file_is_english() -> None:
    made = Document(BytesIO(brief_docx(brief(AT), OFFICE, Language.EN)))
    text = "\n".join(one.text for one in made.paragraphs)
    assert "Press brief, 2 February 2027" in text
    assert "To be acted on (1)" in text
    assert "Done: Not dealt with yet" in text


def mapped(content: bytes) -> str:
    """Every character that the PDF's fonts map, as its ToUnicode tables say."""
    found = ""
    for stream in re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL):
        told = stream.decode("latin-1")
        if "beginbfchar" in told or "beginbfrange" in told:
            found += "".join(chr(int(code, 16)) for code in re.findall(r"<([0-9A-F]{4})>", told))
    return found


@pytest.mark.parametrize("language", list(Language))
def test_the_pdf_has_every_letter_that_its_words_need(language: Language) -> None:
    content = brief_pdf(brief(AT), OFFICE, language)
    assert content.startswith(b"%PDF-")
    said = BriefText(brief=brief(AT), office=OFFICE, language=language)
    told = [line.title for section in said.brief.sections for line in section.lines]
    needed = set("".join([said.title, said.summary, *told])) - {" "}
    assert needed <= set(mapped(content))


def test_the_same_brief_gives_the_same_bytes() -> None:
    first = brief_pdf(brief(AT), OFFICE, Language.VI)
    assert first == brief_pdf(brief(AT), OFFICE, Language.VI)


def test_a_day_without_news_says_so() -> None:
    empty = Brief(
        day=AT.date(),
        start=AT,
        end=AT,
        read=0,
        ours=ToneCount(label=words("a", "a")),
        sections=(),
        week=(),
    )
    made = Document(BytesIO(brief_docx(empty, OFFICE, Language.VI)))
    assert "Không có tin nào về tỉnh." in [one.text for one in made.paragraphs]
    assert brief_pdf(empty, OFFICE, Language.VI).startswith(b"%PDF-")


def test_one_story_is_no_stories() -> None:
    whole = brief(AT)
    one = replace(whole, sections=(replace(whole.sections[0], lines=whole.sections[0].lines[:1]),))
    said = BriefText(brief=one, office=OFFICE, language=Language.EN)
    assert "in 1 story: " in said.summary
    assert "stories" not in said.summary
