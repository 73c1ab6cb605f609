"""What a statement rests on: what was found of each claim, and who has not been heard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis.model.claim import Conclusion
from crisis.model.words import Words
from crisis.office.case import Standing
from crisis.records.assignment import OPEN, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """One claim, what was concluded about it, and the sentences that rest on it."""

    conclusion: Conclusion
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Silent:
    """An agency that was to answer and has not; `reached` is false where no mail got there."""

    agency: Words
    reached: bool


def grounds_of(standing: Standing, links: Sequence[dict[str, object]]) -> tuple[Ground, ...]:
    """Every claim with what was concluded and the sentences that `links` tie to it."""
    found = []
    for one in standing.conclusions:
        told = [str(link["sentence"]) for link in links if one.claim.id in _ids(link["claims"])]
        found.append(Ground(conclusion=one, sentences=tuple(dict.fromkeys(told))))
    return tuple(found)


def silent_of(standing: Standing) -> Iterator[Silent]:
    """The agencies whose task is open still."""
    for task in standing.assignments:
        if Status(task.status) in OPEN:
            reached = Status(task.status) is not Status.UNREACHABLE
            yield Silent(agency=Words(vi=task.name_vi, en=task.name_en), reached=reached)


def _ids(claims: object) -> list[str]:
    return [str(one) for one in claims] if isinstance(claims, list) else []
