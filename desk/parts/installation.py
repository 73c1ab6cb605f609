"""Everything on one machine: which processes `up` and `demo` start, on which ports."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crisis.settings import Settings
from desk.parts.part import Part, Stamp

LOOPBACK = "127.0.0.1"
HOUSE = Path(__file__).parents[2]
PREFIX = "PHATNGON_"
INVENTED_PHONE = "0232 000 0000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ports:
    """Where the parts listen, all on loopback."""

    desk: int
    prefect: int
    smtp: int
    mailbox: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """One machine's installation under `var`; `extra` is added to every part's environment.

    With `prefect_auth`, Prefect answers only who knows this string, by API and by page.
    """

    var: Path
    ports: Ports
    exercise: bool
    playbooks: Path = Path("playbooks")
    templates: Path = Path("templates")
    workers: int = 1
    prefect_auth: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def desk_url(self) -> str:
        """Where people go."""
        return f"http://{LOOPBACK}:{self.ports.desk}"

    @property
    def prefect_url(self) -> str:
        """Where auditors see the runs."""
        return f"http://{LOOPBACK}:{self.ports.prefect}"

    @property
    def mailbox_url(self) -> str:
        """Where every mail that would have left can be read."""
        return f"http://{LOOPBACK}:{self.ports.mailbox}/hop-thu"

    @property
    def mail_dir(self) -> Path:
        """Where the built-in SMTP server keeps what it received."""
        return self.var / "mail"

    def environment(self) -> dict[str, str]:
        """The environment of every part."""
        own = {
            "PHATNGON_VAR": str(self.var),
            "PHATNGON_INSTALLATION": "exercise" if self.exercise else "office",
            "PHATNGON_PUBLIC_URL": self.desk_url,
            "PHATNGON_SMTP_URL": f"smtp://{LOOPBACK}:{self.ports.smtp}",
            "PHATNGON_PREFECT_API_URL": f"{self.prefect_url}/api",
            **({"PHATNGON_OFFICE_PHONE": INVENTED_PHONE} if self.exercise else {}),
            "PHATNGON_PLAYBOOKS": str(self.playbooks),
            "PHATNGON_TEMPLATES": str(self.templates),
            "PREFECT_API_URL": f"{self.prefect_url}/api",
            "PREFECT_HOME": str(self.var / "prefect"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_CLIENT_MAX_RETRIES": "10",
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "DO_NOT_TRACK": "1",
            "PYTHONUNBUFFERED": "1",
            # Threads of glibc keep an arena each: two are enough and spare a tenth of the memory.
            "MALLOC_ARENA_MAX": "2",
        }
        if "PHATNGON_SMTP_URL" not in dict(self.extra):
            own["PHATNGON_OWN_MAILBOX"] = "true"
        return {**_inherited(os.environ), **own, **self._guarded(), **dict(self.extra)}

    def _guarded(self) -> dict[str, str]:
        """What keeps others on this machine, and pages in a reader's browser, out of Prefect."""
        if not self.prefect_auth:
            return {}
        return {
            "PREFECT_SERVER_API_AUTH_STRING": self.prefect_auth,
            "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
            "PREFECT_API_AUTH_STRING": self.prefect_auth,
            "PHATNGON_PREFECT_AUTH_STRING": self.prefect_auth,
        }

    def settings(self) -> Settings:
        """The settings that its parts have."""
        own = self.environment().items()
        named = {k.removeprefix(PREFIX).lower(): v for k, v in own if k.startswith(PREFIX)}
        return Settings.model_validate(named)

    def parts(self) -> tuple[Part, ...]:
        """The processes in the order in which they start; stock Python runs each."""
        return (
            self._part(
                "mailbox",
                *("desk.parts.mailbox_process", str(self.mail_dir), "--with-parent"),
                *("--smtp-port", str(self.ports.smtp), "--http-port", str(self.ports.mailbox)),
                *("--templates", str(self.templates)),
                ready=self.mailbox_url,
                ports=(self.ports.smtp,),
            ),
            self._part(
                "prefect",
                *("flows.server", "--port", str(self.ports.prefect)),
                ready=f"{self.prefect_url}/api/health",
            ),
            self._part(
                "desk",
                *("desk.web", "--port", str(self.ports.desk), "--with-parent"),
                ready=f"{self.desk_url}/healthz",
            ),
            self._part(
                "deploy", "flows.deployment", "--with-parent", once=True, stamp=self._deployed()
            ),
            *(
                self._part(f"worker-{n}", "flows", "--name", f"warm-{n}", "--with-parent")
                for n in range(1, self.workers + 1)
            ),
            self._part("dispatcher", "desk.dispatch_process"),
        )

    def _part(self, name: str, *module: str, **how: Any) -> Part:
        return Part(
            name=name, command=(sys.executable, "-m", *module), env=self.environment(), **how
        )

    def _deployed(self) -> Stamp:
        """What tells that this Prefect database has the deployments of this release."""
        described = (HOUSE / "prefect.yaml").read_bytes() + version("phatngon").encode()
        return Stamp(file=self.var / "prefect" / "deployed", content=sha256(described).hexdigest())


def _inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """What a part may inherit: nothing that would point it at another installation."""
    foreign = ("PHATNGON_", "PREFECT_")
    return {name: value for name, value in environment.items() if not name.startswith(foreign)}


def free_ports() -> Ports:
    """Ports that are free at this moment."""
    doors = [socket.create_server((LOOPBACK, 0)) for _ in range(4)]
    numbers = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return Ports(desk=numbers[0], prefect=numbers[1], smtp=numbers[2], mailbox=numbers[3])
