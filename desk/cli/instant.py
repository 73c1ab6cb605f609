"""Instants as they are typed on the command line."""

import re
from datetime import datetime

import typer
from pydantic import TypeAdapter, ValidationError

from crisis.model.moment import Moment
from desk.cli.tongue import say

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
"""How a day may be written: as files write it, and as people do."""

DAY_FIRST = re.compile(r"^(\d\d)/(\d\d)/(\d{4})(?=$|[ T])")

_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


def instant_of(written: str, option: str) -> datetime:
    """The instant in UTC; without a zone it is Vietnamese time. Bad usage where it is none.

    A day may be written as people do, `05/11/2026` or `05/11/2026 08:15`.
    """
    try:
        return _MOMENT.validate_python(DAY_FIRST.sub(r"\3-\2-\1", written.strip()))
    except ValidationError as error:
        raise typer.BadParameter(
            say(
                f"{option}: “{written}” không phải thời điểm; ví dụ: 2025-10-19T08:15, "
                "19/10/2025 08:15.",
                f"{option}: “{written}” is no time; write it like 2025-10-19T08:15 or "
                "19/10/2025 08:15.",
            )
        ) from error
