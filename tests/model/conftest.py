"""The real law and calendar of the office, and times written as people write them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisis.calendar_source import office_calendar
from crisis.model.calendar import HANOI, Calendar
from crisis.model.calendar_table import CalendarTable
from crisis.model.law import Law

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
