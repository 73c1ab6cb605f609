"""What the office teaches its press watch: labels of items, and the models learned from them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Hash, Key, Ref, Short
from crisis.records.schema.press import ItemRef


class PressLabel(Base):
    """What the office says of an item's judgement: `yes`, `not_us` or `wrong_tone`; the last word
    counts. Labels are of items, never of who wrote or printed them.
    """

    __tablename__ = "press_labels"
    __table_args__ = (UniqueConstraint("item_id"),)

    id: Mapped[Key]
    item_id: Mapped[ItemRef]
    said: Mapped[Short]
    at: Mapped[datetime]
    by: Mapped[Ref]


class PressModel(Base):
    """A model learned from the labels, its bytes by their hash, and how it fared on those held
    back beside the shipped judge. `state` is `on`, `off`, `too_few` or `worse`.
    """

    __tablename__ = "press_models"
    __table_args__ = (Index("ix_press_models_state", "state"),)

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    sha256: Mapped[Hash]
    at: Mapped[datetime]
    judge: Mapped[Short]
    trained_on: Mapped[int]
    held: Mapped[int]
    held_wanted: Mapped[int]
    shipped_alerts: Mapped[int]
    shipped_right: Mapped[int]
    model_alerts: Mapped[int]
    model_right: Mapped[int]
    state: Mapped[Short]
    state_at: Mapped[datetime]
