"""The press brief as a Word document."""

from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.shared import Pt, RGBColor

from crisis.model.brief import Brief, Line
from crisis.model.words import Language, Words
from crisis.writing.brief_text import BriefText

_FONT = "Times New Roman"
_SOFT = RGBColor(0x3C, 0x47, 0x53)


def brief_docx(brief: Brief, office: Words, language: Language) -> bytes:
    """The bytes of the brief as DOCX, in one language."""
    said = BriefText(brief=brief, office=office, language=language)
    made = Document()
    made.styles["Normal"].font.name = _FONT
    made.styles["Normal"].font.size = Pt(13)
    made.core_properties.title = said.title
    made.core_properties.author = said.office_name
    made.add_heading(said.title, level=0)
    made.add_paragraph(said.office_name)
    made.add_paragraph(said.span)
    made.add_paragraph(said.summary)
    for section in brief.sections:
        made.add_heading(f"{section.title.in_(language)} ({len(section.lines)})", level=1)
        for number, line in enumerate(section.lines, start=1):
            _line(made, said, number, line)
    if not brief.sections:
        made.add_paragraph(said.nothing)
    _week(made, said)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _week(made: Made, said: BriefText) -> None:
    made.add_heading(said.week_title, level=1)
    table = made.add_table(rows=1, cols=len(said.week_head), style="Light Grid Accent 1")
    for cell, head in zip(table.rows[0].cells, said.week_head, strict=True):
        cell.text = head
    for row in said.week_rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value


def _line(made: Made, said: BriefText, number: int, line: Line) -> None:
    title = made.add_paragraph()
    title.add_run(f"{number}. {line.title}").bold = True
    facts = made.add_paragraph()
    for text in said.facts(line):
        run = facts.add_run(f"{text}\n")
        run.font.size = Pt(11)
        run.font.color.rgb = _SOFT
    facts.add_run(line.link).font.size = Pt(10)
