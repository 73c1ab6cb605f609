"""When the press watch raises a story: the playbook's section, and the rules as pure questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from crisis.model.calendar import HANOI
from crisis.model.playbook_section import Section
from crisis.model.severity import Severity
from crisis.model.words import Words, words


class Sensitivity(StrEnum):
    """How easily an alert is raised."""

    CALM = "calm"
    BALANCED = "balanced"
    KEEN = "keen"


class Rule(StrEnum):
    """What raised an alert: the gravity of one story, or many negative items at once."""

    SEVERITY = "severity"
    VOLUME = "volume"


RULE_WORDS: dict[Rule, Words] = {
    Rule.SEVERITY: words("Mức độ của câu chuyện", "Gravity of the story"),
    Rule.VOLUME: words("Nhiều tin tiêu cực cùng lúc", "Many negative items at once"),
}

GRAVITY_WORDS = (
    words("nhẹ", "slight"),
    words("cần lưu ý", "to be noted"),
    words("đáng lo ngại", "of concern"),
    words("nghiêm trọng", "grave"),
)
"""What the watch's gravity 0–3 is called."""

WatchSeverity = Annotated[int, Field(ge=0, le=3)]
Hour = Annotated[int, Field(ge=0, le=23)]


class PressWatch(Section):
    """How the press watch works under a playbook.

    With `open_candidate_from` a story of that gravity opens a candidate by itself, which still
    waits for a named person before any agency is mailed. Alerts below `alert_at_once_from` are
    mailed together at the hours `digest_at`. Article texts are kept for `keep_text_days`.
    """

    sensitivity: Sensitivity = Sensitivity.BALANCED
    open_candidate_from: WatchSeverity | None = None
    alert_at_once_from: WatchSeverity = 2
    digest_at: tuple[Hour, ...] = Field(default=(7, 11, 16), min_length=1, max_length=24)
    keep_text_days: Annotated[int, Field(ge=0, le=30)] = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """A story as the rules see it: gravity 0–3, how many sources carry it, whether one has weight.

    Muted sources are not among them.
    """

    alert: bool
    severity: int
    sources: int
    heavy: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The gravity from which one source is enough, and two sources or one of weight are."""

    alone: int
    together: int
    volume: int
    ratio: float


LINES: dict[Sensitivity, Line] = {
    Sensitivity.CALM: Line(alone=3, together=2, volume=10, ratio=3.0),
    Sensitivity.BALANCED: Line(alone=3, together=1, volume=6, ratio=2.5),
    Sensitivity.KEEN: Line(alone=1, together=0, volume=4, ratio=2.0),
}


def story_raises(story: Telling, sensitivity: Sensitivity) -> bool:
    """Whether a story that alerts is grave enough, by its gravity and by who carries it."""
    if not story.alert or not story.sources:
        return False
    line = LINES[sensitivity]
    carried = story.sources >= 2 or story.heavy
    return story.severity >= line.alone or (carried and story.severity >= line.together)


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """Negative items of the last 24 hours, and how many there were in the `days` days before."""

    now: int
    before: int
    days: int


def volume_raises(volume: Volume, sensitivity: Sensitivity) -> bool:
    """Whether there are many negative items at once, measured against the days before."""
    line = LINES[sensitivity]
    usual = volume.before / volume.days if volume.days else 0.0
    return volume.now >= line.volume and volume.now >= line.ratio * usual


SEVERITIES = (Severity.S1, Severity.S1, Severity.S2, Severity.S3)


def incident_severity(gravity: int) -> Severity:
    """The severity that an incident begins with; the highest level is a person's to set."""
    return SEVERITIES[max(0, min(gravity, 3))]


def digest_time(now: datetime, hours: Sequence[int]) -> datetime:
    """The last of the local `hours` at or before `now`: what was raised until then is told."""
    here = now.astimezone(HANOI)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    today = [midnight + timedelta(hours=hour) for hour in sorted(hours)]
    passed = [at for at in today if at <= here]
    return passed[-1] if passed else midnight - timedelta(days=1) + timedelta(hours=max(hours))
