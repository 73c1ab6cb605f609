"""An incident: where it stands, and the one table of legal moves."""

from enum import StrEnum

from crisis.model.errors import RuleBroken
from crisis.model.words import Words, words


class Stage(StrEnum):
    """Where an incident stands; statements have a lifecycle of their own."""

    CANDIDATE = "candidate"
    OPEN = "open"
    VERIFYING = "verifying"
    DRAFTING = "drafting"
    APPROVING = "approving"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    CLOSED = "closed"
    MONITORING = "monitoring"
    REFERRED = "referred"
    MERGED = "merged"
    DISMISSED = "dismissed"


TITLES: dict[Stage, Words] = {
    Stage.CANDIDATE: words("Chờ sàng lọc", "Candidate"),
    Stage.OPEN: words("Mới mở", "Open"),
    Stage.VERIFYING: words("Đang xác minh", "Verifying"),
    Stage.DRAFTING: words("Đang dự thảo", "Drafting"),
    Stage.APPROVING: words("Chờ phê duyệt", "Awaiting approval"),
    Stage.PUBLISHING: words("Đang công bố", "Publishing"),
    Stage.PUBLISHED: words("Đã công bố", "Published"),
    Stage.CLOSED: words("Đã kết thúc", "Closed"),
    Stage.MONITORING: words("Đang theo dõi", "Monitoring"),
    Stage.REFERRED: words("Đã chuyển cơ quan có thẩm quyền", "Referred"),
    Stage.MERGED: words("Đã nhập vào vụ việc khác", "Merged"),
    Stage.DISMISSED: words("Không xử lý", "Dismissed"),
}

MOVES: dict[Stage, frozenset[Stage]] = {
    # Only what nobody confirmed is merged: no agency was asked and no clock runs yet.
    Stage.CANDIDATE: frozenset({Stage.OPEN, Stage.MONITORING, Stage.MERGED, Stage.DISMISSED}),
    Stage.OPEN: frozenset({Stage.VERIFYING, Stage.MONITORING, Stage.REFERRED, Stage.DISMISSED}),
    Stage.VERIFYING: frozenset({Stage.DRAFTING, Stage.MONITORING, Stage.REFERRED, Stage.CLOSED}),
    Stage.DRAFTING: frozenset(
        {Stage.APPROVING, Stage.VERIFYING, Stage.MONITORING, Stage.REFERRED, Stage.CLOSED}
    ),
    Stage.APPROVING: frozenset({Stage.PUBLISHING, Stage.DRAFTING, Stage.VERIFYING}),
    # A new claim during publication reopens verification only once what was approved is out.
    Stage.PUBLISHING: frozenset({Stage.PUBLISHED, Stage.DRAFTING}),
    Stage.PUBLISHED: frozenset({Stage.CLOSED, Stage.VERIFYING, Stage.DRAFTING}),
    Stage.CLOSED: frozenset({Stage.VERIFYING, Stage.OPEN}),
    Stage.MONITORING: frozenset({Stage.OPEN, Stage.VERIFYING, Stage.CLOSED}),
    Stage.REFERRED: frozenset({Stage.OPEN, Stage.VERIFYING, Stage.CLOSED}),
    Stage.MERGED: frozenset({Stage.OPEN}),
    Stage.DISMISSED: frozenset({Stage.CANDIDATE, Stage.OPEN}),
}

ENDED = frozenset({Stage.CLOSED, Stage.MERGED, Stage.DISMISSED, Stage.REFERRED})
"""Stages in which nothing runs and no reminder is sent."""

NEEDS_REASON = frozenset(
    {Stage.CLOSED, Stage.MONITORING, Stage.REFERRED, Stage.MERGED, Stage.DISMISSED}
)
"""Stages that a person enters only with a recorded reason; so does every way back out of them."""


def may_move(here: Stage, there: Stage) -> bool:
    """Whether the table of moves allows `here` → `there`."""
    return there in MOVES[here]


def check_move(here: Stage, there: Stage, reason: str = "") -> None:
    """Refuse an illegal move, or one that lacks its compulsory reason.

    Raises RuleBroken.
    """
    if not may_move(here, there):
        raise RuleBroken(
            words(
                f"Vụ việc ở bước “{TITLES[here].vi}” không chuyển sang “{TITLES[there].vi}” được.",
                f"An incident that is “{TITLES[here].en}” cannot move to “{TITLES[there].en}”.",
            ),
            rule="moves",
        )
    if (there in NEEDS_REASON or here in NEEDS_REASON) and not reason.strip():
        raise RuleBroken(
            words(
                f"Cần ghi lý do khi chuyển sang “{TITLES[there].vi}”.",
                f"A reason is needed to move to “{TITLES[there].en}”.",
            ),
            rule="reason",
        )
