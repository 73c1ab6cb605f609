"""`python -m flows.deployment [--pool POOL]`: the work pool and the deployments of `prefect.yaml`.

Without `--pool`, our own pool of warm workers is made where there is none; an existing one is left
as it is. With it, the deployments go to that pool, of whatever type its operator made it.
"""

import argparse
import asyncio
import runpy
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import yaml
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


def for_pool(pool: str) -> str:
    """`prefect.yaml` with `pool` in place of ours: `prefect deploy --all` ignores its `--pool`."""
    told = yaml.safe_load(FILE.read_text(encoding="utf8"))
    for one in told["deployments"]:
        one["work_pool"] = {"name": pool}
    return yaml.safe_dump(told, allow_unicode=True)


def main() -> None:
    """Make our pool, or take the one that is named, then deploy everything to it."""
    parser = argparse.ArgumentParser(prog="python -m flows.deployment", description=__doc__)
    parser.add_argument("--pool", default=POOL, help="an existing work pool (default: phatngon)")
    parser.add_argument("--with-parent", action="store_true", help="end when stdin closes")
    given = parser.parse_args()
    if given.with_parent:
        lifeline.hold()
    if given.pool == POOL:
        asyncio.run(make_pool())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prefect.yaml"
        file.write_text(for_pool(given.pool), encoding="utf8")
        sys.argv = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)]
        runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
