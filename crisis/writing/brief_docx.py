"""The press brief as a Word document."""

from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell

from crisis.model.brief import Brief, Line, ToneCount
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
    _courses(made, said)
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


def _courses(made: Made, said: BriefText) -> None:
    """The tone of single bodies, topics and places: a day's cell is the redder the more of it."""
    courses = said.brief.courses
    if not courses:
        return
    made.add_heading(said.courses_title, level=1)
    made.add_paragraph(said.courses_note)
    days = [day.label.in_(said.language) for day in courses[0].days]
    table = made.add_table(rows=1, cols=1 + len(days), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, ["", *days], strict=True):
        _small(cell, head)
    for course in courses:
        first, *cells = table.add_row().cells
        name = course.all.label.in_(said.language)
        _small(first, f"{course.kind.in_(said.language)}: {name} ({said.share(course.all)})")
        for cell, day in zip(cells, course.days, strict=True):
            _small(cell, f"{day.neg}/{day.total}" if day.total else "–")
            _shade(cell, day)
    _widen(table, len(days))


def _small(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].add_run(text).font.size = Pt(9)


def _shade(cell: _Cell, day: ToneCount) -> None:
    if day.neg:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), "E9A3A3" if 2 * day.neg > day.total else "F8DEDE")
        cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001  (no other way to shade a cell)


def _widen(table: Table, days: int) -> None:
    """A wide first column for the name, narrow ones for the days."""
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, [Cm(5.5), *[Cm(1.4)] * days], strict=True):
            cell.width = width


def _line(made: Made, said: BriefText, number: int, line: Line) -> None:
    title = made.add_paragraph()
    title.add_run(f"{number}. {line.title}").bold = True
    facts = made.add_paragraph()
    for text in said.facts(line):
        run = facts.add_run(f"{text}\n")
        run.font.size = Pt(11)
        run.font.color.rgb = _SOFT
    facts.add_run(line.link).font.size = Pt(10)
