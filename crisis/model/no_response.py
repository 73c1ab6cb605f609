"""How grave a matter may be and still be left without a public response."""

from crisis.model.errors import RuleBroken
from crisis.model.severity import Severity
from crisis.model.words import words


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
