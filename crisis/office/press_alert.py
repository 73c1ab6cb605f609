"""Telling the coordinators what was raised: grave stories at once, the rest at set hours."""

from collections.abc import Sequence
from hashlib import sha256

from crisis.model.letter_part import Heading
from crisis.model.press_alert import PressAlert, RaisedStory, RaisedVolume
from crisis.model.press_watch import GRAVITY_WORDS, Rule, digest_time
from crisis.model.role import Role
from crisis.model.words import Language, words
from crisis.office.office import Office
from crisis.office.post import Posting, addressed, contact_of, post
from crisis.office.press_raising import section_of
from crisis.records import person, press_judgement, press_trigger
from crisis.records.act import Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.incident import Incident
from crisis.records.schema.person import User
from crisis.records.schema.story import PressStory, PressTrigger

REASONS = 3
AT_MOST = 30
"""So many stories stand in one mail; the page has them all."""

Untold = tuple[PressTrigger, PressStory | None]
EVERYTHING = words("toàn tỉnh", "the whole province")


async def tell(office: Office, act: Act) -> int:
    """Queue the alerts that are ripe to each coordinator, once; how many alerts were told."""
    how = await section_of(office, act)
    waiting = await press_trigger.untold(act.session)
    gathered_until = digest_time(act.now, how.digest_at)
    at_once = [one for one in waiting if _is_grave(one[0], how.alert_at_once_from)]
    later = [one for one in waiting if one not in at_once and one[0].at <= gathered_until]
    for ripe, digest in ((at_once, False), (later, True)):
        if ripe:
            await _write(office, act, ripe, digest=digest)
            await press_trigger.told(act, [trigger for trigger, _ in ripe])
    return len(at_once) + len(later)


def _is_grave(trigger: PressTrigger, line: int) -> bool:
    return trigger.rule == Rule.VOLUME.value or trigger.severity >= line


async def _write(office: Office, act: Act, ripe: Sequence[Untold], *, digest: bool) -> None:
    people = await person.with_role(act.session, Role.COORDINATOR)
    topics = (await office.in_force(act.session)).directory.topics
    stories = {s.id: await press_judgement.of_story(act.session, s.id) for _, s in ripe if s}
    told = sha256(" ".join(sorted(trigger.id for trigger, _ in ripe)).encode()).hexdigest()[:16]
    for user in people:
        language = Language(user.language)
        letter = PressAlert(
            heading=_heading(office, user, people[0], language),
            digest=digest,
            stories=tuple(
                [
                    await _story(office, act, one, stories[one[1].id], language)
                    for one in ripe[:AT_MOST]
                    if one[1] is not None
                ]
            ),
            volumes=tuple(
                RaisedVolume(
                    topic=topics.get(trigger.topic, EVERYTHING),
                    items=trigger.items,
                    sources=trigger.sources,
                )
                for trigger, story in ripe
                if story is None
            ),
        )
        key = f"press-alert:{told}:{user.id}"
        posting = Posting(letter=letter, key=key, email=user.email, name=user.name)
        await post(office, act, None, posting)


def _heading(office: Office, user: User, signs: User, language: Language) -> Heading:
    return Heading(
        office=office.name,
        coordinator=contact_of(signs),
        code="press",
        subject=words("Rà quét báo chí", "Press watch"),
        addressee=addressed(user),
        language=language,
        exercise=office.settings.exercise,
        link=f"{office.settings.public_url}/bao-chi",
    )


async def _story(
    office: Office, act: Act, one: Untold, seen: Sequence[Seen], language: Language
) -> RaisedStory:
    trigger, story = one
    key = story.id if story else ""
    case = await act.session.get(Incident, trigger.incident_id) if trigger.incident_id else None
    return RaisedStory(
        title=story.title if story else "",
        gravity=GRAVITY_WORDS[trigger.severity],
        outlets=", ".join(dict.fromkeys(item.source.name for item in seen)),
        first_at=story.first_at if story else trigger.at,
        link=seen[0].item.link or None,
        reasons=reasons_of(seen, language),
        page=f"{office.settings.public_url}/bao-chi/{key}",
        opened=case.code if case else None,
    )


def reasons_of(seen: Sequence[Seen], language: Language) -> tuple[str, ...]:
    """The weightiest cues of the gravest item: the words found and what they stand for."""
    gravest = max(seen, key=lambda one: (one.judgement.severity, one.judgement.score))
    told = [
        f"“{reason['cue']}” ({reason['meaning'][language.value]})"
        for reason in gravest.judgement.why
        if reason["points"] > 0
    ]
    return tuple(dict.fromkeys(told))[:REASONS]
