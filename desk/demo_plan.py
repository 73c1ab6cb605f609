"""What a demo plays and where: a script, its report, and an exercise installation of its own."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.model.drill_script import DrillScript
from crisis.model.report import ReportIn
from crisis.settings import Settings
from crisis.writing.content_file import read_content
from desk.installation import Installation, free_ports
from desk.setup import INVENTED_NEWSROOMS, Plan

HOUSE = Path(__file__).resolve().parents[1]
"""Where the shipped playbooks, templates and examples lie."""

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
            ),
            contacts=contacts or HOUSE / "examples" / "contacts.yaml",
        )

    @property
    def settings(self) -> Settings:
        """The settings of this process: those of the parts, whatever the environment says."""
        there = self.installation
        return Settings(
            _env_file=None,
            installation="exercise",
            var=there.var,
            database_url="",
            secret_key=SecretStr(""),
            public_url=there.desk_url,
            smtp_url=SecretStr(f"smtp://127.0.0.1:{there.ports.smtp}"),
            prefect_api_url=f"{there.prefect_url}/api",
            prefect_auth_string=SecretStr(""),
            playbooks=there.playbooks,
            templates=there.templates,
            outward_networks="loopback",
        )

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
