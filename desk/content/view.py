"""Content in force as the desk shows it: title, version, since when, and who confirmed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crisis.model.words import Words, words
from crisis.office.content.proposing import MODELS
from crisis.records import content, proposal
from crisis.records.act import Act
from crisis.records.content import ActiveVersion, ContentKind
from crisis.records.proposal import ProposalState
from crisis.records.schema.proposal import ContentProposal
from crisis.writing.content_tree import yaml_tree

KIND_WORDS: dict[ContentKind, Words] = {
    ContentKind.PLAYBOOK: words("Kịch bản ứng phó", "Playbook"),
    ContentKind.LAW: words("Quy định pháp luật", "Law"),
    ContentKind.DIRECTORY: words("Danh bạ cơ quan, địa bàn", "Directory of agencies and places"),
    ContentKind.CONTACTS: words("Danh bạ liên hệ", "Contacts"),
    ContentKind.CALENDAR: words("Lịch làm việc", "Working calendar"),
    ContentKind.TEMPLATES: words("Mẫu văn bản", "Templates"),
}

STATE_WORDS: dict[str, Words] = {
    ProposalState.OPEN.value: words("chờ người thứ hai", "waits for a second person"),
    ProposalState.CONFIRMED.value: words("đã xác nhận", "confirmed"),
    ProposalState.REFUSED.value: words("không đồng ý", "refused"),
    ProposalState.WITHDRAWN.value: words("đã rút", "withdrawn"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One file in force; `behind` is the confirmed proposal, None where it came with the setup."""

    version: ActiveVersion
    title: Words
    number: str
    behind: ContentProposal | None

    @property
    def editable(self) -> bool:
        """Whether the desk can change it."""
        return self.version.kind in MODELS


async def overview(act: Act) -> tuple[Line, ...]:
    """Every file in force, playbooks first."""
    lines = []
    for version in await content.versions(act.session):
        told = await _head(act, version)
        title = told.get("title")
        lines.append(
            Line(
                version=version,
                title=_words(title) or KIND_WORDS[version.kind],
                number=str(told.get("version") or told.get("compiled") or ""),
                behind=await proposal.behind(act.session, version.sha256),
            )
        )
    order = {kind: place for place, kind in enumerate(KIND_WORDS)}
    return tuple(sorted(lines, key=lambda one: (order[one.version.kind], one.version.name)))


async def _head(act: Act, version: ActiveVersion) -> dict[str, Any]:
    """The head of a file: its title and version where it has them; templates have none."""
    if version.kind is ContentKind.TEMPLATES:
        return {}
    data = await content.at_hash(act.session, version.sha256)
    value: dict[str, Any] = yaml_tree(data.decode(), version.name).value
    return value


def title_of(kind: ContentKind, name: str, playbooks: Mapping[str, Words]) -> Words:
    """What a file is called: a playbook by its title where it has one, others by their kind."""
    if kind is not ContentKind.PLAYBOOK:
        return KIND_WORDS[kind]
    what, called = KIND_WORDS[kind], playbooks.get(name, words(name, name))
    return words(f"{what.vi} “{called.vi}”", f"{what.en} “{called.en}”")


def _words(title: object) -> Words | None:
    return Words.model_validate(title) if isinstance(title, dict) else None
