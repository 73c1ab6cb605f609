"""Raising what needs a person: grave stories, many negative items at once, and matters at hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crisis.model.link import canonical_link, title_key
from crisis.model.press_watch import (
    PressWatch,
    Rule,
    Telling,
    Volume,
    story_raises,
    volume_raises,
)
from crisis.office.incident.choosing import DEFAULT_PLAYBOOK
from crisis.office.office import Office, local_day
from crisis.office.press import opening as press_opening
from crisis.records import (
    press_judgement,
    press_match,
    press_mute,
    press_story,
    press_trigger,
    report_list,
)
from crisis.records.act import Act
from crisis.records.press_judgement import Seen
from crisis.records.press_trigger import Raised
from crisis.records.schema.story import PressMute, PressStory

DAY, BEFORE = timedelta(days=1), 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Muted:
    """What is muted now: sources, topics and stories with the mute that says so."""

    sources: dict[str, str]
    topics: dict[str, str]
    stories: dict[str, str]

    def of(self, story: PressStory, sources: Collection[str]) -> str | None:
        """The mute that keeps a story silent: its own, a topic's, or those of all its sources."""
        if story.id in self.stories:
            return self.stories[story.id]
        topic = next((t for t in story.topics if t in self.topics), None)
        if topic is not None:
            return self.topics[topic]
        if sources and all(one in self.sources for one in sources):
            return self.sources[next(iter(sources))]
        return None


def muted_by(mutes: Sequence[PressMute]) -> Muted:
    """The mutes in force by kind."""
    kinds: dict[str, dict[str, str]] = {"source": {}, "topic": {}, "story": {}}
    for row in mutes:
        kinds[row.kind][row.target] = row.id
    return Muted(sources=kinds["source"], topics=kinds["topic"], stories=kinds["story"])


async def section_of(office: Office, act: Act) -> PressWatch:
    """How the playbook in force wants the press watched."""
    return (await office.playbook_named(act.session, DEFAULT_PLAYBOOK)).press_watch


async def raise_stories(office: Office, act: Act, stories: Collection[str]) -> int:
    """Raise those of the stories that are grave enough; how many are new."""
    if not stories:
        return 0
    how = await section_of(office, act)
    muted = muted_by(await press_mute.standing(act.session, act.now))
    raised = 0
    for story in await press_story.alerting(act.session, stories):
        raised += await _raise(office, act, story, how, muted)
    return raised


async def _raise(
    office: Office, act: Act, story: PressStory, how: PressWatch, muted: Muted
) -> bool:
    seen = await press_judgement.of_story(act.session, story.id)
    await _suggest(act, story, seen)
    weights = {one.source.id: one.source.weight for one in seen}
    mute = muted.of(story, weights)
    heard = {source: w for source, w in weights.items() if mute or source not in muted.sources}
    telling = Telling(
        alert=story.alert,
        severity=story.severity,
        sources=len(heard),
        heavy=any(weight >= 2 for weight in heard.values()),
    )
    if not story_raises(telling, how.sensitivity):
        return False
    made = await press_trigger.put(
        act,
        Raised(
            key=f"story:{story.id}",
            rule=Rule.SEVERITY,
            severity=story.severity,
            sources=len(heard),
            items=story.items,
            sensitivity=how.sensitivity,
            story_id=story.id,
            mute=mute,
        ),
    )
    if made is None or mute is not None:
        return False
    if how.open_candidate_from is not None and story.severity >= how.open_candidate_from:
        await press_opening.open_candidate(office, act, story)
    return True


async def _suggest(act: Act, story: PressStory, seen: Sequence[Seen]) -> None:
    """Suggest the running incidents that already carry a link or title of the story."""
    links = {canonical_link(one.item.link) for one in seen if one.item.link}
    titles = {title_key(one.item.title) for one in seen}
    for incident_id in await report_list.incidents_with(act.session, links, titles):
        await press_match.suggest(act, story.id, incident_id, "same article")


async def raise_volume(office: Office, act: Act) -> int:
    """Raise the topics, and the province as a whole, with many negative items in 24 hours."""
    how = await section_of(office, act)
    muted = muted_by(await press_mute.standing(act.session, act.now))
    start = act.now - DAY * (BEFORE + 1)
    end = act.now + timedelta(seconds=1)
    about = await press_judgement.blaming(act.session, start, end)
    raised = 0
    for topic in ["", *sorted({t for one in about for t in one.topics})]:
        mine = [one for one in about if not topic or topic in one.topics]
        mine = [one for one in mine if one.source_id not in muted.sources]
        now = [one for one in mine if one.at > act.now - DAY]
        volume = Volume(now=len(now), before=len(mine) - len(now), days=BEFORE)
        if topic in muted.topics or not volume_raises(volume, how.sensitivity):
            continue
        made = await press_trigger.put(
            act,
            Raised(
                key=f"volume:{topic}:{local_day(act.now)}",
                rule=Rule.VOLUME,
                severity=max(one.severity for one in now),
                sources=len({one.source_id for one in now}),
                items=len(now),
                sensitivity=how.sensitivity,
                topic=topic,
            ),
        )
        raised += made is not None
    return raised
