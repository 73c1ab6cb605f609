"""The same deployments on Prefect's own process worker: how an office outgrows one machine."""

import sys


async def test_a_deployment_runs_unchanged_on_a_stock_process_pool(engine) -> None:
    await engine.deploy("echo", pool="stock", kind="process")
    run = await engine.runs.start(
        "echo", parameters={"code": "DT-2025-0007"}, key="stock", name="stock"
    )
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "stock", "--run-once"]
    with engine.process(command) as worker:
        assert await engine.state(run) == "Waiting for nothing"
        assert str(worker.pid) not in await engine.message(run)
