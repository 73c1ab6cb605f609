"""The supervisor of `up`, with tiny processes as its parts."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from crisis.model.errors import OutsideFailure
from desk.parts.part import Part, Process, Stamp, port_left
from desk.parts.supervisor import Supervisor

HERE = Path(__file__).parent
HOUSE = Path(__file__).parents[3]
ENV = {**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONWARNINGS": "default"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def tiny(name: str, *options: str) -> Part:
    """A part that answers on a free port."""
    port = free_port()
    command = (sys.executable, str(HERE / "tiny.py"), str(port), *options)
    return Part(name=name, command=command, env=ENV, ready=f"http://127.0.0.1:{port}/")


def python(name: str, code: str, **more: object) -> Part:
    """A part that runs a few lines."""
    return Part(name=name, command=(sys.executable, "-c", code), env=ENV, **more)


async def until(question: Callable[[], object]) -> None:
    """Wait until `question` is answered with something true."""
    async with asyncio.timeout(30):
        while not question():
            await asyncio.sleep(0.02)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def watch_over(tmp_path: Path, told: list[str]):
    """Starts a supervisor of these parts that loses no time."""

    def supervisor(*parts: Part, **more: object) -> Supervisor:
        settings = {"first_rest": 0.05, "port_seconds": 5.0, "grace_seconds": 3.0} | more
        return Supervisor(parts=parts, logs=tmp_path / "log", tell=told.append, **settings)

    return supervisor


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_part_that_is_killed_is_back(watch_over, told: list[str]) -> None:
    part = tiny("desk")
    async with watch_over(part) as up:
        first = up.pids()["desk"]
        os.kill(first, signal.SIGKILL)
        await until(lambda: "desk is back" in told)
        assert up.pids()["desk"] != first
        assert told[0] == "desk ended (-9); it starts again in 0.05 s"


async def test_nothing_runs_after_the_supervisor_has_stopped(watch_over) -> None:
    async with watch_over(tiny("one"), tiny("two")) as up:
        pids = up.pids().values()
        assert len(pids) == 2
    assert not any(alive(pid) for pid in pids)


async def test_a_part_that_does_not_go_is_ended_by_force(watch_over) -> None:
    async with watch_over(tiny("stubborn", "deaf"), grace_seconds=0.2) as up:
        pid = up.pids()["stubborn"]
    assert not alive(pid)


async def test_parts_stop_in_the_reverse_of_their_order(watch_over, tmp_path: Path) -> None:
    def noting(name: str) -> str:
        note = f"open({str(tmp_path / 'order')!r}, 'a').write({name + ' '!r})"
        return (
            "import signal, sys\n"
            f"def go(*_):\n    {note}\n    sys.exit()\n"
            "signal.signal(signal.SIGTERM, go)\n"
            f"open({str(tmp_path / name)!r}, 'w')\nsignal.pause()"
        )

    parts = [python(name, noting(name)) for name in ("server", "worker")]
    async with watch_over(*parts):
        await until(lambda: (tmp_path / "server").exists() and (tmp_path / "worker").exists())
    assert (tmp_path / "order").read_text() == "worker server "


async def test_a_part_that_cannot_start_is_named_with_the_end_of_its_log(watch_over) -> None:
    fine, broken = tiny("fine"), python("broken", "raise SystemExit('no database')", once=True)
    with pytest.raises(OutsideFailure, match="The part “broken” did not start") as failure:
        async with watch_over(fine, broken):
            pytest.fail("it must not start")
    assert "no database" in failure.value.facts["tail"]
    assert await port_left(fine.doors(), 0.5) is None


async def test_work_that_was_done_is_not_done_again_until_it_changes(
    watch_over, tmp_path: Path
) -> None:
    note = f"open({str(tmp_path / 'done')!r}, 'a').write('x')"
    for content in ("a", "a", "b"):
        stamp = Stamp(file=tmp_path / "var" / "deployed", content=content)
        async with watch_over(python("deploy", note, once=True, stamp=stamp)):
            pass
    assert (tmp_path / "done").read_text() == "xx"


async def test_a_port_in_use_is_waited_for(watch_over) -> None:
    part = tiny("desk")
    (port,) = part.doors()
    squatter = socket.create_server(("127.0.0.1", port))
    asyncio.get_running_loop().call_later(0.5, squatter.close)
    async with watch_over(part) as up:
        assert "desk" in up.pids()


async def test_a_port_that_stays_in_use_is_named(watch_over) -> None:
    part = tiny("desk")
    (port,) = part.doors()
    with (
        closing(socket.create_server(("127.0.0.1", port))),
        pytest.raises(OutsideFailure, match=f"Port {port}, which the part “desk” needs"),
    ):
        async with watch_over(part, port_seconds=0.3):
            pytest.fail("it must not start")


async def test_a_log_that_grows_too_long_begins_anew_while_its_part_writes(tmp_path: Path) -> None:
    go_on = tmp_path / "go on"
    code = f"""if True:
        import pathlib, time
        print("before " * 300, flush=True)
        while not pathlib.Path({str(go_on)!r}).exists():
            time.sleep(0.01)
        print("after", flush=True)
    """
    process = Process(part=python("wordy", code), logs=tmp_path, log_limit=1_000)
    await process.start()
    await until(lambda: "before" in process.tail())
    process.trim_log()
    go_on.touch()
    assert await process.ended() == 0
    assert process.log.read_text() == "after\n"
    assert (tmp_path / "wordy.old.log").read_text().startswith("before")


@asynccontextmanager
async def separate_up(tmp_path: Path, ports: list[str]) -> AsyncIterator[tuple[int, list[int]]]:
    command = (sys.executable, str(HERE / "up.py"), str(tmp_path / "log"), *ports)
    up = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=ENV)
    try:
        line = await asyncio.wait_for(up.stdout.readline(), 30)
        yield up.pid, [int(pid) for pid in line.split()]
    finally:
        if up.returncode is None:
            up.kill()
        await up.wait()


async def test_a_killed_supervisor_leaves_nothing_behind_and_the_next_starts_at_once(
    tmp_path: Path,
) -> None:
    ports = [str(free_port()), str(free_port())]
    async with separate_up(tmp_path, ports) as (supervisor, orphans):
        assert len(orphans) == 2
        os.kill(supervisor, signal.SIGKILL)
    async with separate_up(tmp_path, ports) as (_, parts):
        assert len(parts) == 2
        assert not set(parts) & set(orphans)
        await until(lambda: not any(alive(pid) for pid in orphans))
    await until(lambda: not any(alive(pid) for pid in parts))
