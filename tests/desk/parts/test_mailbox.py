"""The built-in SMTP server and its mailbox pages."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path

import httpx
import pytest

from crisis.outlets.smtp import SmtpRelay
from desk.parts.mail_folder import MailFolder, mail_name
from desk.parts.mail_sink import Fault, FaultMode, MailSink
from desk.parts.mailbox_process import MailboxPlan, mailbox_app, serve_mailbox

HOUSE = Path(__file__).parents[3]
TEMPLATES = HOUSE / "templates"
BEGIN = datetime(2025, 10, 24, 1, 30, tzinfo=UTC)
TO = "lanh.dao+1@so.example"


def letter(subject: str = "Giao việc", html: str = "<p>Xin <b>chào</b></p>") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Văn phòng <vp@tinh.example>"
    message["To"] = TO
    message["Subject"] = subject
    message["Message-ID"] = "<1@vi.du>"
    message.set_content("Xin chào, mời mở http://127.0.0.1/viec/abc <ngay>", cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    message.add_attachment(b"\x89PNG<script>", maintype="text", subtype="html", filename="đ.html")
    return message.as_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    return MailFolder(tmp_path / "mail")


@pytest.fixture
async def web(folder: MailFolder) -> AsyncIterator[httpx.AsyncClient]:
    async with client(MailSink(folder, now=lambda: BEGIN)) as one:
        yield one


def client(sink: MailSink, host: str = "127.0.0.1") -> httpx.AsyncClient:
    wire = httpx.ASGITransport(app=mailbox_app(sink, templates=TEMPLATES))
    return httpx.AsyncClient(transport=wire, base_url=f"http://{host}")


def test_a_mail_is_kept_under_its_time_and_recipient(folder: MailFolder) -> None:
    raw = letter()
    name = folder.put(raw, recipient=TO, at=BEGIN)
    assert name.startswith("20251024T013000.000000Z_lanh.dao+1@so.example_")
    assert folder.raw(name) == raw
    assert [path.name for path in folder.folder.iterdir()] == [name]


@pytest.mark.parametrize(
    "recipient", ["../../etc/passwd", "a/b@c", "a_b@c.vn", "", "đ@vi.du", "x" * 300, "a\x00b"]
)
def test_no_recipient_leads_out_of_the_folder(folder: MailFolder, recipient: str) -> None:
    name = folder.put(b"\r\n", recipient=recipient, at=BEGIN)
    assert [path.name for path in folder.folder.iterdir()] == [name]
    assert folder.names() == [name]
    assert len(os.fsencode(name)) < 255


def test_mails_are_listed_newest_first_and_by_recipient(folder: MailFolder) -> None:
    for n, recipient in zip(count(), ["a_1@x.vn", "b@x.vn", "a_1@x.vn"], strict=False):
        folder.put(letter(f"Thư {n}"), recipient=recipient, at=BEGIN + timedelta(seconds=n))
    (folder.folder / "khac.eml").write_bytes(b"not ours")
    assert [card.subject for card in folder.cards()] == ["Thư 2", "Thư 1", "Thư 0"]
    assert [card.subject for card in folder.cards("a_1@x.vn", limit=1)] == ["Thư 2"]
    assert folder.recipients() == ["a_1@x.vn", "b@x.vn"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"Subject: =?utf-8?b?xx\r\n\r\n",
     b"Content-Type: x;;charset=no\r\n\r\na",
     b"Content-Type: text/plain; charset=khong-co\r\n\r\na\xff\r\n",
     b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"],
)  # fmt: skip
async def test_a_malformed_mail_is_shown_as_far_as_it_goes(
    folder: MailFolder, web: httpx.AsyncClient, raw: bytes
) -> None:
    name = folder.put(raw, recipient=TO, at=BEGIN)
    assert (await web.get("/hop-thu")).status_code == 200
    assert (await web.get(f"/hop-thu/{name}")).status_code == 200
    assert (await web.get(f"/hop-thu/{name}/raw")).content == raw


async def test_the_list_speaks_the_readers_language(
    folder: MailFolder, web: httpx.AsyncClient
) -> None:
    folder.put(letter(), recipient=TO, at=BEGIN)
    assert "Hộp thư thử" in (await web.get("/hop-thu")).text
    english = await web.get("/hop-thu", headers={"Accept-Language": "en-GB,vi"})
    assert "Test mailbox" in english.text
    assert "Hộp thư thử" in (await web.get("/hop-thu?lang=vi", headers=english.headers)).text
    assert "24/10/2025 08:30:00" in english.text
    assert "No mail yet" in (await web.get("/hop-thu?lang=en&to=khac@x.vn")).text


async def test_machines_read_the_same_list(folder: MailFolder, web: httpx.AsyncClient) -> None:
    raw = letter()
    name = folder.put(raw, recipient=TO, at=BEGIN)
    (one,) = (await web.get("/hop-thu.json", params={"to": TO})).json()
    assert (one["name"], one["to"], one["subject"]) == (name, TO, "Giao việc")
    assert one["message_id"] == "<1@vi.du>"
    assert (await web.get(one["raw"])).content == raw
    assert (await web.get("/hop-thu.json?to=khac@x.vn")).json() == []


async def test_a_mail_shows_headers_text_attachments_and_a_sandboxed_frame(
    folder: MailFolder, web: httpx.AsyncClient
) -> None:
    name = folder.put(letter("<b>Thư</b>"), recipient=TO, at=BEGIN)
    page = (await web.get(f"/hop-thu/{name}")).text
    assert "&lt;b&gt;Thư&lt;/b&gt;" in page
    assert "&lt;ngay&gt;" in page
    assert '<a href="http://127.0.0.1/viec/abc"' in page
    assert '<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "đ.html" in page
    attached = await web.get(f"/hop-thu/{name}/tep/0")
    assert attached.content == b"\x89PNG<script>"
    assert attached.headers["content-type"] == "application/octet-stream"
    assert attached.headers["content-disposition"].startswith("attachment;")
    assert (await web.get(f"/hop-thu/{name}/tep/1")).status_code == 404
    assert (await web.get("/hop-thu/mailbox.css")).headers["content-type"].startswith("text/css")


async def test_the_html_of_a_mail_can_run_and_fetch_nothing(
    folder: MailFolder, web: httpx.AsyncClient
) -> None:
    name = folder.put(letter(html="<script>x</script>"), recipient=TO, at=BEGIN)
    answer = await web.get(f"/hop-thu/{name}/html")
    rules = answer.headers["content-security-policy"]
    assert rules.startswith("sandbox")
    assert "default-src 'none'" in rules
    assert "allow-scripts" not in rules


@pytest.mark.parametrize(
    "name", ["x.eml", "..%2F..%2Fpyproject.toml", mail_name(b"", recipient="a", at=BEGIN)]
)
async def test_no_other_file_can_be_read(web: httpx.AsyncClient, name: str) -> None:
    for path in ("", "/html", "/raw", "/tep/0"):
        assert (await web.get(f"/hop-thu/{name}{path}")).status_code == 404


async def test_a_page_elsewhere_cannot_read_the_mailbox_by_another_name(folder: MailFolder) -> None:
    async with client(MailSink(folder, now=lambda: BEGIN), "xau.example") as stranger:
        assert (await stranger.get("/hop-thu.json")).status_code == 400


@pytest.mark.parametrize(("faults", "status"), [(False, 404), (True, 204)])
async def test_the_server_misbehaves_only_when_started_for_it(
    folder: MailFolder, *, faults: bool, status: int
) -> None:
    sink = MailSink(folder, now=lambda: BEGIN, faults=faults)
    async with client(sink) as web:
        order = {"mode": "reply", "code": 451, "times": 2}
        assert (await web.post("/hop-thu/su-co", json=order)).status_code == status
        assert (await web.post("/hop-thu/su-co", json={"mode": "explode"})).status_code == 422
    shown = [sink.due(FaultMode.REPLY) is not None for _ in range(3)]
    assert shown == ([True, True, False] if faults else [False] * 3)
    assert sink.misbehave(Fault()) == faults


def two_ports() -> tuple[int, int]:
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        return one.getsockname()[1], two.getsockname()[1]


async def answered(web: httpx.AsyncClient) -> httpx.Response:
    while True:
        try:
            return await web.get("/hop-thu.json")
        except httpx.ConnectError:
            await asyncio.sleep(0.05)  # the process is starting; the test's time-out ends this


async def test_it_runs_as_its_own_process_and_ends_with_its_parent(tmp_path: Path) -> None:
    smtp, http = two_ports()
    command = ["-m", "desk.parts.mailbox_process", str(tmp_path), "--smtp-port", str(smtp)]
    command += ["--http-port", str(http), "--templates", str(TEMPLATES), "--with-parent"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=HOUSE, stdin=asyncio.subprocess.PIPE
    )
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{http}", trust_env=False) as web:
        async with asyncio.timeout(60):
            assert (await answered(web)).json() == []
        relay = SmtpRelay(f"smtp://127.0.0.1:{smtp}")
        await relay.send(letter(), sender="vp@tinh.example", recipient=TO)
        (one,) = (await web.get("/hop-thu.json")).json()
        assert one["to"] == TO
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_a_taken_port_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        free, _ = two_ports()
        for plan in (
            MailboxPlan(folder=tmp_path, templates=TEMPLATES, smtp_port=port),
            MailboxPlan(folder=tmp_path, templates=TEMPLATES, smtp_port=free, http_port=port),
        ):
            with pytest.raises(OSError, match="in use"):
                await serve_mailbox(plan, stop=asyncio.Event())


async def test_it_serves_without_pages_until_it_is_stopped(tmp_path: Path) -> None:
    smtp, _ = two_ports()
    stop = asyncio.Event()
    plan = MailboxPlan(folder=tmp_path, templates=TEMPLATES, smtp_port=smtp)
    serving = asyncio.ensure_future(serve_mailbox(plan, stop=stop))
    while not serving.done():
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", smtp)
        except ConnectionRefusedError:
            await asyncio.sleep(0)
            continue
        writer.close()
        break
    assert not serving.done(), "it ended before anybody asked it to"
    stop.set()
    await serving
