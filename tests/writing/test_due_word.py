"""A letter tells a due time as people say it."""

from datetime import datetime

import pytest

from crisis.writing.wording import said_due


@pytest.mark.parametrize(
    ("at", "vi", "en"),
    [
        ("2026-08-23T00:00", "24 giờ ngày 22/08/2026", "24:00 on 22 August 2026"),
        ("2026-01-01T00:00", "24 giờ ngày 31/12/2025", "24:00 on 31 December 2025"),
        ("2026-08-23T00:01", "00 giờ 01 ngày 23/08/2026", "00:01 on 23 August 2026"),
    ],
)
def test_what_ends_with_a_day_is_told_by_that_day(at: str, vi: str, en: str) -> None:
    due = datetime.fromisoformat(f"{at}+07:00")
    assert (said_due(due, "vi"), said_due(due, "en")) == (vi, en)
