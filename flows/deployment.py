"""`python -m flows.deployment`: our work pool and the deployments of `prefect.yaml`, renewed.

An existing pool is left as it is: what an operator set on it stays.
"""

import asyncio
import runpy
import sys
from contextlib import suppress
from pathlib import Path

from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

from crisis import lifeline
from flows.worker import WarmWorker

POOL = "phatngon"
FILE = Path(__file__).parents[1] / "prefect.yaml"


async def make_pool(name: str = POOL) -> None:
    """Create the warm worker's pool where there is none."""
    template = WarmWorker.get_default_base_job_template()
    wanted = WorkPoolCreate(name=name, type=WarmWorker.type, base_job_template=template)
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(wanted)


def main() -> None:
    """Make the pool, then deploy everything that `prefect.yaml` names."""
    if "--with-parent" in sys.argv[1:]:
        lifeline.hold()
    asyncio.run(make_pool())
    sys.argv = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(FILE)]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
