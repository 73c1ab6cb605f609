"""The press brief as letters to the leaders, once for each day and leader."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.brief import Brief
from crisis.model.letter_part import Heading
from crisis.model.press_brief import PressBrief
from crisis.model.role import Role
from crisis.model.words import Language, words
from crisis.office.office import Office, local_day
from crisis.office.post import addressed, contact_of, first_coordinator
from crisis.office.press.brief import brief_of
from crisis.records import mail, person
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.person import User
from crisis.writing.letter import write_letter
from crisis.writing.mail_message import Envelope, compose, message_id


async def readers(session: AsyncSession) -> Sequence[User]:
    """The leaders who get the brief."""
    return await person.with_role(session, Role.LEADER)


async def send_morning(office: Office, act: Act) -> int:
    """Mail this morning's brief; how many letters it is."""
    return await send(office, act, local_day(act.now))


async def send(office: Office, act: Act, day: date, *, again: bool = False) -> int:
    """Mail the brief of `day` to every leader; how many letters that makes.

    A day's letter is sent once unless `again`.
    """
    brief = await brief_of(office, act, day)
    posted = [
        await _post(office, act, brief, leader, again=again)
        for leader in await readers(act.session)
    ]
    if any(posted):
        await act.note(
            OFFICE_CHAIN,
            Action.PRESS_BRIEF_SENT,
            {"day": day.isoformat(), "stories": brief.stories, "leaders": sum(posted)},
        )
    return sum(posted)


async def _post(office: Office, act: Act, brief: Brief, to: User, *, again: bool) -> bool:
    """Queue the letter; whether it is a new one."""
    letter = PressBrief(heading=await _heading(office, act, brief, to), day=brief.day, brief=brief)
    asked = f":{act.real.isoformat()}" if again else ""
    key = f"brief:{brief.day.isoformat()}:{to.id}{asked}"
    written = write_letter(await office.shelf(act.session, None), letter)
    envelope = Envelope(
        sender_name=f"{letter.heading.coordinator.name} – {office.name.in_(Language(to.language))}",
        mailbox=office.settings.office_mailbox,
        recipient=to.email,
        recipient_name=to.name,
        key=key,
        thread=letter.heading.code,
        at=act.real,
        exercise=office.settings.exercise,
    )
    queued = await mail.queue(
        act,
        None,
        mail.NewMail(
            key=key,
            message_id=message_id(key, office.settings.office_mailbox.rpartition("@")[2]),
            letter=letter.name,
            recipient=to.email,
            subject=written.subject,
            content=compose(written, envelope),
        ),
    )
    return queued.queued_at == act.real


async def _heading(office: Office, act: Act, brief: Brief, to: User) -> Heading:
    return Heading(
        office=office.name,
        coordinator=contact_of(await first_coordinator(act)),
        code=f"DB-{brief.day.isoformat()}",
        subject=words("Điểm báo hằng ngày", "Daily press brief"),
        addressee=addressed(to),
        language=Language(to.language),
        exercise=office.settings.exercise,
        link=f"{office.settings.public_url}/diem-bao?ngay={brief.day.isoformat()}",
    )
