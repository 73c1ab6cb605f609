"""The tables, one module per concept; importing this package registers them all."""

from crisis.records.schema import (
    assignment,
    base,
    content,
    deadline,
    determination,
    engine,
    incident,
    ledger,
    mail,
    person,
    press,
    press_request,
    proposal,
    publication,
    statement,
    story,
)

__all__ = [
    "assignment",
    "base",
    "content",
    "deadline",
    "determination",
    "engine",
    "incident",
    "ledger",
    "mail",
    "person",
    "press",
    "press_request",
    "proposal",
    "publication",
    "statement",
    "story",
]
