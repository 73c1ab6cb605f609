"""An agency as it stood in one period: what it answers for, under whom, and who follows it."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.day_word import day_words
from crisis.model.fault import fault, refuse
from crisis.model.text import Line, Paragraph, Said


class AgencyKind(StrEnum):
    """What sort of body an agency is; the ids are those of the directory's source."""

    UBND_TINH = "ubnd_tinh"
    VAN_PHONG = "van_phong"
    SO = "so"
    BAN = "ban"
    NGANH_DOC = "nganh_doc"
    UBND_HUYEN = "ubnd_huyen"
    UBND_XA = "ubnd_xa"


class Relation(StrEnum):
    """Whether the office orders an agency, or coordinates with it (it answers to a ministry)."""

    SUBORDINATE = "subordinate"
    VERTICAL = "vertical"


class Confidence(StrEnum):
    """How sure a fact of the directory is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


AgencyId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
TopicId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
PlaceCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]


class Dated(BaseModel):
    """Something that is in force from one day to another, both included; None is open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> "Dated":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            refuse(
                [
                    fault(
                        f"Ngày kết thúc {day_words(self.valid_to).vi} sớm hơn ngày bắt đầu "
                        f"{day_words(self.valid_from).vi}.",
                        f"The end {day_words(self.valid_to).en} lies before the beginning "
                        f"{day_words(self.valid_from).en}.",
                        "valid_to",
                    )
                ]
            )
        return self

    def in_force(self, on: date) -> bool:
        """Whether it stands on the day `on` (a local day, Asia/Ho_Chi_Minh)."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)

    def overlaps(self, other: "Dated") -> bool:
        """Whether there is a day on which both stand."""
        first = max(self.valid_from or date.min, other.valid_from or date.min)
        last = min(self.valid_to or date.max, other.valid_to or date.max)
        return first <= last


class Agency(Dated):
    """One version of an agency. `topics_as_written` keeps the words of the source.

    `parent` is the body it answers to; `successors` those that took over, empty where not known.
    """

    id: AgencyId
    name: Said
    kind: AgencyKind
    parent: AgencyId | None = None
    topics: tuple[TopicId, ...] = ()
    topics_as_written: tuple[Line, ...] = ()
    places: tuple[PlaceCode, ...] = ()
    successors: tuple[AgencyId, ...] = ()
    confidence: Confidence = Confidence.HIGH
    note: Paragraph | None = None

    @property
    def relation(self) -> Relation:
        """Vertical for bodies of a ministry's own line, subordinate for all others."""
        vertical = self.kind is AgencyKind.NGANH_DOC
        return Relation.VERTICAL if vertical else Relation.SUBORDINATE

    @property
    def version(self) -> str:
        """A key for this version, stored with every assignment: `qb-stc@2025-03-01`."""
        return f"{self.id}@{self.valid_from or 'start'}"
