"""Runs on Prefect, by its REST API: started by name, read for the mirror. No import of Prefect."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crisis.model.errors import OutsideFailure
from crisis.model.words import words
from desk.engine_api import EngineApi

POOL = "phatngon"
FINAL = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})
REMEMBERED = 2_000
AT_ONCE = 4

States = tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RunView:
    """A run as its mirror shows it; `states` are (name, message, at), oldest first.

    `account` is the Markdown that the run left of what it did.
    """

    id: str
    name: str
    flow: str
    state: str
    started_at: datetime | None
    seconds: float
    tags: tuple[str, ...]
    states: States = ()
    account: str = ""


@dataclass(kw_only=True)
class Runs:
    """The runs on one Prefect server; `auth` is its authentication string, empty without one.

    Every call raises OutsideFailure where the server does not answer or refuses.
    """

    api_url: str
    auth: str = ""
    _deployments: dict[str, str] = field(default_factory=dict)
    _flows: dict[str, str] = field(default_factory=dict)
    _histories: dict[str, States] = field(default_factory=dict)
    _api: EngineApi = field(init=False)

    def __post_init__(self) -> None:
        self._api = EngineApi(url=self.api_url, auth=self.auth)

    async def start(
        self,
        flow: str,
        *,
        parameters: dict[str, Any],
        key: str,
        name: str,
        tags: tuple[str, ...] = (),
    ) -> str:
        """Start a run of `flow`'s deployment and return its id; the same key is the same run."""
        body = {
            "parameters": parameters,
            "idempotency_key": key,
            "name": name,
            "tags": list(tags),
            "state": {"type": "SCHEDULED", "name": "Scheduled"},
        }
        for fresh in (False, True):
            deployment = await self._deployment(flow, fresh=fresh)
            made = await self._api.post(f"/deployments/{deployment}/create_flow_run", body)
            # Deployed anew, a deployment may have another id: ask once more by its name.
            if made is not None:
                return str(made["id"])
        raise _not_deployed(flow)

    async def state_of(self, run_id: str) -> str | None:
        """The name of a run's state; None where Prefect does not know the run."""
        row = await self._api.get(f"/flow_runs/{run_id}")
        return None if row is None else str(row["state_name"])

    async def type_of(self, run_id: str) -> str | None:
        """The type of a run's state (`RUNNING`, …); None where Prefect does not know the run."""
        row = await self._api.get(f"/flow_runs/{run_id}")
        return None if row is None else str(row["state_type"])

    async def queued(self, flows: Collection[str], *, limit: int) -> list[tuple[str, Any]]:
        """The flow and the parameters of runs that no worker has taken yet, `limit` at most."""
        wanted = {
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
            "flows": {"name": {"any_": sorted(flows)}},
            "limit": limit,
        }
        rows = await self._api.post("/flow_runs/filter", wanted) or ()
        return [(await self._flow_name(row["flow_id"]), row["parameters"]) for row in rows]

    async def of_incident(self, code: str, *, limit: int = 100) -> tuple[RunView, ...]:
        """The runs of an incident, newest first, with the states each went through."""
        return await self._views(
            {
                "flow_runs": {"tags": {"all_": [f"incident:{code}"]}},
                "sort": "EXPECTED_START_TIME_DESC",
                "limit": limit,
            }
        )

    async def counted(self) -> tuple[int, int]:
        """How many runs of the house there are on the server, and how many tasks they had."""
        ours = {"flow_runs": {"tags": {"all_": ["phatngon"]}}}
        runs = await self._api.post("/flow_runs/count", ours)
        tasks = await self._api.post("/task_runs/count", ours)
        return int(runs or 0), int(tasks or 0)

    async def worker_seen_at(self) -> datetime | None:
        """When a worker of our pool was last alive; None where there never was one."""
        workers = await self._api.post(f"/work_pools/{POOL}/workers/filter", {})
        seen = [worker["last_heartbeat_time"] for worker in workers or ()]
        return max((datetime.fromisoformat(at) for at in seen if at), default=None)

    async def healthy(self) -> bool:
        """Whether the server answers."""
        try:
            return await self._api.get("/health") is True
        except OutsideFailure:
            return False

    async def _views(self, wanted: dict[str, Any]) -> tuple[RunView, ...]:
        rows = await self._api.post("/flow_runs/filter", wanted) or ()
        accounts = await self._accounts(row["id"] for row in rows)
        places = asyncio.Semaphore(AT_ONCE)

        async def view(row: dict[str, Any]) -> RunView:
            async with places:
                return RunView(
                    id=row["id"],
                    name=row["name"],
                    flow=await self._flow_name(row["flow_id"]),
                    state=row["state_name"] or "",
                    started_at=_moment(row["start_time"]),
                    seconds=float(row["total_run_time"] or 0.0),
                    tags=tuple(row["tags"]),
                    states=await self._history(row),
                    account=accounts[row["id"]],
                )

        return tuple(await asyncio.gather(*map(view, rows)))

    async def _accounts(self, run_ids: Iterable[str]) -> dict[str, str]:
        """What each run wrote of itself, all in one question."""
        of_these = {"flow_run_id": {"any_": list(run_ids)}, "type": {"any_": ["markdown"]}}
        wanted = {"artifacts": of_these, "sort": "CREATED_DESC"}
        accounts: dict[str, str] = defaultdict(str)
        for row in reversed(await self._api.post("/artifacts/filter", wanted) or ()):
            accounts[row["flow_run_id"]] += str(row["data"])
        return accounts

    async def _history(self, row: dict[str, Any]) -> States:
        """A run's states; those of an ended run are asked for once."""
        if row["id"] in self._histories:
            return self._histories[row["id"]]
        told = await self._api.get(f"/flow_run_states/?flow_run_id={row['id']}")
        rows = sorted(told or (), key=lambda state: str(state["timestamp"]))
        states = tuple(
            (s["name"], s["message"] or "", datetime.fromisoformat(s["timestamp"])) for s in rows
        )
        if row["state_type"] in FINAL and len(self._histories) < REMEMBERED:
            self._histories[row["id"]] = states
        return states

    async def _flow_name(self, flow_id: str) -> str:
        if flow_id not in self._flows:
            self._flows[flow_id] = str((await self._api.get(f"/flows/{flow_id}"))["name"])
        return self._flows[flow_id]

    async def _deployment(self, flow: str, *, fresh: bool) -> str:
        if fresh or flow not in self._deployments:
            found = await self._api.get(f"/deployments/name/{flow}/{flow}")
            if found is None:
                raise _not_deployed(flow)
            self._deployments[flow] = str(found["id"])
        return self._deployments[flow]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _not_deployed(flow: str) -> OutsideFailure:
    return OutsideFailure(
        words(
            f"Luồng “{flow}” chưa được đăng ký trên máy chủ Prefect.",
            f"The flow “{flow}” is not deployed on the Prefect server.",
        ),
        permanent=False,
    )
