"""Who answered on the day of the facts, where that was somebody else than today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis.model.agency import Agency
from crisis.model.directory import Directory
from crisis.model.resolution import Resolution, resolve


@dataclass(frozen=True, kw_only=True, slots=True)
class PastResolution:
    """The agencies of the day `on`, by the names and tasks that they had on it."""

    on: date
    found: Resolution

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """All of them, the lead first."""
        lead = (self.found.lead,) if self.found.lead else ()
        return (*lead, *self.found.coordinating)


def resolved_then(
    directory: Directory,
    now: Resolution,
    *,
    topics: Sequence[str],
    places: Sequence[str],
    on: date,
) -> PastResolution | None:
    """Who answered on the day of the facts `on`; None where that is who `now` answers, or nobody.

    A task can only go to a body that stands; the record shows who it was when it happened.
    """
    then = PastResolution(on=on, found=resolve(directory, topics=topics, places=places, on=on))
    today = {(one.id, one.name) for one in (now.lead, *now.coordinating) if one}
    return then if {(one.id, one.name) for one in then.agencies} - today else None
