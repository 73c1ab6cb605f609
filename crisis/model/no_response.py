"""How grave a matter may be and still be left without a public response, and for how long."""

from datetime import datetime, timedelta

from crisis.model.errors import BadInput, RuleBroken
from crisis.model.severity import Severity
from crisis.model.words import words

LONGEST = timedelta(days=90)
"""Silence that nobody looks at again within a quarter is no decision any more."""


def check_severity(severity: Severity, up_to: Severity) -> None:
    """Refuse silence above the playbook's `up_to`. Raises RuleBroken (INV12)."""
    if severity.rank > up_to.rank:
        raise RuleBroken(
            words(
                f"Vụ việc ở mức {severity}; theo kịch bản, chỉ đến mức {up_to} mới được quyết định "
                "chưa phát ngôn.",
                f"This incident is {severity}; by its playbook, only up to {up_to} may it be left "
                "without a public response.",
            ),
            rule="INV12",
        )


def check_recheck(at: datetime, now: datetime) -> None:
    """Refuse a time to look again that is past, or further off than `LONGEST`. Raises BadInput."""
    if not now < at <= now + LONGEST:
        raise BadInput(
            words(
                f"Xin ghi thời điểm xem lại, trong vòng {LONGEST.days} ngày tới.",
                f"Please say when to look again, within the next {LONGEST.days} days.",
            ),
            field="recheck_at",
        )
