"""Runs on Prefect, by its REST API: started by name, read for the mirror; Prefect is not imported."""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from crisis.model.errors import OutsideFailure
from crisis.model.words import words

SECONDS = 10.0
POOL = "phatngon"
NOT_FOUND, FORBIDDEN, CLIENT_ERROR = 404, 403, 400


@dataclass(frozen=True, kw_only=True, slots=True)
class RunView:
    """A run as its mirror shows it; `states` are (name, message, at), oldest first."""

    id: str
    name: str
    flow: str
    state: str
    started_at: datetime | None
    seconds: float
    tags: tuple[str, ...]
    states: tuple[tuple[str, str, datetime], ...] = ()


@dataclass(kw_only=True)
class Runs:
    """A client of one Prefect server; `auth` is its authentication string, empty without one.

    Every call raises OutsideFailure where the server does not answer or refuses.
    """

    api_url: str
    auth: str = ""
    _deployments: dict[str, str] = field(default_factory=dict)
    _flows: dict[str, str] = field(default_factory=dict)
    _csrf: dict[str, str] = field(default_factory=dict)

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
            answer = await self._call("POST", f"/deployments/{deployment}/create_flow_run", body)
            # Deployed anew, a deployment may have another id: ask once more by its name.
            if answer.status_code != NOT_FOUND:
                break
        return str(_good(answer)["id"])

    async def state_of(self, run_id: str) -> str | None:
        """The name of a run's state; None where Prefect does not know the run."""
        answer = await self._call("GET", f"/flow_runs/{run_id}")
        if answer.status_code == NOT_FOUND:
            return None
        return str(_good(answer)["state_name"])

    async def of_incident(self, code: str, *, limit: int = 100) -> tuple[RunView, ...]:
        """The runs of an incident, newest first, with the states each went through."""
        body = {
            "flow_runs": {"tags": {"all_": [f"incident:{code}"]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": limit,
        }
        rows = _good(await self._call("POST", "/flow_runs/filter", body))
        return tuple([await self._view(row) for row in rows])

    async def worker_seen_at(self) -> datetime | None:
        """When a worker of our pool was last alive; None where there never was one."""
        answer = await self._call("POST", f"/work_pools/{POOL}/workers/filter", {})
        if answer.status_code == NOT_FOUND:
            return None
        seen = [worker["last_heartbeat_time"] for worker in _good(answer)]
        return max((datetime.fromisoformat(at) for at in seen if at), default=None)

    async def healthy(self) -> bool:
        """Whether the server answers."""
        try:
            return (await self._call("GET", "/health")).is_success
        except OutsideFailure:
            return False

    async def _view(self, row: dict[str, Any]) -> RunView:
        told = _good(await self._call("GET", f"/flow_run_states/?flow_run_id={row['id']}"))
        states = sorted(
            (datetime.fromisoformat(s["timestamp"]), s["name"], s.get("message") or "")
            for s in told
        )
        return RunView(
            id=row["id"],
            name=row["name"],
            flow=await self._flow_name(row["flow_id"]),
            state=row.get("state_name") or "",
            started_at=datetime.fromisoformat(row["start_time"]) if row["start_time"] else None,
            seconds=float(row.get("total_run_time") or 0.0),
            tags=tuple(row.get("tags") or ()),
            states=tuple((name, message, at) for at, name, message in states),
        )

    async def _flow_name(self, flow_id: str) -> str:
        if flow_id not in self._flows:
            self._flows[flow_id] = str(_good(await self._call("GET", f"/flows/{flow_id}"))["name"])
        return self._flows[flow_id]

    async def _deployment(self, flow: str, *, fresh: bool) -> str:
        if fresh or flow not in self._deployments:
            answer = await self._call("GET", f"/deployments/name/{flow}/{flow}")
            self._deployments[flow] = str(_good(answer)["id"])
        return self._deployments[flow]

    async def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        answer = await self._send(method, path, body)
        if answer.status_code == FORBIDDEN and method != "GET":
            await self._fetch_csrf()
            answer = await self._send(method, path, body)
        return answer

    async def _send(self, method: str, path: str, body: Any) -> httpx.Response:
        headers = dict(self._csrf)
        if self.auth:
            coded = base64.b64encode(self.auth.encode()).decode()
            headers["Authorization"] = f"Basic {coded}"
        try:
            async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
                return await client.request(
                    method, f"{self.api_url.rstrip('/')}{path}", json=body, headers=headers
                )
        except httpx.HTTPError as error:
            raise OutsideFailure(_NO_ANSWER, permanent=False, detail=str(error)) from error

    async def _fetch_csrf(self) -> None:
        client = str(uuid4())
        answer = await self._send("GET", f"/csrf-token?client={client}", None)
        if answer.is_success:
            token = str(answer.json()["token"])
            self._csrf = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client}


_NO_ANSWER = words("Máy chủ Prefect không trả lời.", "The Prefect server does not answer.")


def _good(answer: httpx.Response) -> Any:
    if answer.status_code >= CLIENT_ERROR:
        raise OutsideFailure(
            words(
                f"Máy chủ Prefect trả lời {answer.status_code}.",
                f"The Prefect server answered {answer.status_code}.",
            ),
            permanent=False,
            detail=answer.text[:300],
        )
    return answer.json()
