"""Which instruments govern a topic in a period."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from crisis.model.citation import Confidence, Instrument
from crisis.model.validity import Dated
from crisis.model.words import Words, words


class Regime(Dated):
    """Which instruments govern a topic in a period."""

    topic: str
    instruments: Annotated[tuple[str, ...], Field(min_length=1)]
    confidence: Confidence
    note: Words | None = None

    def named(self, instruments: Mapping[str, Instrument]) -> Words:
        """The titles of its instruments, as a reader knows it."""
        titles = [instruments[code].title for code in self.instruments]
        return words("; ".join(one.vi for one in titles), "; ".join(one.en for one in titles))
