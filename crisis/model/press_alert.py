"""The letter by which the press watch tells the office what was raised."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from crisis.model.letter_part import Heading
from crisis.model.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisedStory:
    """One story that was raised: what it says, how grave, who carries it, why, where to decide.

    `opened` is the code of the candidate that it opened, if any.
    """

    title: str
    gravity: Words
    outlets: str
    first_at: datetime
    link: str | None
    reasons: tuple[str, ...]
    page: str
    opened: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisedVolume:
    """Many negative items at once: about which topic, how many in how many sources."""

    topic: Words
    items: int
    sources: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PressAlert:
    """To coordinators: what the press watch raised, at once or gathered (`digest`).

    `silent` are the names of sources without a new article for a day.
    """

    name: ClassVar[str] = "press_alert"
    heading: Heading
    digest: bool
    stories: tuple[RaisedStory, ...]
    volumes: tuple[RaisedVolume, ...] = ()
    silent: tuple[str, ...] = ()
