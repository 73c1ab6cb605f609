"""Named users, their sessions and dated authority, and the keys of other systems."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from crisis.records.schema.base import Base, Hash, Key, MaybeRef, Short, UserRef


class User(Base):
    """A named person of the office."""

    __tablename__ = "users"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Short]
    title: Mapped[Short]
    title_en: Mapped[Short] = mapped_column(default="")
    phone: Mapped[Short] = mapped_column(default="")
    roles: Mapped[list[str]]
    language: Mapped[str] = mapped_column(default="vi")
    password_hash: Mapped[str | None]
    totp_sealed: Mapped[str | None]
    # A new secret waits here until a code proves it, so that the factor in force is never lost.
    totp_pending: Mapped[str | None]
    totp_last_step: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    made_at: Mapped[datetime]


class SignIn(Base):
    """A session: the token is stored hashed. Real time."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UserRef]
    csrf: Mapped[Hash]
    second_factor: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]


class AuthorityRow(Base):
    """A document that gives a person the right to speak or approve, from one day to another."""

    __tablename__ = "authorities"

    id: Mapped[Key]
    user_id: Mapped[UserRef]
    right: Mapped[Short]
    basis: Mapped[Short]
    document: Mapped[Short]
    incident_id: Mapped[MaybeRef]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ApiKey(Base):
    """A scoped, expiring key of another system, stored hashed."""

    __tablename__ = "api_keys"

    id: Mapped[Key]
    name: Mapped[Short]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
