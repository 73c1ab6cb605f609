"""What a coordinator enters into a running incident: further claims, and the matter set right."""

from dataclasses import dataclass

from crisis.model.claim import Claim
from crisis.model.errors import BadInput
from crisis.model.incident import Stage
from crisis.model.rule import inv8_no_state_secret
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.records import amendment, claim, incident, turn
from crisis.records.act import Act
from crisis.records.amendment import Amendment
from crisis.records.schema.incident import ClaimRow


async def add_claim(act: Act, standing: Standing, new: Claim) -> ClaimRow:
    """Add an allegation; it is assigned by the next run, and reopens verification where needed.

    Raises BadInput for an empty text or one that is there already, RuleBroken for a secrecy mark.
    """
    inv8_no_state_secret(f"{new.text.vi}\n{new.text.en}")
    text = new.text.vi.strip()
    if not text or text in {row.text_vi for row in standing.claims}:
        raise BadInput(
            words(
                "Xin ghi nội dung mới, chưa có trong vụ việc.",
                "Please write a claim that the incident does not have yet.",
            ),
            field="vi",
        )
    row = await claim.add(act, standing.incident, new)
    if Stage(standing.incident.stage) is Stage.PUBLISHED:
        await incident.move(act, standing.incident, Stage.VERIFYING)
    await turn.wake(act, standing.incident, because="claim added")
    return row


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What the incident is about: its name, topics (the main one first) and places."""

    title: Words
    topics: tuple[str, ...]
    places: tuple[str, ...]


async def amend_matter(act: Act, standing: Standing, new: Matter, reason: str) -> None:
    """Set name, topics and places right; each change keeps the old value. Tasks given stay given.

    Raises BadInput without a name, a reason or any change, RuleBroken for a secrecy mark.
    """
    inv8_no_state_secret("\n".join((new.title.vi, new.title.en, *new.places, reason)))
    case = standing.incident
    before = {
        "title": case.title,
        "title_en": case.title_en,
        "topics": ", ".join(case.topics),
        "places": ", ".join(case.places),
    }
    after = {
        "title": new.title.vi.strip(),
        "title_en": new.title.en.strip() or new.title.vi.strip(),
        "topics": ", ".join(new.topics),
        "places": ", ".join(new.places),
    }
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not changed or not after["title"] or not reason.strip():
        raise BadInput(
            words(
                "Xin sửa ít nhất một mục và ghi lý do.",
                "Please change at least one thing and give a reason.",
            ),
            field="reason",
        )
    for name, value in changed.items():
        told = Amendment(field=name, old=before[name], new=value, reason=reason)
        await amendment.amend(act, case, told)
    case.title, case.title_en = after["title"], after["title_en"]
    case.topics, case.places = list(new.topics), list(new.places)
    await act.session.flush()
    await turn.wake(act, case, because="fact amended")
