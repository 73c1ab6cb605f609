"""The worker's flows: imported once and kept; what cannot run here is refused."""

import asyncio
from typing import Any

from prefect.flows import Flow, load_flow_from_entrypoint

from crisis.model.errors import Misconfigured
from crisis.model.words import words


class Shelf:
    """The flows this process has loaded, by module-path entrypoint (`flows.respond.respond`)."""

    def __init__(self) -> None:
        self._flows: dict[str, Flow[..., Any]] = {}

    async def flow_at(self, entrypoint: str | None) -> Flow[..., Any]:
        """The async flow at `entrypoint`. Raises Misconfigured, which says what is wrong."""
        if not entrypoint or ":" in entrypoint:
            raise _file_entrypoint(entrypoint or "")
        if entrypoint not in self._flows:
            self._flows[entrypoint] = await asyncio.to_thread(_load, entrypoint)
        return self._flows[entrypoint]


def _load(entrypoint: str) -> Flow[..., Any]:
    try:
        flow: Flow[..., Any] = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
    except Exception as problem:
        raise _cannot_load(entrypoint, problem) from problem
    if not flow.isasync or flow.isgenerator:
        raise _not_async(entrypoint)
    return flow


def _cannot_load(entrypoint: str, problem: Exception) -> Misconfigured:
    cause = problem.__cause__ or problem
    why = f"{type(cause).__name__}: {cause}"
    return Misconfigured(
        words(
            f"Không nạp được luồng {entrypoint}: {why}",
            f"The flow {entrypoint} cannot be loaded: {why}",
        ),
        setting="entrypoint",
    )


def _not_async(entrypoint: str) -> Misconfigured:
    return Misconfigured(
        words(
            f"Luồng {entrypoint} không phải là hàm async; tiến trình này chỉ chạy luồng async.",
            f"The flow {entrypoint} is not an async function; the warm worker runs async flows"
            " only. Write it with `async def`, or deploy it to a process pool.",
        ),
        setting="entrypoint",
    )


def _file_entrypoint(entrypoint: str) -> Misconfigured:
    return Misconfigured(
        words(
            f"Điểm vào {entrypoint!r} không phải là đường dẫn mô-đun như flows.respond.respond.",
            f"The entrypoint {entrypoint!r} is not a module path such as flows.respond.respond.",
        ),
        setting="entrypoint",
    )
