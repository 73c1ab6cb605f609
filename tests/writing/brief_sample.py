"""A press brief with a line of each section."""

from datetime import date, datetime, timedelta

from crisis.model.brief import (
    KIND_WORDS,
    TONE_WORDS,
    Brief,
    Course,
    Kind,
    Line,
    ToneCount,
    sections_of,
)
from crisis.model.trend import day_words
from crisis.model.words import words


def line(title: str, tone: str, at: datetime, *, alert: bool = False) -> Line:
    """A story of the brief."""
    return Line(
        title=title,
        outlets=("Báo Thử Một", "Báo Thử Hai"),
        link="https://bao.example/tin-1.htm",
        at=at,
        tone=tone,
        tone_said=TONE_WORDS[tone],
        severity=2 if alert else 0,
        concerns=(words("Sở Y tế", "Department of Health"), words("đất đai", "land")),
        done=words("Chưa xử lý", "Not dealt with yet"),
        alert=alert,
    )


def brief(at: datetime) -> Brief:
    """The brief of the day of `at`."""
    lines = [
        line("Dân xã Lệ Thủy chờ sổ đỏ tám năm", "neg", at, alert=True),
        line("Lũ làm ngập đường về bản", "neg", at),
        line("Bệnh viện tỉnh ghép giác mạc cho người nghèo", "pos", at),
        line("Tỉnh lấy ý kiến về giá đất", "neu", at),
    ]
    days = [at.date() - timedelta(days=back) for back in range(6, -1, -1)]
    return Brief(
        day=at.date(),
        start=at - timedelta(days=1),
        end=at,
        read=812,
        ours=ToneCount(label=words("Tin về tỉnh", "About the province"), neg=2, neu=1, pos=1),
        sections=sections_of(lines),
        week=tuple(_count(day, n) for n, day in enumerate(days)),
        courses=(
            _course(Kind.AGENCY, "Sở Nông nghiệp và Môi trường", days),
            _course(Kind.TOPIC, "đất đai", days),
            _course(Kind.PLACE, "xã Lệ Thủy", days),
        ),
    )


def _count(day: date, number: int) -> ToneCount:
    return ToneCount(label=day_words(day), neg=number % 3, neu=number, pos=1)


def _course(kind: Kind, name: str, days: list[date]) -> Course:
    counts = tuple(
        ToneCount(label=day_words(day), neg=n % 2, neu=n % 3) for n, day in enumerate(days)
    )
    label = words(name, name)
    whole = ToneCount(label=label, neg=sum(c.neg for c in counts), neu=sum(c.neu for c in counts))
    return Course(kind=KIND_WORDS[kind], key="a", all=whole, days=counts, most=3)
