"""What a crash campaign is to do, and what it came to."""

from dataclasses import dataclass
from pathlib import Path

from desk.prove.check_mail import window
from desk.prove.evidence import Evidence, Finding
from desk.prove.strike import Struck, Table

MOST_PAUSE = 6.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignPlan:
    """How many kills, drawn how, on what; `side_by_side` affairs at a time.

    Between two kills the office gets to write `work` ledger entries, or `MOST_PAUSE` seconds.
    """

    points: int
    seed: int
    folder: Path
    postgresql: bool = False
    side_by_side: int = 8
    dwell: float = 8.0
    work: int = 5


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a campaign came to."""

    plan: CampaignPlan
    strikes: list[Struck]
    findings: list[Finding]
    evidence: Evidence
    seconds: float
    owed: list[str]

    @property
    def table(self) -> Table:
        """Stages × kill points."""
        return Table(self.strikes)

    @property
    def window(self) -> int:
        """Mails that came once more through SMTP's window."""
        return window(self.evidence)
