"""The judgement of one item, with its reasons."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from crisis.model.words import Words

Sentiment = Literal["neg", "neu", "pos"]


class Reason(BaseModel):
    """One cue that decided: the words found, what they stand for, their sentence, the points they
    gave.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cue: str
    meaning: Words
    sentence: str
    points: float


class Judgement(BaseModel):
    """What an item means for the bodies and the place; `score` is 0 to 1, alerts lie at 0.5 and
    above.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    gov: bool
    place: bool
    alert: bool
    severity: int
    sentiment: Sentiment
    score: float
    provinces: tuple[str, ...]
    why: tuple[Reason, ...]
