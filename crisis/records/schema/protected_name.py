"""Names that the office's words never bear: victims, children, complainants. Rows may be erased."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from crisis.records.schema.base import Base, IncidentRef, Key, Short


class ProtectedName(Base):
    """One name of one incident; it stands here only, never in the ledger."""

    __tablename__ = "protected_names"
    __table_args__ = (UniqueConstraint("incident_id", "name"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    name: Mapped[Short]
    by: Mapped[Short]
    at: Mapped[datetime]
