"""The form that mutes a source, a topic or a story: what it offers, and taking it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten

from crisis.model.errors import BadInput, NotFound
from crisis.model.words import Words, words
from crisis.office.office import Office
from crisis.records import press_mute, press_source, press_story
from crisis.records.act import Act
from crisis.records.schema.story import PressMute, PressStory
from desk.door.form import Form

WHAT = words(
    "Xin chọn tạm dừng với nguồn, lĩnh vực hay câu chuyện nào trong danh sách.",
    "Please choose a source, a topic or a story from the list.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A mute in force, and what it mutes in words; `value` is its value in the form's list."""

    mute: PressMute
    said: Words

    @property
    def value(self) -> str:
        """What is muted, as the form's list has it."""
        return f"{self.mute.kind}:{self.mute.target}"


def choices_of(
    sources: Iterable[tuple[str, str]], topics: Mapping[str, Words], story: str = ""
) -> dict[str, Words]:
    """What can be muted: the values of the form's list with their words."""
    offered = {f"story:{story}": words("Câu chuyện này", "This story")} if story else {}
    offered |= {f"source:{key}": words(f"Nguồn {name}", f"Source {name}") for key, name in sources}
    return offered | {
        f"topic:{key}": words(f"Lĩnh vực {title.vi}", f"Topic {title.en}")
        for key, title in topics.items()
    }


async def standing(office: Office, act: Act) -> list[Standing]:
    """The mutes in force, each with the name of what it mutes; those that end first in front."""
    mutes = await press_mute.standing(act.session, act.now)
    if not mutes:
        return []
    sources = [(row.id, row.name) for row in await press_source.everyone(act.session)]
    offered = choices_of(sources, (await office.in_force(act.session)).directory.topics)
    for one in mutes:
        row = await act.session.get(PressStory, one.target) if one.kind == "story" else None
        title = shorten(row.title if row else "", 80, placeholder="…")
        offered[f"story:{one.target}"] = words(f"Câu chuyện “{title}”", f"The story “{title}”")
    gone = words("Mục không còn trong danh sách", "Something that is no longer listed")
    return [Standing(mute=one, said=offered.get(f"{one.kind}:{one.target}", gone)) for one in mutes]


async def take(office: Office, act: Act, form: Form) -> None:
    """Mute what the form says. Raises BadInput, which names the form's own field."""
    kind, _, target = form.text("what").partition(":")
    if not await _is_known(office, act, kind, target):
        raise BadInput(WHAT, field="what")
    until = form.moment("until")
    if until is None:
        raise BadInput(press_mute.UNTIL, field="until")
    await press_mute.mute(act, kind=kind, target=target, until=until, reason=form.text("reason"))


async def _is_known(office: Office, act: Act, kind: str, target: str) -> bool:
    if kind == "source":
        return target in {row.id for row in await press_source.everyone(act.session)}
    if kind == "topic":
        return target in (await office.in_force(act.session)).directory.topics
    try:
        await press_story.standing_of(act.session, target)
    except NotFound:
        return False
    return kind == "story"
