"""What a report may not hold, and what it may not name: asked of every report, however it comes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from crisis.model.chronology import check_chronology
from crisis.model.day_word import day_words
from crisis.model.directory import Directory
from crisis.model.errors import BadInput
from crisis.model.report import ReportIn
from crisis.model.rule import inv8_no_state_secret
from crisis.model.words import Words, words

SKEW = timedelta(minutes=2)
"""How far the clock of a program that hands a report in may be ahead of ours."""


def check_report(report: ReportIn, directory: Directory, on: date, facts: date) -> None:
    """Refuse secrets, and names that the directory knows neither `on` the day nor on `facts`.

    A mistyped agency would answer for itself unnoticed, a mistyped topic would reach nobody. A
    place that may be one of several is not unknown: a person decides about it.

    Raises RuleBroken (INV8), BadInput with the field.
    """
    inv8_no_state_secret("\n".join(_texts(report)))
    for n, claim in enumerate(report.claims, start=1):
        if claim.about_agency is not None:
            field = f"claims[{n}].about_agency"
            check_agency(claim.about_agency, directory, (on, facts), field)
    topics = [topic in directory.topics for topic in report.topics]
    places = [_is_known(place, directory, (on, facts)) for place in report.places]
    _refuse_first(report.topics, topics, "topics", words("lĩnh vực", "topic"))
    _refuse_first(report.places, places, "places", words("địa bàn", "place"))


def check_times(report: ReportIn, now: datetime) -> None:
    """Refuse times ahead of `now` or out of their order. Raises BadInput with the field."""
    times = {
        "occurred_at": report.occurred_at,
        "published_at": report.published_at,
        "received_at": report.received_at,
    }
    check_chronology(times, now + SKEW)


def _refuse_first(told: Sequence[str], known: Sequence[bool], field: str, what: Words) -> None:
    if not all(known):
        n = known.index(False)
        _refuse(f"{field}[{n + 1}]", told[n], what)


def _is_known(place: str, directory: Directory, days: Sequence[date]) -> bool:
    return any(directory.place(place, day).known for day in days)


def check_agency(agency_id: str, directory: Directory, days: Sequence[date], field: str) -> None:
    """Refuse an agency that stands on none of `days`. Raises BadInput."""
    if not any(directory.agency(agency_id, day) for day in days):
        told = [day_words(day) for day in dict.fromkeys(days)]
        vi, en = ", ".join(day.vi for day in told), ", ".join(day.en for day in told)
        what = words(f"cơ quan (ngày {vi})", f"agency (on {en})")
        _refuse(field, agency_id, what)


def _texts(report: ReportIn) -> Iterator[str]:
    """Every text of the report that a person wrote."""
    yield from (report.title, report.outlet.name, report.quotation or "", report.note or "")
    for told in (report.subject, report.summary, *report.claim_words):
        if told is not None:
            yield from (told.vi, told.en)
    yield from report.places


def _refuse(field: str, value: str, what: Words) -> None:
    raise BadInput(
        words(
            f"{field}: danh bạ không có {what.vi} '{value}'.",
            f"{field}: the directory knows no {what.en} '{value}'.",
        ),
        field=field,
    )
