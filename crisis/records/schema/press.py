"""What the press watch reads: sources, their addresses, items with edits, and judgements.

No table holds a by-line, and none counts anything by outlet.
"""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Hash, Key, Long, MaybeHash, MaybeRef, Short

SourceRef = Annotated[str, mapped_column(String(60), ForeignKey("press_sources.id"), index=True)]
FeedRef = Annotated[
    str, mapped_column(Uuid(as_uuid=False), ForeignKey("press_feeds.id"), index=True)
]
ItemRef = Annotated[
    str, mapped_column(Uuid(as_uuid=False), ForeignKey("press_items.id"), index=True)
]
StoryRef = Annotated[
    str, mapped_column(Uuid(as_uuid=False), ForeignKey("press_stories.id"), index=True)
]


class PressSource(Base):
    """An outlet that is read; at `weight` 2 its word alone can raise an alert."""

    __tablename__ = "press_sources"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[Short]
    tier: Mapped[Short]
    weight: Mapped[int]
    user_agent: Mapped[Short] = mapped_column(default="")
    confidence: Mapped[Short] = mapped_column(default="medium")
    note: Mapped[Long] = mapped_column(default="")


class PressFeed(Base):
    """One address of a source and how its last readings went. Its times are real.

    `next_at` is null while nobody wants it read; `state` is a `FeedState` or `FetchState`.
    """

    __tablename__ = "press_feeds"
    __table_args__ = (Index("ix_press_feeds_next", "next_at"),)

    id: Mapped[Key]
    source_id: Mapped[SourceRef]
    url: Mapped[Long] = mapped_column(unique=True)
    rule: Mapped[dict[str, Any] | None]
    state: Mapped[Short] = mapped_column(default="new")
    since: Mapped[datetime]
    status: Mapped[int] = mapped_column(default=0)
    note: Mapped[Long] = mapped_column(default="")
    etag: Mapped[Long] = mapped_column(default="")
    last_modified: Mapped[Long] = mapped_column(default="")
    pause_seconds: Mapped[int] = mapped_column(default=600)
    failures: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    watched_since: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]
    good_at: Mapped[datetime | None]
    item_at: Mapped[datetime | None]
    items: Mapped[int] = mapped_column(default=0)
    silent_since: Mapped[datetime | None]


class PressPoll(Base):
    """One reading of an address; the newest few are kept."""

    __tablename__ = "press_polls"
    __table_args__ = (Index("ix_press_polls_feed", "feed_id", "at"),)

    id: Mapped[Key]
    feed_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("press_feeds.id"))
    at: Mapped[datetime]
    state: Mapped[Short]
    status: Mapped[int] = mapped_column(default=0)
    listed: Mapped[int] = mapped_column(default=0)
    fresh: Mapped[int] = mapped_column(default=0)
    note: Mapped[Long] = mapped_column(default="")


class PressItem(Base):
    """An article as its paper lists it: link, title, lead, a short quotation, hash and times.

    `text` is kept for matching until `text_until` and never shown; `standing` says what became of
    the article: `listed`, `corrected`, `changed`, `gone`.
    """

    __tablename__ = "press_items"
    __table_args__ = (
        UniqueConstraint("source_id", "link_key"),
        Index("ix_press_items_title", "source_id", "title_key"),
        Index("ix_press_items_seen", "seen_at"),
        Index("ix_press_items_text_until", "text_until"),
        Index("ix_press_items_read_next", "read_next_at"),
    )

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    source_id: Mapped[str] = mapped_column(String(60), ForeignKey("press_sources.id"))
    feed_id: Mapped[FeedRef]
    story_id: Mapped[StoryRef]
    copy_of: Mapped[MaybeRef]
    link: Mapped[Long]
    link_key: Mapped[Hash]
    title_key: Mapped[Hash]
    title: Mapped[Long]
    lead: Mapped[Long]
    sha256: Mapped[Hash]
    published_at: Mapped[datetime | None]
    future: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]
    listed_at: Mapped[datetime]
    quotation: Mapped[Long] = mapped_column(default="")
    standing: Mapped[Short] = mapped_column(default="listed")
    standing_since: Mapped[datetime | None]
    text: Mapped[str | None]
    text_sha: Mapped[MaybeHash]
    text_until: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    read_next_at: Mapped[datetime | None]


class PressEdit(Base):
    """What an outlet changed after we first saw it: `field` is title, lead, text or page."""

    __tablename__ = "press_edits"

    id: Mapped[Key]
    item_id: Mapped[ItemRef]
    field: Mapped[Short]
    old: Mapped[Long]
    new: Mapped[Long]
    at: Mapped[datetime]


class PressJudgement(Base):
    """What one version of the judge says of an item; `current` is the one that counts now.

    `severity` 0–3, `tone` neg/neu/pos, `why` the cues and sentences that decided. `agencies`,
    `topics` and `places` are ids of the directory, `provinces` names.
    """

    __tablename__ = "press_judgements"
    __table_args__ = (
        UniqueConstraint("item_id", "version"),
        Index("ix_press_judgements_current", "item_id", "current"),
    )

    id: Mapped[Key]
    item_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("press_items.id"))
    version: Mapped[Short]
    current: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]
    gov: Mapped[bool]
    place: Mapped[bool]
    alert: Mapped[bool]
    severity: Mapped[int]
    tone: Mapped[Short]
    score: Mapped[float]
    agencies: Mapped[list[str]]
    topics: Mapped[list[str]]
    places: Mapped[list[str]]
    provinces: Mapped[list[str]]
    why: Mapped[list[dict[str, Any]]]
