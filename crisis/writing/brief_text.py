"""The sentences of a press brief that stand the same in letter, DOCX and PDF."""

from dataclasses import dataclass
from datetime import datetime

from crisis.model.brief import TONE_WORDS, Brief, Line, ToneCount
from crisis.model.calendar import HANOI
from crisis.model.words import Language, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class BriefText:
    """A brief in the words of one language."""

    brief: Brief
    office: Words
    language: Language

    @property
    def office_name(self) -> str:
        """The office that made it."""
        return self.office.in_(self.language)

    @property
    def title(self) -> str:
        """The headline of the document."""
        day = self.brief.day
        return self._say(f"Điểm báo ngày {day:%d/%m/%Y}", f"Press brief, {day.day} {day:%B %Y}")

    @property
    def span(self) -> str:
        """The time it covers."""
        start, end = self._moment(self.brief.start), self._moment(self.brief.end)
        return self._say(f"Từ {start} đến {end}", f"From {start} to {end}")

    @property
    def summary(self) -> str:
        """How much was read, and what of it is about us, by tone."""
        ours, brief = self.brief.ours, self.brief
        stories = "1 story" if brief.stories == 1 else f"{brief.stories} stories"
        items = "1 item" if brief.read == 1 else f"{brief.read} items"
        return self._say(
            f"Đã đọc {brief.read} tin; {ours.total} tin về tỉnh, trong {brief.stories} câu chuyện: "
            f"{ours.neg} tiêu cực, {ours.neu} trung tính, {ours.pos} tích cực.",
            f"{items} read; {ours.total} about the province, in {stories}: {ours.neg} negative, "
            f"{ours.neu} neutral, {ours.pos} positive.",
        )

    @property
    def nothing(self) -> str:
        """What is said when there is nothing to tell."""
        return self._say("Không có tin nào về tỉnh.", "Nothing was printed about the province.")

    @property
    def week_title(self) -> str:
        """The headline over the last seven days."""
        return self._say("Bảy ngày qua", "The last seven days")

    @property
    def week_head(self) -> tuple[str, ...]:
        """The heads of the table of the last seven days."""
        tones = [TONE_WORDS[tone].in_(self.language).capitalize() for tone in ("neg", "neu", "pos")]
        return (self._say("Ngày", "Day"), *tones, self._say("Tổng số tin", "All items"))

    @property
    def week_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows of that table."""
        return tuple(
            (day.label.in_(self.language), *map(str, (day.neg, day.neu, day.pos, day.total)))
            for day in self.brief.week
        )

    @property
    def courses_title(self) -> str:
        """The headline over the bodies, topics and places with the most negative items."""
        return self._say(
            "Bị nêu tiêu cực nhiều nhất trong bảy ngày", "Most often told of badly in seven days"
        )

    @property
    def courses_note(self) -> str:
        """What the numbers of those charts mean."""
        return self._say(
            "Mỗi cột là một ngày; dưới cột: số tin tiêu cực trên tổng số tin.",
            "A column is a day; below it: negative items of all items.",
        )

    def share(self, count: ToneCount) -> str:
        """How many of how many items are negative."""
        return self._say(
            f"{count.neg} trên {count.total} tin tiêu cực",
            f"{count.neg} of {count.total} items negative",
        )

    def facts(self, line: Line) -> tuple[str, ...]:
        """Who printed a story and how, whom it concerns, what was done."""
        outlets = ", ".join(line.outlets)
        tone = line.tone_said.in_(self.language)
        concerns = "; ".join(one.in_(self.language) for one in line.concerns)
        done = line.done.in_(self.language)
        return (
            f"{outlets} · {self._moment(line.at)} · {self._say('sắc thái', 'tone')}: {tone}",
            *([f"{self._say('Liên quan', 'Concerns')}: {concerns}"] if concerns else []),
            f"{self._say('Đã thực hiện', 'Done')}: {done}",
        )

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(HANOI)
        return self._say(f"{local:%H:%M ngày %d/%m}", f"{local:%H:%M}, {local.day} {local:%B}")

    def _say(self, vi: str, en: str) -> str:
        return vi if self.language is Language.VI else en
