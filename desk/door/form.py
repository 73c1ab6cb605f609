"""A form as it was sent: texts in NFC with LF line ends, one value or several per name."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from fastapi import Request
from pydantic import TypeAdapter, ValidationError

from crisis.model.errors import BadInput
from crisis.model.moment import Moment
from crisis.model.words import words
from desk.door.gate import check_csrf

_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_DAY_FIRST = re.compile(
    r"(?:(?P<before>\d{1,2}[:h]\d{2})[ ,]+(?:ngày )?)?"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
    r"(?:[ ,]+(?P<after>\d{1,2}[:h]\d{2}))?"
)


class Form(Mapping[str, str]):
    """What a browser sent; files are no part of it."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = [(name, _plain(value)) for name, value in pairs]
        self._first = dict(reversed(self.pairs))

    def __getitem__(self, name: str) -> str:
        return self._first[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def __len__(self) -> int:
        return len(self._first)

    def text(self, name: str) -> str:
        """The text of a field without blanks around it; empty where it was not sent."""
        return self.get(name, "").strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Every value of a name, in order."""
        return tuple(value for key, value in self.pairs if key == name)

    def checked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.get(name))

    def key(self, name: str) -> str:
        """The id in a field; empty where it is none (PostgreSQL fails on what is no id)."""
        try:
            return str(UUID(self.text(name)))
        except ValueError:
            return ""

    def moment(self, name: str) -> datetime | None:
        """A date and time, Vietnamese where no zone is written; None where it is empty.

        Browsers without a field for times send what people write: `19/10/2025 08:15`,
        `08:15 ngày 19/10/2025`. Raises BadInput.
        """
        written = self.text(name)
        if not written:
            return None
        try:
            return _MOMENT.validate_python(_as_iso(written))
        except ValidationError as error:
            raise BadInput(
                words(
                    f"“{written[:40]}” không phải thời điểm; xin ghi ngày và giờ Việt Nam, "
                    "ví dụ 19/10/2025 08:15.",
                    f"“{written[:40]}” is no time; please write day and Vietnamese time, "
                    "for example 19/10/2025 08:15.",
                ),
                field=name,
            ) from error


def _as_iso(written: str) -> str:
    """What people write, day first, as an ISO time; anything else as it is."""
    found = _DAY_FIRST.fullmatch(written)
    if found is None or (found["before"] and found["after"]):
        return written
    hour, minute = re.split("[:h]", found["before"] or found["after"] or "0:00")
    day = f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"
    return f"{day}T{hour:0>2}:{minute}"


def whole(written: str, usual: int) -> int:
    """The number that is written in up to nine digits; `usual` for anything else."""
    return int(written) if written.isdecimal() and len(written) < 10 else usual


def page_number(written: str) -> int:
    """The page that an address asks for: from 1 to 10,000, 1 for what is no number."""
    return min(max(whole(written, 1), 1), 10_000)


def _plain(value: str) -> str:
    # No keyboard writes a NUL, and PostgreSQL takes none.
    lines = value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines)


async def form_of(request: Request) -> Form:
    """The form of this request, unchecked: for pages without a session."""
    sent = await request.form()
    return Form([(name, value) for name, value in sent.multi_items() if isinstance(value, str)])


async def own_form(request: Request) -> Form:
    """The form of this request, sent by the person of this session. Raises NotAllowed."""
    form = await form_of(request)
    check_csrf(request, form)
    return form
