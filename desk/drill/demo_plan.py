"""What a demo plays and where: a script, its report, and an exercise installation of its own."""

from dataclasses import dataclass
from pathlib import Path

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.drill_script import DrillScript
from crisis.model.report import ReportIn
from crisis.settings import Settings
from crisis.writing.content_file import read_content
from desk.parts.installation import Installation, free_ports
from desk.parts.setup import INVENTED_NEWSROOMS, Plan

HOUSE = Path(__file__).resolve().parents[2]
"""Where the shipped playbooks, templates and examples lie."""

OWN = (
    ("PHATNGON_DATABASE_URL", ""),
    ("PHATNGON_SECRET_KEY", ""),
    ("PHATNGON_PREFECT_AUTH_STRING", ""),
    ("PHATNGON_OUTWARD_NETWORKS", "loopback"),
)
"""What a `.env` beside us must not say for a demo: it plays on its own database, at home."""

FIRST_SCRIPT = HOUSE / "examples" / "answers" / "01.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One script with its report, checked."""

    script: DrillScript
    report: ReportIn

    @classmethod
    def read(cls, script: Path) -> "Story":
        """The story of the script at `script`; its report lies in the folder above."""
        told = read_content(script, DrillScript)
        report = read_content(script.parent.parent / told.report, ReportIn)
        return cls(script=told, report=report)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Where stories are played: everything lies under `installation.var` and leaves it never."""

    installation: Installation
    contacts: Path

    @classmethod
    def at(cls, folder: Path, contacts: Path | None = None) -> "Stage":
        """A fresh exercise installation in `folder`, on free ports."""
        return cls(
            installation=Installation(
                var=folder.resolve(),
                ports=free_ports(),
                exercise=True,
                playbooks=HOUSE / "playbooks",
                templates=HOUSE / "templates",
                extra=OWN,
            ),
            contacts=contacts or HOUSE / "examples" / "contacts.yaml",
        )

    @property
    def settings(self) -> Settings:
        """The settings of this process: those of the parts."""
        return self.installation.settings()

    @property
    def book(self) -> ContactBook:
        """The invented people."""
        return read_content(self.contacts, ContactBook)

    @property
    def directory(self) -> Directory:
        """The directory in force."""
        return read_content(self.installation.playbooks / "directory.yaml", Directory)

    def plan(self, story: Story) -> Plan:
        """How the installation begins for its first story."""
        return Plan(
            contacts=self.contacts,
            clock=story.script.starts_at,
            newsrooms=INVENTED_NEWSROOMS,
            announced=True,
            authority_from=story.script.starts_at,
        )
