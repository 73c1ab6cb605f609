"""The press brief as PDF: pure Python, with a typeface that has every Vietnamese letter."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from crisis.model.brief import Brief, Course, Line, ToneCount
from crisis.model.words import Language, Words
from crisis.writing.brief_text import BriefText

_FACE = "Source Sans Pro"
_INK, _SOFT, _LINK = (29, 39, 51), (74, 86, 98), (18, 80, 127)
_TONES = {"neg": (164, 38, 31), "neu": (150, 160, 170), "pos": (28, 116, 76)}
_BAR_WIDTH = 110.0
_TITLE_LINES = 2
_IN_A_ROW, _CHART_WIDE, _CHART_HIGH, _COLUMN_HIGH = 3, 56.6, 36.0, 14.0


def brief_pdf(brief: Brief, office: Words, language: Language) -> bytes:
    """The bytes of the brief as PDF, in one language; the same brief gives the same bytes."""
    said = BriefText(brief=brief, office=office, language=language)
    page = _Page(said, brief.end)
    page.say(said.title, size=20, bold=True)
    page.say(said.office_name, size=11, colour=_SOFT)
    page.say(said.span, size=11, colour=_SOFT)
    page.say(said.summary, size=12, after=3)
    for section in brief.sections:
        head = f"{section.title.in_(language)} ({len(section.lines)})"
        page.say(head, size=14, bold=True, colour=_LINK, before=4)
        for number, line in enumerate(section.lines, start=1):
            page.story(number, line, said)
    if not brief.sections:
        page.say(said.nothing, size=12, before=4)
    page.week(brief.week, said)
    page.courses(said)
    return bytes(page.output())


class _Page(FPDF):
    """An A4 page with the brief's type."""

    def __init__(self, said: BriefText, at: datetime) -> None:
        super().__init__(format="A4")
        folder = Path(str(files("font_source_sans_pro"))) / "files"
        self.add_font(_FACE, "", folder / "SourceSansPro-Regular.ttf")
        self.add_font(_FACE, "B", folder / "SourceSansPro-Semibold.ttf")
        self.set_title(said.title)
        self.set_author(said.office_name)
        self.set_lang(said.language.value)
        self.set_creation_date(at.astimezone(UTC))
        self.set_margins(20, 18, 20)
        self.set_auto_page_break(auto=True, margin=18)
        self._foot = f"{said.office_name} · {said.title}"
        self.add_page()

    def footer(self) -> None:
        """Whose brief it is, and the page's number."""
        self.set_y(-13)
        self.set_font(_FACE, size=9)
        self.set_text_color(*_SOFT)
        self.cell(0, 5, f"{self._foot} · {self.page_no()}", align="C")

    def say(  # noqa: PLR0913  (a line of text has a look)
        self,
        text: str,
        *,
        size: float,
        bold: bool = False,
        colour: tuple[int, int, int] = _INK,
        before: float = 0,
        after: float = 1,
        link: str = "",
    ) -> None:
        """A paragraph."""
        if before:
            self.ln(before)
        self.set_font(_FACE, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(
            0, size * 0.46, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, link=link, align="L"
        )
        self.ln(after)

    def story(self, number: int, line: Line, said: BriefText) -> None:
        """One story."""
        if self.will_page_break(26):
            self.add_page()
        self.say(f"{number}. {line.title}", size=12, bold=True, before=1.5, after=0.5)
        for text in said.facts(line):
            self.say(text, size=10.5, colour=_SOFT, after=0)
        if line.link:
            self.say(line.link, size=9.5, colour=_LINK, link=line.link)

    def week(self, week: tuple[ToneCount, ...], said: BriefText) -> None:
        """The last days as bars of their tones, each with its numbers; never torn by a page."""
        if self.will_page_break(24 + 5.2 * len(week)):
            self.add_page()
        self.say(said.week_title, size=14, bold=True, colour=_LINK, before=4)
        most = max((day.total for day in week), default=0) or 1
        for day in week:
            self.set_font(_FACE, size=10)
            self.set_text_color(*_INK)
            self.cell(18, 5.2, day.label.in_(said.language))
            for tone, colour in _TONES.items():
                width = _BAR_WIDTH * getattr(day, tone) / most
                self.set_fill_color(*colour)
                if width:
                    self.cell(width, 4, "", fill=True)
            numbers = f"  {day.neg} / {day.neu} / {day.pos}  ({day.total})"
            self.cell(0, 5.2, numbers, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._legend(said)

    def courses(self, said: BriefText) -> None:
        """Bodies, topics and places, three in a row, each with its days as small columns."""
        courses = said.brief.courses
        if not courses:
            return
        if self.will_page_break(16 + _CHART_HIGH):
            self.add_page()
        self.say(said.courses_title, size=14, bold=True, colour=_LINK, before=6)
        self.say(said.courses_note, size=9.5, colour=_SOFT, after=2)
        for start in range(0, len(courses), _IN_A_ROW):
            if self.will_page_break(_CHART_HIGH):
                self.add_page()
            top = self.get_y()
            for place, course in enumerate(courses[start : start + _IN_A_ROW]):
                self._course(course, said, (self.l_margin + place * _CHART_WIDE, top))
            self.set_xy(self.l_margin, top + _CHART_HIGH)

    def _course(self, course: Course, said: BriefText, at: tuple[float, float]) -> None:
        x, y = at
        inner = _CHART_WIDE - 6
        label = f"{course.kind.in_(said.language)}: {course.all.label.in_(said.language)}"
        self.set_font(_FACE, "B", 9.5)
        self.set_text_color(*_INK)
        self.set_xy(x, y)
        self.multi_cell(inner, 4, self._in_two_lines(label, inner), align="L", max_line_height=4)
        self.set_font(_FACE, size=9)
        self.set_text_color(*_SOFT)
        self.set_xy(x, y + 8.2)
        self.cell(inner, 4, said.share(course.all))
        most, wide = course.most or 1, inner / len(course.days)
        base = y + 13 + _COLUMN_HIGH
        for number, day in enumerate(course.days):
            self._column(day, (x + number * wide, base), wide, most)
            self.set_font(_FACE, size=6.5)
            share = f"{day.neg}/{day.total}" if day.total else "–"
            for row, told in enumerate((share, day.label.in_(said.language))):
                self.set_xy(x + number * wide, base + 0.4 + 2.6 * row)
                self.cell(wide, 2.6, told, align="C")

    def _in_two_lines(self, text: str, wide: float) -> str:
        """`text`, cut where it would take a third line of this width in the current type."""
        lines: Any = self.multi_cell(wide, 4, text, dry_run=True, output=MethodReturnValue.LINES)
        return text if len(lines) <= _TITLE_LINES else f"{lines[0]} {lines[1].rstrip()[:-2]}…"

    def _column(self, day: ToneCount, foot: tuple[float, float], wide: float, most: int) -> None:
        x, base = foot
        for tone, colour in _TONES.items():
            high = _COLUMN_HIGH * getattr(day, tone) / most
            base -= high
            if high:
                self.set_fill_color(*colour)
                self.rect(x + wide * 0.12, base, wide * 0.76, high, style="F")
        self.set_draw_color(*_SOFT)
        self.line(x, foot[1], x + wide, foot[1])

    def _legend(self, said: BriefText) -> None:
        """What each colour and each number stands for."""
        self.ln(1)
        self.set_font(_FACE, size=9)
        self.set_text_color(*_SOFT)
        for colour, name in zip(_TONES.values(), said.week_head[1:4], strict=True):
            self.set_fill_color(*colour)
            self.cell(3.2, 3.2, "", fill=True)
            told = f" {name.lower()}   "
            self.cell(self.get_string_width(told) + 3, 3.6, told)
        self.cell(0, 3.6, f"({said.week_head[4].lower()})", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
