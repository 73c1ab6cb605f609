"""What people decide about stories: not about us, look again, not the same matter."""

from crisis.model.action import Action
from crisis.model.errors import Stale
from crisis.model.words import words
from crisis.records import incident, press_judgement, press_label, press_match, press_trigger
from crisis.records.act import OFFICE_CHAIN, Act
from crisis.records.schema.story import PressStory
from crisis.watch.lesson import Said

NEW, NOT_OURS = "new", "not_ours"


async def dismiss(act: Act, story: PressStory, reason: str = "") -> None:
    """A named person says that the story is not about us: it raises nothing any more, and each
    of its articles becomes a label that the filter learns from.

    Raises Stale where it was dealt with meanwhile.
    """
    if story.state != NEW:
        raise Stale(
            words(
                "Câu chuyện này vừa được xử lý. Xin xem lại.",
                "This story has just been dealt with. Please look again.",
            )
        )
    story.state, story.reason = NOT_OURS, reason
    story.state_at, story.state_by = act.now, act.actor.id
    await act.session.flush()
    await press_trigger.decide(act, story.id, press_trigger.DISMISSED)
    for item in await _items(act, story):
        await press_label.say(act, item, Said.NOT_US.value)
    await act.note(OFFICE_CHAIN, Action.PRESS_DISMISSED, {"story": story.id})


async def restore(act: Act, story: PressStory) -> None:
    """A named person takes a dismissal back, and the labels that it made; a story that is not
    dismissed stays as it is.
    """
    if story.state != NOT_OURS:
        return
    if story.state_at is not None:
        items = await _items(act, story)
        await press_label.take_back(act, items, Said.NOT_US.value, at=story.state_at)
    story.state, story.reason = NEW, ""
    story.state_at, story.state_by = act.now, act.actor.id
    await act.session.flush()
    await press_trigger.wait_again(act, story.id)
    await act.note(OFFICE_CHAIN, Action.PRESS_DISMISSED, {"story": story.id, "taken_back": True})


async def refuse_match(act: Act, story: PressStory, code: str) -> None:
    """A named person says that the story is not this incident's matter. Raises NotFound."""
    row = await incident.by_code(act.session, code)
    await press_match.decide(act, story.id, row.id, same=False)


async def _items(act: Act, story: PressStory) -> list[str]:
    return [one.item.id for one in await press_judgement.of_story(act.session, story.id)]
