"""The real law and calendar of the office, times as people write them, claims and findings."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis.calendar_source import office_calendar
from crisis.model.calendar import HANOI, Calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.claim import Block, Claim, Conclusion, Evidence, Finding
from crisis.model.errors import RuleBroken
from crisis.model.law import Law
from crisis.model.verdict import Verdict
from crisis.model.words import words

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"

Hanoi = Callable[[str], datetime]


def _read(name: str) -> Any:
    return yaml.safe_load((PLAYBOOKS / name).read_text(encoding="utf8"))


@pytest.fixture(scope="session")
def calendar_data() -> Any:
    return _read("calendar.yaml")


@pytest.fixture(scope="session")
def law_data() -> Any:
    return _read("law.yaml")


@pytest.fixture(scope="session")
def office(calendar_data: Any) -> Calendar:
    return office_calendar(CalendarTable.model_validate(calendar_data))


@pytest.fixture(scope="session")
def law(law_data: Any) -> Law:
    return Law.model_validate(law_data)


@pytest.fixture(scope="session")
def hanoi() -> Hanoi:
    """Read `Mon 2026-03-02 24:00` as local time; a wrong day of the week is a wrong table."""

    def instant(text: str) -> datetime:
        weekday, day, wall = text.split()
        local = datetime.fromisoformat(day).replace(tzinfo=HANOI)
        assert local.strftime("%a") == weekday, f"{text} is a {local:%a}"
        hours, minutes = wall.split(":")
        return (local + timedelta(hours=int(hours), minutes=int(minutes))).astimezone(UTC)

    return instant


@pytest.fixture(scope="session")
def evidence() -> Callable[..., Evidence]:
    """`evidence(issuer="x", …)`: a document that can be asked for and checked."""

    def made(**changes: Any) -> Evidence:
        values: dict[str, Any] = {
            "id": "e-1",
            "title": "Biên bản kiểm tra",
            "sha256": "ab" * 32,
            "holder": "so-xay-dung",
            "issued_on": date(2025, 10, 20),
        }
        return Evidence(**(values | changes))

    return made


@pytest.fixture(scope="session")
def finding(evidence: Callable[..., Evidence]) -> Callable[..., Finding]:
    """`finding(verdict, agency="x", evidence=())`: what one agency says about a claim."""

    def made(verdict: Verdict, **changes: Any) -> Finding:
        values: dict[str, Any] = {
            "id": "f-1",
            "agency": "so-xay-dung",
            "person": "Lê Văn Cường",
            "verdict": verdict,
            "explanation": words("Đã kiểm tra hiện trường", "The site was inspected"),
            "evidence": (evidence(),),
        }
        return Finding(**(values | changes))

    return made


@pytest.fixture(scope="session")
def concluded(finding: Callable[..., Finding]) -> Callable[..., Conclusion]:
    """`concluded(verdict, number=1, evidence=(…))`: what stands about a claim."""

    def made(verdict: Verdict, number: int = 1, **changes: Any) -> Conclusion:
        unclear = verdict is Verdict.UNVERIFIED_YET
        return Conclusion(
            claim=Claim(id=f"c-{number}", number=number, text=words("Sân ngập", "Flooded")),
            verdict=verdict,
            block=Block.NO_ANSWER if unclear else None,
            findings=() if unclear else (finding(verdict, **changes),),
        )

    return made


def _rule_broken(act: Callable[..., object], *args: Any, **named: Any) -> str | None:
    try:
        act(*args, **named)
    except RuleBroken as broken:
        return broken.rule if broken.sentence.vi != broken.sentence.en else "untranslated"
    return None


@pytest.fixture(scope="session")
def refused() -> Callable[..., str | None]:
    """`refused(act, …)`: the rule by which it is refused; None where it passes."""
    return _rule_broken
