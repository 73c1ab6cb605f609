"""JSON lines in, JSON lines out: the functions behind `watch judge` and `watch group`."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from pydantic import ValidationError

from crisis.model.errors import BadInput
from crisis.model.outlet_opening import without_bracket, without_opening
from crisis.model.words import words
from crisis.watch.group import Grouper, Item
from crisis.watch.judge import Judge
from crisis.watch.subject import Subjects

LONGEST_TITLE, LONGEST_LEAD = 500, 2_000
"""Characters of an item that are read: no paper writes more, and the rules' cost grows with it."""

Complain = Callable[[BadInput], None]


def _ignore(_: BadInput) -> None:
    """Drop a complaint."""


def read_lines(
    lines: Iterable[str | bytes], *, distinct: bool = False, complain: Complain = _ignore
) -> Iterator[Item]:
    """The items of JSON lines; a bad line goes to `complain` with its number, the others go on.

    Where ids must be `distinct`, a line whose id an earlier one has is such a bad line.
    """
    first: dict[str | int, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = _item(number, line)
            if distinct and first.setdefault(item.id, number) != number:
                raise _repeated(number, item.id, first[item.id])
            yield item
        except BadInput as error:
            complain(error)


def _repeated(number: int, known: str | int, first: int) -> BadInput:
    return _bad(
        number,
        f"trùng id “{known}” với dòng {first}, không gom được",
        f"has the id “{known}” of line {first} and cannot be grouped",
    )


def _item(number: int, line: str | bytes) -> Item:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line.lstrip("\ufeff")
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad(number, "không phải JSON", "is not JSON") from error
    if (
        not isinstance(row, dict)
        or not isinstance(row.get("id"), str | int)
        or not isinstance(row.get("title"), str)
    ):
        raise _bad(number, "thiếu id hoặc title", "has no id or title")
    try:
        return Item(
            id=row["id"],
            title=without_bracket(row["title"][:LONGEST_TITLE]),
            lead=without_opening(str(row.get("lead") or row.get("summary") or "")[:LONGEST_LEAD]),
            link=str(row.get("link") or ""),
            source=str(row.get("source") or ""),
            at=_instant(row.get("published_utc") or row.get("date")),
        )
    except ValidationError as error:
        raise _bad(number, "có giá trị sai", "holds a wrong value") from error


def _instant(text: object) -> datetime | None:
    """An ISO 8601 time, UTC where it names no zone; anything else is unknown."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _bad(number: int, vi: str, en: str) -> BadInput:
    return BadInput(words(f"Dòng {number} {vi}.", f"Line {number} {en}."), field=f"line {number}")


def watch_judge(
    lines: Iterable[str | bytes], judge: Judge, *, complain: Complain = _ignore
) -> Iterator[dict[str, object]]:
    """For each line `{id, title, lead}` `{id, gov, alert, severity, sentiment, score, why}`."""
    for item in read_lines(lines, complain=complain):
        found = judge.judge(item.title, item.lead)
        yield {
            "id": item.id,
            "gov": found.gov,
            "alert": found.alert,
            "severity": found.severity,
            "sentiment": found.sentiment,
            "score": found.score,
            "why": [
                {"cue": r.cue, "meaning": r.meaning.vi, "sentence": r.sentence, "points": r.points}
                for r in found.why
            ],
        }


def watch_group(
    lines: Iterable[str | bytes],
    grouper: Grouper,
    *,
    sense: Callable[[Item], Item] | None = None,
    complain: Complain = _ignore,
) -> Iterator[dict[str, object]]:
    """For each line `{id, title, lead, …}` a row `{id, story, near_duplicate_of}`, in their order.

    Items are grouped in the order of their times, so that a story is named by its earliest item;
    `sense` adds their tone and topics, which keep good and bad news of one place apart. A line that
    repeats an id is a bad line: a row could mean either.
    """
    items = list(read_lines(lines, distinct=True, complain=complain))
    if sense is not None:
        items = [sense(item) for item in items]
    for item in items:
        grouper.learn(item)
    found = {n: grouper.group(items[n], learned=True) for n in _by_time(items)}
    for _, one in sorted(found.items()):
        yield {"id": one.id, "story": one.story, "near_duplicate_of": one.near_duplicate_of}


def sense_of(judge: Judge, subjects: Subjects) -> Callable[[Item], Item]:
    """A function that gives an item the tone that the judge hears and its topics."""

    def sensed(item: Item) -> Item:
        tone = judge.judge(item.title, item.lead).sentiment
        topics = subjects.topics_of(item.title, item.lead)
        return item.model_copy(update={"tone": tone, "topics": topics})

    return sensed


def _by_time(items: list[Item]) -> list[int]:
    """The numbers of the items by time; one without a time stays behind the line before it."""
    times = []
    last = datetime.min.replace(tzinfo=UTC)
    for item in items:
        last = item.at or last
        times.append(last)
    return sorted(range(len(items)), key=times.__getitem__)
