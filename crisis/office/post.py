"""The office's post: a letter becomes a mail in the outbox, in the transaction of its cause."""

from dataclasses import dataclass

from crisis.model.errors import Misconfigured
from crisis.model.letter import Letter
from crisis.model.letter_part import Contact, Due, Heading
from crisis.model.role import Role
from crisis.model.rule import inv9_names_masked
from crisis.model.words import Language, Words, words
from crisis.office import roster
from crisis.office.office import Office
from crisis.records import mail, person, protected_name
from crisis.records.act import Act
from crisis.records.incident import subject
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail
from crisis.records.schema.person import User
from crisis.writing.invitation import Invitation, invitation_bytes
from crisis.writing.letter import write_letter
from crisis.writing.mail_message import Envelope, compose, message_id

TO_THE_PRESS = frozenset({"press_statement", "press_note", "press_refusal"})
"""Letters that leave the administration."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """One letter to one recipient. `key` is the business key; `about` the task or statement.

    With `calendar` the due time travels as an .ics.
    """

    letter: Letter
    key: str
    email: str
    name: str = ""
    about: str | None = None
    calendar: Due | None = None
    held: bool = False


async def post(office: Office, act: Act, incident: Incident | None, posting: Posting) -> Mail:
    """Write, compose and queue a letter; the same key is queued once, whoever asks again.

    Without an incident it is the office's own mail. Raises RuleBroken (INV9) where a mail to the
    press would name a person whom its incident protects.
    """
    shelf = await office.shelf(act.session, incident)
    written = write_letter(shelf, posting.letter)
    if incident is not None and posting.letter.name in TO_THE_PRESS:
        names = await protected_name.of_incident(act.session, incident.id)
        inv9_names_masked(f"{written.subject}\n{written.text}", names)
    heading = posting.letter.heading
    envelope = Envelope(
        sender_name=f"{heading.coordinator.name} – {heading.office.in_(heading.language)}",
        mailbox=office.settings.office_mailbox,
        recipient=posting.email,
        recipient_name=posting.name,
        key=posting.key,
        thread=heading.code,
        at=act.real,
        exercise=heading.exercise,
        invitation=_invitation(office, act, posting),
    )
    return await mail.queue(
        act,
        incident,
        mail.NewMail(
            key=posting.key,
            message_id=message_id(posting.key, _domain(office)),
            letter=posting.letter.name,
            recipient=posting.email,
            subject=written.subject,
            content=compose(written, envelope),
            about=posting.about,
            held=posting.held,
        ),
    )


def _domain(office: Office) -> str:
    return office.settings.office_mailbox.rpartition("@")[2]


def _invitation(office: Office, act: Act, posting: Posting) -> bytes | None:
    if posting.calendar is None:
        return None
    heading, due = posting.letter.heading, posting.calendar
    return invitation_bytes(
        Invitation(
            key=posting.about or posting.key,
            domain=_domain(office),
            summary=f"{heading.code}: {due.what.in_(heading.language)}",
            description=heading.subject.in_(heading.language),
            link=heading.link,
            organizer=office.settings.office_mailbox,
            due_at=due.at,
            at=act.real,
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee:
    """Who a letter speaks to, in which language, and where they act."""

    name: Words
    language: Language
    link: str


def at_incident(office: Office, user: User, incident: Incident, place: str = "") -> Addressee:
    """A person of the office who acts on the incident's page, at the fragment `place` of it."""
    link = f"{office.settings.public_url}/vu-viec/{incident.code}{place}"
    return Addressee(name=addressed(user), language=Language(user.language), link=link)


async def heading(office: Office, act: Act, incident: Incident, to: Addressee) -> Heading:
    """The heading of a letter about `incident`, signed by its coordinator."""
    return Heading(
        office=office.name,
        coordinator=contact_of(await coordinator(act, incident)),
        code=incident.code,
        subject=subject(incident),
        addressee=to.name,
        language=to.language,
        exercise=incident.exercise,
        link=to.link,
    )


async def coordinator(act: Act, incident: Incident) -> User:
    """The named coordinator of an incident, or the first of the office where none is set.

    Raises Misconfigured where the office has none at all.
    """
    if incident.coordinator_id:
        return await person.by_id(act.session, incident.coordinator_id)
    return await first_coordinator(act)


async def first_coordinator(act: Act) -> User:
    """Who signs letters of the office that belong to no incident: who is on duty, else the first.

    Raises Misconfigured where the office has nobody.
    """
    people = await person.with_role(act.session, Role.COORDINATOR, Role.ADMIN)
    if not people:
        raise Misconfigured(
            words(
                "Văn phòng chưa có điều phối viên; chạy: phatngon user add … --role coordinator.",
                "The office has no coordinator; add one: phatngon user add … --role coordinator.",
            ),
            setting="user",
        )
    return (await roster.told(act, people))[0]


def contact_of(user: User) -> Contact:
    """A person of the office as letters name them."""
    return Contact(name=user.name, title=title_of(user), phone=user.phone)


def addressed(user: User) -> Words:
    """How a letter addresses a person of the office."""
    title = title_of(user)
    return Words(vi=f"ông/bà {user.name}, {title.vi}", en=f"{user.name}, {title.en}")


def title_of(user: User) -> Words:
    """A person's title; in Vietnamese for both where nobody has translated it."""
    return Words(vi=user.title, en=user.title_en or user.title)
