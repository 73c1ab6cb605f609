"""A form that was not taken, and what is shown again of what was typed."""

from dataclasses import dataclass
from typing import Any

from crisis.model.errors import BadInput, PhatngonError
from crisis.model.words import words
from desk.door.error_page import status_of
from desk.door.form import Form

CHANGED = words(
    "Vụ việc vừa có thay đổi trong lúc ông/bà thao tác. Xin xem lại rồi gửi lại.",
    "The incident changed while you were working. Please look again, then send it once more.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """A form that was not taken: which one, why, and what was typed."""

    name: str
    error: PhatngonError
    form: Form

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        return status_of(self.error)

    @property
    def field(self) -> str:
        """The field that is wrong; empty where the error names none."""
        return self.error.field if isinstance(self.error, BadInput) else ""


def typed_of(failed: Failed | None) -> Any:
    """A function for templates: what stands in a field of a form."""

    def typed(form: str, field: str, otherwise: str = "") -> str:
        """What stands in a field: what was typed into a form that was refused, else `otherwise`."""
        if failed is None or failed.name != form:
            return otherwise
        return failed.form.get(field, otherwise)

    return typed
