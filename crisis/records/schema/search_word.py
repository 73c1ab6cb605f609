"""The words by which incidents are found."""

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base


class SearchWord(Base):
    """A word of an incident's code, titles or reports, folded: what the search looks up."""

    __tablename__ = "search_words"

    __table_args__ = (Index("ix_search_words_incident", "incident_id", "word"),)

    # Compared byte by byte on both engines: the words that begin alike lie side by side.
    word: Mapped[str] = mapped_column(
        String(60).with_variant(String(60, collation="C"), "postgresql"), primary_key=True
    )
    incident_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("incidents.id"), primary_key=True
    )
