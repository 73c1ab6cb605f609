"""Incidents, their reports and claims, and the history of amended facts."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    Uuid,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from crisis.model.incident import ENDED, Stage
from crisis.records.schema.base import Base, IncidentRef, Key, Long, MaybeHash, MaybeRef, Ref, Short


def _not_among(stages: Iterable[Stage]) -> str:
    """A condition that says an index's order is wanted: `IN` would be searched stage by stage."""
    return f"stage NOT IN ({', '.join(repr(stage.value) for stage in sorted(stages))})"


_RUNS, _ENDED = _not_among(ENDED), _not_among(set(Stage) - ENDED)
FAR = datetime(9000, 1, 1, tzinfo=UTC)
"""Where no clock runs, an incident stands behind those where one does."""


def runs() -> ColumnElement[bool]:
    """Whether an incident has not ended; said to the letter as its indexes say it, so they serve.

    What has ended grows for years, what runs does not: queries of what runs begin at such an index.
    """
    # With a boolean type SQLite would be asked whether it `= 1`, which is another condition.
    return literal_column(f"incidents.{_RUNS}")


def has_ended() -> ColumnElement[bool]:
    """Whether an incident has ended, as its indexes say it."""
    return literal_column(f"incidents.{_ENDED}")


def _board(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, "id", sqlite_where=text(where), postgresql_where=text(where))


class Counter(Base):
    """The last number given for a prefix in a local year."""

    __tablename__ = "counters"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Incident(Base):
    """One affair. `version` is the optimistic lock of every edit by a person."""

    __tablename__ = "incidents"
    __table_args__ = (
        Index("ix_incidents_board", "stage", "opened_at", "id"),
        Index("ix_incidents_stage_clock", "stage", "clock_at", "id"),
        Index("ix_incidents_stage_since", "stage", "stage_since", "id"),
        _board("ix_incidents_clock", "clock_at", where=_RUNS),
        _board("ix_incidents_severity_clock", "severity", "clock_at", where=_RUNS),
        _board("ix_incidents_ended", "stage_since", where=_ENDED),
        _board("ix_incidents_severity_ended", "severity", "stage_since", where=_ENDED),
        Index("ix_incidents_opened", "opened_at", "id"),
        _board("ix_incidents_runs_opened", "opened_at", where=_RUNS),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    exercise: Mapped[bool]
    restricted: Mapped[bool] = mapped_column(default=False, index=True)
    stage: Mapped[str]
    severity: Mapped[str]
    kind: Mapped[str]
    title: Mapped[Long]
    title_en: Mapped[Long]
    summary: Mapped[Long] = mapped_column(default="")
    floors: Mapped[list[str]]
    topics: Mapped[list[str]]
    places: Mapped[list[str]]
    playbook: Mapped[Short]
    playbook_sha: Mapped[MaybeHash]
    templates_sha: Mapped[MaybeHash]
    event_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    stage_since: Mapped[datetime]
    # The earliest due time of its clocks that run or were missed (`FAR`: none); see `next_clock`.
    clock_at: Mapped[datetime] = mapped_column(default=FAR)
    next_update_at: Mapped[datetime | None]
    coordinator_id: Mapped[MaybeRef]
    merged_into: Mapped[MaybeRef]
    agreed_text: Mapped[str | None]
    outcome: Mapped[dict[str, Any] | None]
    # The step that no run can take until a person acts, and why: {"step", "vi", "en"}.
    blocked: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads this)


class IncidentViewer(Base):
    """A person to whom a restricted incident is shown."""

    __tablename__ = "incident_viewers"

    incident_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("incidents.id"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("users.id"), primary_key=True
    )


class Report(Base):
    """One article, post or call about the affair: link, title, quotation; never the full text."""

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_title_key", "title_key"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    title: Mapped[Short]
    outlet: Mapped[Short]
    link: Mapped[str | None]
    link_key: Mapped[str | None] = mapped_column(index=True)
    title_key: Mapped[Short]
    published_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    quotation: Mapped[Long] = mapped_column(default="")
    press_request: Mapped[bool] = mapped_column(default=False)
    snapshot_sha: Mapped[MaybeHash]
    body: Mapped[dict[str, Any]]


class Intake(Base):
    """A report accepted under an idempotency key, so that a repeated call answers the same."""

    __tablename__ = "intakes"

    key: Mapped[str] = mapped_column(primary_key=True)
    body_sha: Mapped[str]
    code: Mapped[str]
    at: Mapped[datetime]


class ClaimRow(Base):
    """One allegation of the affair."""

    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    number: Mapped[int]
    text_vi: Mapped[Long]
    text_en: Mapped[Long]
    about: Mapped[str | None]
    opinion: Mapped[bool] = mapped_column(default=False)
    out_of_scope: Mapped[bool] = mapped_column(default=False)
    under_investigation: Mapped[bool] = mapped_column(default=False)
    # What stands now, recomputed from the findings in the same transaction that changes them.
    verdict: Mapped[str]
    block: Mapped[str | None]


class FactChange(Base):
    """An entered fact that was amended: the old value stays readable beside the new one."""

    __tablename__ = "fact_changes"

    id: Mapped[Key]
    incident_id: Mapped[IncidentRef]
    field: Mapped[Short]
    old: Mapped[Long]
    new: Mapped[Long]
    reason: Mapped[Long]
    by: Mapped[Ref]
    at: Mapped[datetime]
