"""A statement: its kind, its versions and variants, its lifecycle, and what an approver signs."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from crisis.model.errors import RuleBroken
from crisis.model.words import Language, Words, words


class StatementKind(StrEnum):
    """What a statement does (`decision.TABLE` says when)."""

    HOLDING = "holding_statement"
    ACKNOWLEDGE = "acknowledge_and_remedy"
    CLARIFY = "clarify"
    CORRECT = "correct_with_evidence"
    LISTEN = "listen_and_explain"
    REMEDY_NOTE = "internal_remedy_and_notify_press"
    REFERRAL = "referral"


class Lifecycle(StrEnum):
    """Where one statement stands, apart from the stage of its incident."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """The words for one outlet in one language. `body` is NFC with LF line ends."""

    outlet: str
    language: Language
    title: str
    body: str

    @property
    def content(self) -> bytes:
        """The exact bytes that are approved, published and read back: title, blank line, body."""
        return frozen_bytes(f"{self.title}\n\n{self.body}")

    @property
    def sha256(self) -> str:
        """Lowercase hex SHA-256 of `content`."""
        return sha256(self.content).hexdigest()


def frozen_bytes(text: str) -> bytes:
    """`text` as UTF-8, NFC, LF line ends, no trailing white space on lines, one final line end."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ("\n".join(line.rstrip() for line in lines).strip("\n") + "\n").encode()


MOVES: dict[Lifecycle, frozenset[Lifecycle]] = {
    # A draft expires when what it says is no longer what verification found.
    Lifecycle.DRAFT: frozenset({Lifecycle.PENDING, Lifecycle.REJECTED, Lifecycle.EXPIRED}),
    Lifecycle.PENDING: frozenset(
        {Lifecycle.DRAFT, Lifecycle.APPROVED, Lifecycle.REJECTED, Lifecycle.EXPIRED}
    ),
    # An edit after approval voids it: the new version starts again as a draft.
    Lifecycle.APPROVED: frozenset({Lifecycle.DRAFT, Lifecycle.PUBLISHING, Lifecycle.EXPIRED}),
    Lifecycle.PUBLISHING: frozenset({Lifecycle.PUBLISHED}),
    Lifecycle.PUBLISHED: frozenset({Lifecycle.CORRECTED, Lifecycle.WITHDRAWN, Lifecycle.EXPIRED}),
    Lifecycle.CORRECTED: frozenset(),
    Lifecycle.WITHDRAWN: frozenset(),
    Lifecycle.EXPIRED: frozenset(),
    Lifecycle.REJECTED: frozenset(),
}

LIFECYCLE_WORDS: dict[Lifecycle, Words] = {
    Lifecycle.DRAFT: words("Dự thảo", "Draft"),
    Lifecycle.PENDING: words("Chờ phê duyệt", "Awaiting approval"),
    Lifecycle.APPROVED: words("Đã phê duyệt", "Approved"),
    Lifecycle.PUBLISHING: words("Đang công bố", "Publishing"),
    Lifecycle.PUBLISHED: words("Đã công bố", "Published"),
    Lifecycle.CORRECTED: words("Đã đính chính", "Corrected"),
    Lifecycle.WITHDRAWN: words("Đã thu hồi", "Withdrawn"),
    Lifecycle.EXPIRED: words("Hết hiệu lực", "Expired"),
    Lifecycle.REJECTED: words("Không được duyệt", "Rejected"),
}

KIND_WORDS: dict[StatementKind, Words] = {
    StatementKind.HOLDING: words("Thông tin ban đầu", "Holding statement"),
    StatementKind.ACKNOWLEDGE: words("Tiếp thu và khắc phục", "Acknowledgement and remedy"),
    StatementKind.CLARIFY: words("Thông tin làm rõ", "Clarification"),
    StatementKind.CORRECT: words("Thông tin chính thức kèm chứng cứ", "Correction with evidence"),
    StatementKind.LISTEN: words("Tiếp thu ý kiến, giải thích", "Listening and explaining"),
    StatementKind.REMEDY_NOTE: words(
        "Khắc phục nội bộ, báo tòa soạn", "Internal remedy and note to the paper"
    ),
    StatementKind.REFERRAL: words("Chuyển cơ quan có thẩm quyền", "Referral"),
}


def check_lifecycle(here: Lifecycle, there: Lifecycle) -> None:
    """Refuse a move that the table does not have.

    Raises RuleBroken.
    """
    if there not in MOVES[here]:
        raise RuleBroken(
            words(
                f"Phát ngôn đang ở trạng thái “{LIFECYCLE_WORDS[here].vi}”, "
                f"không chuyển sang “{LIFECYCLE_WORDS[there].vi}” được.",
                f"This statement is “{LIFECYCLE_WORDS[here].en}”; "
                f"it cannot become “{LIFECYCLE_WORDS[there].en}”.",
            ),
            rule="lifecycle",
        )
