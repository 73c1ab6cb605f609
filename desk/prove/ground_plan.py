"""Where a proving ground lies, on which database, and how its office begins."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crisis.model.canonical import instant
from crisis.office.office import Office
from crisis.records import api_key
from desk.drill.demo_plan import OWN
from desk.parts.cluster import Cluster, secret
from desk.parts.installation import Installation, free_ports
from desk.parts.setup import INVENTED_NEWSROOMS, OPERATOR, Plan
from desk.prove.brood import HOUSE
from desk.prove.receiver import SECRET, Receiver
from desk.prove.tempo import Tempo

BEGINS = datetime.fromisoformat("2026-11-11T08:00+07:00")
CONTACTS = HOUSE / "examples" / "contacts.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class GroundPlan:
    """Where a ground lies and on what: `rate` is how fast office time runs, `workers` how many."""

    folder: Path
    postgresql: bool = False
    workers: int = 1
    rate: float = 30.0
    tempo: Tempo = field(default_factory=Tempo)


async def place_of(plan: GroundPlan, server: Cluster | None) -> Installation:
    """The installation, on databases of `server` where there is one."""
    own = dict(OWN) | {"PHATNGON_MAIL_RATE_PER_MINUTE": "100000"}
    if server is not None:
        own["PHATNGON_DATABASE_URL"] = await server.make("records")
        own["PREFECT_API_DATABASE_CONNECTION_URL"] = await server.make("prefect")
        own["PHATNGON_SECRET_KEY"] = secret()
    return Installation(
        var=plan.folder.resolve(),
        ports=free_ports(),
        exercise=True,
        playbooks=HOUSE / "playbooks",
        templates=HOUSE / "templates",
        workers=plan.workers,
        extra=tuple(own.items()),
    )


def setup_of(plan: GroundPlan, receiver: Receiver) -> Plan:
    """How the office begins: invented people, three newsrooms, a receiver, a running clock."""
    return Plan(
        contacts=CONTACTS,
        clock=BEGINS,
        rate=plan.rate,
        newsrooms=INVENTED_NEWSROOMS,
        announced=True,
        webhook=(receiver.url, SECRET),
        authority_from=BEGINS - timedelta(days=30),
    )


async def key_of(office: Office) -> str:
    """A key that may hand in reports."""
    async with office.records.act(OPERATOR) as act:
        name = f"proof {instant(act.real)}"
        return await api_key.add_key(act, name, ["reports:write"], act.real + timedelta(days=1))
