"""Telling the coordinators what was raised: grave stories at once, the rest at set hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from crisis.model.letter_part import Heading
from crisis.model.press_alert import PressAlert, RaisedStory, RaisedVolume
from crisis.model.press_watch import GRAVITY_WORDS, Rule, digest_time
from crisis.model.words import Language, words
from crisis.office import roster
from crisis.office.office import Office
from crisis.office.post import Posting, addressed, contact_of, post
from crisis.office.press.raising import section_of
from crisis.office.press.silence import note_silent
from crisis.records import press_judgement, press_trigger, viewing
from crisis.records.act import Act
from crisis.records.press_judgement import Seen
from crisis.records.schema.incident import Incident
from crisis.records.schema.person import User
from crisis.records.schema.story import PressStory, PressTrigger
from crisis.watch.reason import in_context

REASONS = 3
AT_MOST = 30
"""So many stories stand in one mail; the page has them all."""

Untold = tuple[PressTrigger, PressStory | None]
EVERYTHING = words("toàn tỉnh", "the whole province")


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What one letter tells: alerts that are ripe, sources that fell silent."""

    ripe: Sequence[Untold]
    silent: tuple[str, ...] = ()
    digest: bool = False

    def key(self, at: datetime) -> str:
        """The same for the same alerts; silence may come back another day."""
        parts = sorted(trigger.id for trigger, _ in self.ripe)
        parts += [*self.silent, at.isoformat()] if self.silent else []
        return sha256(" ".join(parts).encode()).hexdigest()[:16]


async def tell(office: Office, act: Act) -> int:
    """Queue the alerts that are ripe to each coordinator, once; how many alerts were told."""
    how = await section_of(office, act)
    silent = await note_silent(act)
    waiting = await press_trigger.untold(act.session)
    gathered_until = digest_time(act.now, how.digest_at)
    at_once = [one for one in waiting if _is_grave(one[0], how.alert_at_once_from)]
    later = [one for one in waiting if one not in at_once and one[0].at <= gathered_until]
    for told in (Told(ripe=at_once, silent=silent), Told(ripe=later, digest=True)):
        if told.ripe or told.silent:
            await _write(office, act, told)
            await press_trigger.told(act, [trigger for trigger, _ in told.ripe])
    return len(at_once) + len(later) + len(silent)


def _is_grave(trigger: PressTrigger, line: int) -> bool:
    return trigger.rule == Rule.VOLUME.value or trigger.severity >= line


async def _write(office: Office, act: Act, told: Told) -> None:
    people = await roster.coordinators(act)
    for user in people:
        letter = PressAlert(
            heading=_heading(office, user, people[0]),
            digest=told.digest,
            stories=await _stories(office, act, told.ripe, user),
            volumes=await _volumes(office, act, told.ripe),
            silent=told.silent,
        )
        key = f"press-alert:{told.key(act.real)}:{user.id}"
        posting = Posting(letter=letter, key=key, email=user.email, name=user.name)
        await post(office, act, None, posting)


async def _stories(
    office: Office, act: Act, ripe: Sequence[Untold], to: User
) -> tuple[RaisedStory, ...]:
    made: list[RaisedStory] = []
    for trigger, story in ripe:
        if story is not None and len(made) < AT_MOST:
            seen = await press_judgement.of_story(act.session, story.id)
            made.append(await _story(office, act, (trigger, story), seen, to))
    return tuple(made)


async def _volumes(office: Office, act: Act, ripe: Sequence[Untold]) -> tuple[RaisedVolume, ...]:
    topics = (await office.in_force(act.session)).directory.topics
    return tuple(
        RaisedVolume(
            topic=topics.get(trigger.topic, EVERYTHING),
            items=trigger.items,
            sources=trigger.sources,
        )
        for trigger, story in ripe
        if story is None
    )


def _heading(office: Office, user: User, signs: User) -> Heading:
    return Heading(
        office=office.name,
        coordinator=contact_of(signs),
        code="press",
        subject=words("Rà quét báo chí", "Press watch"),
        addressee=addressed(user),
        language=Language(user.language),
        exercise=office.settings.exercise,
        link=f"{office.settings.public_url}/bao-chi",
    )


async def _story(
    office: Office,
    act: Act,
    one: tuple[PressTrigger, PressStory],
    seen: Sequence[Seen],
    to: User,
) -> RaisedStory:
    trigger, story = one
    return RaisedStory(
        title=story.title,
        gravity=GRAVITY_WORDS[trigger.severity],
        outlets=", ".join(dict.fromkeys(item.source.name for item in seen)),
        first_at=story.first_at,
        link=seen[0].item.link or None,
        reasons=reasons_of(seen, Language(to.language)),
        page=f"{office.settings.public_url}/bao-chi/{story.id}",
        opened=await _opened(act, trigger, to),
    )


async def _opened(act: Act, trigger: PressTrigger, to: User) -> str | None:
    """The code of the incident that the story became, for those who may know of it."""
    if trigger.incident_id is None:
        return None
    case = await act.session.get_one(Incident, trigger.incident_id)
    return case.code if await viewing.among(act.session, case, [to]) else None


def reasons_of(seen: Sequence[Seen], language: Language) -> tuple[str, ...]:
    """The weightiest cues of the gravest item: the words found and what they stand for."""
    gravest = max(seen, key=lambda one: (one.judgement.severity, one.judgement.score))
    told = [
        f"“{in_context(reason['cue'], reason['sentence'])}” ({reason['meaning'][language.value]})"
        for reason in gravest.judgement.why
        if reason["points"] > 0
    ]
    return tuple(dict.fromkeys(told))[:REASONS]
