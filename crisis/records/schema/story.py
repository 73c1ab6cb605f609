"""Stories of the press watch: what belongs together, what was raised, what people decided."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import (
    Base,
    Key,
    Long,
    MaybeIncidentRef,
    MaybeRef,
    Ref,
    Short,
)
from crisis.records.schema.press import StoryRef


class PressStory(Base):
    """One event, whoever prints it; each source counts once.

    Counts and judgement are those of its items, kept in the transaction that changes them. `state`
    is `new`, `not_ours`, `opened` or `merged`. `version` is the optimistic lock of people's acts.
    """

    __tablename__ = "press_stories"
    __table_args__ = (Index("ix_press_stories_shown", "state", "last_at", "id"),)

    id: Mapped[Key]
    title: Mapped[Long]
    first_item_id: Mapped[MaybeRef]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    items: Mapped[int] = mapped_column(default=0)
    sources: Mapped[int] = mapped_column(default=0)
    weight: Mapped[int] = mapped_column(default=0)
    gov: Mapped[bool] = mapped_column(default=False)
    place: Mapped[bool] = mapped_column(default=False)
    alert: Mapped[bool] = mapped_column(default=False)
    severity: Mapped[int] = mapped_column(default=0)
    tone: Mapped[Short] = mapped_column(default="neu")
    score: Mapped[float] = mapped_column(default=0.0)
    topics: Mapped[list[str]]
    state: Mapped[Short] = mapped_column(default="new")
    state_at: Mapped[datetime | None]
    state_by: Mapped[MaybeRef]
    reason: Mapped[Long] = mapped_column(default="")
    merged_into: Mapped[MaybeRef]
    incident_id: Mapped[MaybeIncidentRef]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads this)


class PressMatch(Base):
    """That a story may be the matter of an incident: suggested by us, confirmed or refused by a
    person.
    """

    __tablename__ = "press_matches"
    __table_args__ = (UniqueConstraint("story_id", "incident_id"),)

    id: Mapped[Key]
    story_id: Mapped[StoryRef]
    incident_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("incidents.id"), index=True
    )
    state: Mapped[Short] = mapped_column(default="suggested")
    why: Mapped[Short]
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[MaybeRef]


class PressMove(Base):
    """A merge or a split that a person made: which items went from one story to another."""

    __tablename__ = "press_moves"

    id: Mapped[Key]
    kind: Mapped[Short]
    from_id: Mapped[StoryRef]
    to_id: Mapped[StoryRef]
    items: Mapped[list[str]]
    at: Mapped[datetime]
    by: Mapped[Ref]


class PressMute(Base):
    """A topic, source or story that raises nothing until `until`, with the reason."""

    __tablename__ = "press_mutes"
    __table_args__ = (Index("ix_press_mutes_until", "until"),)

    id: Mapped[Key]
    kind: Mapped[Short]
    target: Mapped[Short]
    reason: Mapped[Long]
    at: Mapped[datetime]
    by: Mapped[Ref]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[MaybeRef]


class PressTrigger(Base):
    """A story, or a volume of them, that a rule raised; `key` is what is raised once only.

    `state` is `waiting`, `muted`, `opened` or `dismissed`; `told_at` when its alert was mailed.
    """

    __tablename__ = "press_triggers"
    __table_args__ = (Index("ix_press_triggers_state", "state", "at"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(unique=True)
    rule: Mapped[Short]
    story_id: Mapped[str | None] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("press_stories.id"), index=True
    )
    severity: Mapped[int]
    sources: Mapped[int]
    items: Mapped[int]
    topic: Mapped[Short] = mapped_column(default="")
    sensitivity: Mapped[Short]
    at: Mapped[datetime]
    state: Mapped[Short] = mapped_column(default="waiting")
    mute_id: Mapped[MaybeRef]
    incident_id: Mapped[MaybeIncidentRef]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[MaybeRef]
    told_at: Mapped[datetime | None]
