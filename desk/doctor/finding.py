"""What one check found: its state, one sentence, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from crisis.model.words import Words, words


class State(StrEnum):
    """How a thing stands; only a problem makes the installation unfit."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    SKIPPED = "skipped"


STATE_WORDS = {
    State.OK: words("tốt", "ok"),
    State.WARNING: words("lưu ý", "warning"),
    State.PROBLEM: words("sự cố", "problem"),
    State.SKIPPED: words("bỏ qua", "skipped"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A state with its sentence; warnings and problems come with advice."""

    state: State
    says: Words
    advice: Words | None = None


def ok(says: Words) -> Finding:
    """All is well."""
    return Finding(state=State.OK, says=says)


def warning(says: Words, advice: Words) -> Finding:
    """It works, but somebody should look."""
    return Finding(state=State.WARNING, says=says, advice=advice)


def problem(says: Words, advice: Words) -> Finding:
    """It does not work."""
    return Finding(state=State.PROBLEM, says=says, advice=advice)


def skipped(why: Words) -> Finding:
    """There was nothing to look at, and why."""
    return Finding(state=State.SKIPPED, says=why)
