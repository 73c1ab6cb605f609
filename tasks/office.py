"""The office of this process: the tasks' one composition point."""

import asyncio
from weakref import WeakKeyDictionary

from prefect.context import FlowRunContext, TaskRunContext

from crisis import log
from crisis.office.office import Office, open_office
from crisis.settings import settings

_OFFICES: WeakKeyDictionary[asyncio.AbstractEventLoop, Office] = WeakKeyDictionary()


def office() -> Office:
    """The office that this process's settings describe, one per event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _OFFICES:
        if settings().log == "json":
            # On a stock worker this process is Prefect's own: nobody else sets up its log.
            log.begin("json", settings().secrets)
        _OFFICES[loop] = open_office(settings())
    return _OFFICES[loop]


def link_of(code: str) -> str:
    """Where people read about an incident; for the office's own runs, the board."""
    page = f"vu-viec/{code}" if "-" in code else ""
    return f"<{settings().public_url}/{page}>"


def run_id() -> str | None:
    """The flow run that this code runs in; it stands in every ledger entry made here."""
    context = FlowRunContext.get()
    if context is not None and context.flow_run is not None:
        return str(context.flow_run.id)
    task = TaskRunContext.get()
    if task is not None and task.task_run.flow_run_id is not None:
        return str(task.task_run.flow_run_id)
    return None
