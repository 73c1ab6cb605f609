"""`phatngon up`, and the same parts one by one for several machines."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from crisis.settings import settings
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import work
from desk.cli.tongue import say, told
from desk.parts import setup
from desk.parts.mailbox_process import MailboxPlan, run_mailbox

app = group(say("các thành phần", "the parts"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Tạo hoặc nâng cấp cơ sở dữ liệu và nạp nội dung kèm theo; chạy lại không hại gì.",
        "Set up or upgrade the records and put the shipped content in force; twice is harmless.",
        "phatngon migrate",
        "phatngon migrate --contacts danh-ba.yaml",
    )
)
def migrate(
    *,
    contacts: Annotated[
        Path | None, typer.Option(help=say("tệp danh bạ liên hệ", "a contact file"))
    ] = None,
    as_json: Json = False,
) -> None:
    made = work(_migrate(contacts))
    people = [
        {"email": one.email, "password": one.password, "second_factor": one.totp} for one in made
    ]
    if as_json:
        shown.data({"records": settings().records_url.rpartition("@")[2], "users": people})
        return
    typer.echo(say("Cơ sở dữ liệu đã sẵn sàng.", "The records are ready."))
    if people:
        shown.table(
            say("Người dùng mới, in một lần", "New users, told once"),
            ["e-mail", say("mật khẩu", "password"), say("mã hai lớp", "second factor")],
            [tuple(one.values()) for one in people],
        )


async def _migrate(contacts: Path | None) -> tuple[setup.Credentials, ...]:
    ready = await setup.set_up(settings(), setup.Plan(contacts=contacts))
    await ready.office.records.close()
    return ready.made


@app.command(
    help=told(
        "Chạy trang làm việc và trang công bố.",
        "Serve the desk and the public site.",
        "phatngon serve --port 8400",
    )
)
def serve(
    *,
    host: Annotated[str, typer.Option(help=say("địa chỉ lắng nghe", "address"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8400,
) -> None:
    _become("desk.web", "--host", host, "--port", str(port))


@app.command(
    help=told(
        "Chạy bộ thực hiện quy trình và bộ điều phối (PREFECT_API_URL chỉ tới máy chủ Prefect).",
        "Run the worker and the dispatcher (PREFECT_API_URL points to the Prefect server).",
        "phatngon worker --name may-2",
    )
)
def worker(
    *,
    name: Annotated[str, typer.Option(help=say("tên hiện trong Prefect", "name"))] = "worker",
    limit: Annotated[int, typer.Option(min=1, help=say("số lượt song song", "at once"))] = 4,
) -> None:
    commands = (
        (sys.executable, "-m", "flows", "--name", name, "--limit", str(limit)),
        (sys.executable, "-m", "desk.dispatch_process"),
    )
    raise typer.Exit(asyncio.run(_side_by_side(commands)))


async def _side_by_side(commands: tuple[tuple[str, ...], ...]) -> int:
    """Run the processes until one ends or a signal comes; the other is then sent home."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    children = [
        await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE)
        for command in commands
    ]
    waits = [asyncio.ensure_future(child.wait()) for child in children]
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({*waits, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
    codes = await asyncio.gather(*waits)
    return 0 if stop.is_set() else max(codes, default=0) or 1


@app.command(
    help=told(
        "Chạy máy chủ thư thử nghiệm và trang hộp thư: không thư nào ra khỏi máy.",
        "Run the demo's mail server with its mailbox page: no mail leaves the machine.",
        "phatngon mailbox --smtp-port 8425 --http-port 8426",
    )
)
def mailbox(
    *,
    folder: Annotated[Path | None, typer.Option(help=say("nơi lưu thư", "where to keep"))] = None,
    smtp_port: Annotated[int, typer.Option(min=1, max=65535)] = 8425,
    http_port: Annotated[int, typer.Option(min=1, max=65535)] = 8426,
) -> None:
    here = settings()
    plan = MailboxPlan(
        folder=folder or here.var / "mail",
        templates=here.templates,
        smtp_port=smtp_port,
        http_port=http_port,
    )
    typer.echo(f"http://127.0.0.1:{http_port}/hop-thu  smtp://127.0.0.1:{smtp_port}")
    run_mailbox(plan)


def _become(module: str, *arguments: str) -> None:
    """Turn this process into a part: whoever ends the command ends the part, and no child stays."""
    os.execv(sys.executable, (sys.executable, "-m", module, *arguments))  # noqa: S606  (our own)
