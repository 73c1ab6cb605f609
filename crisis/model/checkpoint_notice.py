"""What an auditor is told of a signed checkpoint, to hold against a pack years later."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from crisis.model.letter_part import Heading


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointNotice:
    """To auditors: a checkpoint's number, root and key; it reveals no incident.

    `chains` is how many there are; `root` and `fingerprint` are lowercase hex SHA-256.
    """

    name: ClassVar[str] = "checkpoint_notice"
    heading: Heading
    number: int
    signed_at: datetime
    chains: int
    root: str
    fingerprint: str
