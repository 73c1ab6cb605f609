"""The press watch learns from what the office says of its judgements."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.errors import BadInput
from crisis.model.words import words
from crisis.office.office import Office
from crisis.office.press.reader import Reader, reader_of
from crisis.records import blob, press_judgement, press_label, press_model, press_story
from crisis.records.act import Act
from crisis.records.press_model import NewModel
from crisis.records.schema.lesson import PressModel
from crisis.watch.lesson import Lesson, Said, Studied, study
from crisis.watch.word_weight import read_learned

JUDGED_ANEW = timedelta(days=3)
"""So far back a model that was just switched on judges again."""


async def label(act: Act, item_id: str, said: str) -> None:
    """Record what the office says of an item. Raises BadInput, NotFound."""
    if said not in set(Said):
        raise BadInput(
            words("Xin chọn một trong ba câu trả lời.", "Please choose one of the three answers."),
            field="said",
        )
    await press_label.say(act, item_id, said)


async def train_if_new(office: Office, act: Act) -> PressModel | None:
    """Learn where a label was given or taken back since the last time, or the shipped judge is
    another now.
    """
    given = await press_label.newest_at(act.session)
    last = await press_model.newest(act.session)
    if given is None:
        return None
    labels = sum((await press_label.count(act.session)).values())
    if last is not None and last.at >= given and labels == last.trained_on + last.held:
        reader = await reader_of(office, act)
        if last.judge == reader.shipped_version:
            return None
    return await train(office, act)


async def train(office: Office, act: Act) -> PressModel:
    """Learn from all labels; a model that is not worse is switched on and judges the last days."""
    reader = await reader_of(office, act)
    lessons = [_lesson(reader, one) for one in await press_label.everyone(act.session)]
    studied = study(lessons)
    kept = await press_model.keep(act, _kept(studied, reader.shipped_version))
    if kept.state == press_model.ON:
        await _judge_anew(act, await reader_of(office, act))
    return kept


async def heaviest(session: AsyncSession, most: int = 12) -> list[tuple[str, float]]:
    """The words and cues that the version in force weighs most; none where there is none."""
    row = await press_model.in_force(session)
    if row is None:
        return []
    weights = read_learned((await blob.fetch(session, row.sha256)).decode()).weights
    return sorted(weights.items(), key=lambda one: (-abs(one[1]), one[0]))[:most]


def _lesson(reader: Reader, one: press_label.Labelled) -> Lesson:
    told, margin = reader.judge.example(one.title, one.lead)
    # By its words: copies of one headline lie on one side, and the same office splits the same.
    return Lesson(id=one.title, told=told, margin=margin, said=Said(one.said))


def _kept(studied: Studied, judge: str) -> NewModel:
    return NewModel(
        content=studied.model.as_text().encode(),
        judge=judge,
        trained_on=studied.trained_on,
        held=studied.shipped.labels,
        held_wanted=studied.shipped.wanted,
        shipped=(studied.shipped.alerts, studied.shipped.right),
        learned=(studied.learned.alerts, studied.learned.right),
        state=studied.outcome.value,
    )


async def _judge_anew(act: Act, reader: Reader) -> None:
    seen = await press_judgement.of_period(act.session, act.now - JUDGED_ANEW, act.now)
    stories: Sequence[str] = sorted({one.story.id for one in seen})
    for one in seen:
        await press_judgement.put(act, one.item.id, reader.judged(one.item.title, one.item.lead))
    for story in stories:
        await press_story.count(act, story)
