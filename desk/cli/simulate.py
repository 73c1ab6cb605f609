"""`phatngon playbook simulate`: who gets what and when if nobody answers."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import typer

from crisis.calendar_source import office_calendar
from crisis.model.assumed_contact import assumed_contacts
from crisis.model.calendar_table import CalendarTable
from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.known_fact import known_at_receipt
from crisis.model.law import Law
from crisis.model.playbook import Playbook
from crisis.model.severity import Severity
from crisis.model.silence import Setting, Silence
from crisis.model.trial_topic import trial_topics
from crisis.model.words import Words, words
from crisis.writing.content_file import read_content
from desk.cli import shown
from desk.cli.shipped import playbooks
from desk.cli.tongue import LANGUAGE, say
from desk.content.silence_picture import picture_of
from desk.content.silence_view import Line, lines_of, unsure_end


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    playbook: str
    received_at: datetime
    severity: Severity
    agencies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    contacts: Path | None = None


def silence_of(asked: Asked) -> Silence:
    """The silence that is asked for, with assumed contacts where no file names any."""
    folder = playbooks()
    playbook = read_content(_file(asked.playbook, folder), Playbook)
    book = read_content(asked.contacts, ContactBook) if asked.contacts else None
    directory = read_content(folder / "directory.yaml", Directory)
    calendar = office_calendar(read_content(folder / "calendar.yaml", CalendarTable))
    on = calendar.day_of(asked.received_at)
    setting = Setting(
        playbook=playbook,
        law=read_content(folder / "law.yaml", Law),
        directory=directory,
        contacts=book or ContactBook(invented=False, note="-"),
        calendar=calendar,
        topics=_topics(asked, directory) or trial_topics(playbook, directory, on),
        places=_places(asked, directory, on),
        agencies=asked.agencies,
        determined=known_at_receipt(playbook, asked.severity),
    )
    silence = Silence(setting=setting, severity=asked.severity, at=asked.received_at)
    if book is not None:
        return silence
    assumed = assumed_contacts(setting.directory, silence.asked(), on)
    return replace(silence, setting=replace(setting, contacts=assumed))


def _topics(asked: Asked, directory: Directory) -> tuple[str, ...]:
    """The topics asked for. Raises BadParameter where the directory has no such topic."""
    for topic in asked.topics:
        if topic not in directory.topics:
            known = ", ".join(directory.topics)
            raise typer.BadParameter(
                say(
                    f"Danh bạ không có lĩnh vực “{topic}”; hiện có: {known}.",
                    f"The directory has no topic “{topic}”; there are: {known}.",
                )
            )
    return asked.topics


def _places(asked: Asked, directory: Directory, on: date) -> tuple[str, ...]:
    """The codes of the places asked for. Raises BadParameter where one is none, or not just one."""
    found = []
    for written in asked.places:
        match = directory.place(written, on)
        if match.place is None:
            raise typer.BadParameter(match.why.in_(LANGUAGE))
        found.append(match.place.code)
    return tuple(found)


def _file(named: str, folder: Path) -> Path:
    """A file, or the playbook of that name among the shipped ones."""
    file = Path(named)
    if file.suffix or file.is_file():
        return file
    found = folder / f"{named}.yaml"
    if not found.is_file():
        known = ", ".join(
            one.stem for one in sorted(folder.glob("*.yaml")) if one.stem not in _NO_PLAYBOOKS
        )
        raise typer.BadParameter(
            say(
                f"Không có kịch bản “{named}”; hiện có: {known}.",
                f"There is no playbook “{named}”; there are: {known}.",
            )
        )
    return found


_NO_PLAYBOOKS = {"law", "directory", "calendar", "press_sources"}


def print_silence(
    silence: Silence, *, as_json: bool, svg: Path | None, assumed: bool, sample: bool
) -> None:
    """Print the events, hour by hour, and draw them where `svg` names a file."""
    lines = lines_of(silence)
    if svg is not None:
        picture = picture_of(lines, silence.setting.calendar, LANGUAGE)
        svg.write_text(picture, encoding="utf8")
    if as_json:
        shown.data([line.data(LANGUAGE) for line in lines])
    else:
        shown.table(
            say("Nếu không ai trả lời", "If nobody answers"),
            ["#", say("lúc", "at"), say("ngày", "day"), say("việc", "what"), say("tới", "to")],
            [_row(line) for line in lines],
        )
    if sample:
        typer.echo(_sample_words(silence).in_(LANGUAGE), err=as_json)
    question = unsure_end(silence.setting.calendar, lines)
    _warn(assumed=assumed, question=question, aside=as_json)


def _sample_words(silence: Silence) -> Words:
    """That nobody said whom it is about, and which agency stands for them."""
    first, *others = silence.asked()
    more = len(others)
    return words(
        f"Chưa nêu cơ quan (--agency), lĩnh vực (--topic) hay địa bàn (--place): {first.name.vi} "
        f"({first.id})" + (f" và {more} cơ quan phối hợp" if more else "") + " chỉ là ví dụ.",
        f"No agency (--agency), topic (--topic) or place (--place) was named: {first.name.en} "
        f"({first.id})" + (f" with {more} beside it" if more else "") + " only serves as a sample.",
    )


def _warn(*, assumed: bool, question: Words | None, aside: bool) -> None:
    """What the answer rests upon; `aside` of JSON, on standard error, so that programs read on."""
    if assumed:
        typer.echo(
            say(
                "Chưa có tệp liên hệ (--contacts): giả định mỗi vị trí có một người.",
                "No contact file (--contacts): one person is assumed in every post.",
            ),
            err=aside,
        )
    if question is not None:
        typer.echo(question.in_(LANGUAGE), err=aside)


def _row(line: Line) -> list[object]:
    return [
        line.number,
        shown.due(line.at) if line.is_due else shown.when(line.at),
        line.day.in_(LANGUAGE) if line.day else "",
        line.what.in_(LANGUAGE),
        line.to.in_(LANGUAGE),
    ]
