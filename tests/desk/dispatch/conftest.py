"""The dispatcher, and a Prefect server of paper that writes down which runs were asked of it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from desk.dispatch import Dispatcher
from desk.runs import Runs

START = re.compile(r"POST /api/deployments/(\w+)/create_flow_run ")
STATE = re.compile(r"GET /api/flow_runs/([\w-]+) ")
FLOW = re.compile(r"GET /api/flows/(\w+) ")
NAME = re.compile(r"GET /api/deployments/name/(\w+)/\w+ ")


@dataclass(kw_only=True)
class Paper:
    """A server that answers as Prefect's REST API does, and writes down which runs were asked."""

    url: str
    broken: int = 0
    worker_at: datetime | None = None
    state: str = "COMPLETED"
    started: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b"{}"
        answer = json.dumps(self.answer(head, json.loads(body))).encode()
        code = self.broken or 200
        told = f"HTTP/1.1 {code} X\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n"
        writer.write(told.encode() + answer)
        await writer.drain()
        writer.close()

    def answer(self, head: str, body: dict[str, Any]) -> Any:
        if found := NAME.match(head) or FLOW.match(head):
            return {"id": found[1], "name": found[1]}
        if found := START.match(head):
            if self.broken:
                return {}
            self.started.append((found[1], body))
            return {"id": f"00000000-0000-4000-8000-{len(self.started):012d}"}
        if head.startswith("POST /api/flow_runs/filter "):
            return self.queued(body)
        if STATE.match(head):
            return {"state_type": self.state, "state_name": self.state.title()}
        return [{"last_heartbeat_time": self.worker_at and self.worker_at.isoformat()}]

    def queued(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The runs that were asked for, where they wait."""
        waiting = self.started if self.state == "SCHEDULED" else []
        names = body["flows"]["name"]["any_"]
        told = [{"flow_id": f, "parameters": b["parameters"]} for f, b in waiting if f in names]
        return told[: body["limit"]]

    def keys(self, flow: str) -> list[str]:
        """The idempotency keys of the runs of one flow."""
        return [body["idempotency_key"] for name, body in self.started if name == flow]


@asynccontextmanager
async def paper_at(port: int) -> AsyncIterator[Paper]:
    """The server of paper on that port."""
    made = Paper(url=f"http://127.0.0.1:{port}/api")
    async with await asyncio.start_server(made.talk, "127.0.0.1", port):
        yield made


@pytest.fixture
async def paper(unused_tcp_port: int) -> AsyncIterator[Paper]:
    async with paper_at(unused_tcp_port) as made:
        yield made


@pytest.fixture
def dispatcher(office: Any, paper: Paper) -> Dispatcher:
    return Dispatcher(office=office, runs=Runs(api_url=paper.url))
