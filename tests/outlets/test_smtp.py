"""The relay against a real SMTP server: replies, cuts, TLS, and one connection for a batch."""

import asyncio
import ipaddress
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crisis.clock import Clock
from crisis.model.errors import Misconfigured
from crisis.model.outlet import DeliveryFailed
from crisis.outlets.smtp import SmtpRelay
from crisis.outlets.smtp_server import smtp_server
from desk.parts.mail_folder import MailFolder
from desk.parts.mail_sink import Fault, FaultMode, MailSink, SinkServer

MESSAGE = b"Message-ID: <1@vi.du>\r\nSubject: Thu\r\n\r\n.mot\r\n..hai\r\n.\r\n"
FROM, TO = "vp@tinh.example", "toasoan@bao.example"


def relay(sink: SinkServer, **options: Any) -> SmtpRelay:
    return SmtpRelay(f"smtp://127.0.0.1:{sink.port}", **({"timeout": 2} | options))


async def send(one: SmtpRelay, message: bytes = MESSAGE, to: str = TO) -> Any:
    return await one.send(message, sender=FROM, recipient=to)


async def test_the_server_keeps_exactly_the_bytes_that_were_sent(sink: SinkServer) -> None:
    reply = await send(relay(sink))
    assert (reply.code, reply.text) == (250, "2.0.0 Kept")
    (name,) = sink.sink.folder.names()
    assert sink.sink.folder.raw(name) == MESSAGE


@pytest.mark.parametrize("mode", [FaultMode.REPLY, FaultMode.REFUSE_RECIPIENT])
@pytest.mark.parametrize(
    ("code", "permanent"),
    [(421, False), (450, False), (451, False), (452, False), (500, True), (550, True), (554, True)],
)
async def test_a_refusal_is_classed_by_its_reply_code(
    sink: SinkServer, mode: FaultMode, code: int, *, permanent: bool
) -> None:
    sink.sink.misbehave(Fault(mode=mode, code=code))
    with pytest.raises(DeliveryFailed) as failed:
        await send(relay(sink))
    assert (failed.value.permanent, failed.value.reply_code) == (permanent, code)
    assert not sink.sink.folder.names()


@pytest.mark.parametrize("mode", [FaultMode.DROP, FaultMode.LOSE_REPLY])
async def test_a_line_cut_in_the_data_or_before_the_reply_means_later(
    sink: SinkServer, mode: FaultMode
) -> None:
    sink.sink.misbehave(Fault(mode=mode, times=1))
    with pytest.raises(DeliveryFailed) as failed:
        await send(relay(sink))
    assert (failed.value.permanent, failed.value.reply_code) == (False, None)
    # The one window of SMTP: the server may have kept it before the line broke.
    assert len(sink.sink.folder.names()) == (mode is FaultMode.LOSE_REPLY)
    await send(relay(sink))
    assert {card.message_id for card in sink.sink.folder.cards()} == {"<1@vi.du>"}


async def test_a_server_that_is_too_slow_means_later(sink: SinkServer) -> None:
    sink.sink.misbehave(Fault(mode=FaultMode.SLOW, seconds=30))
    with pytest.raises(DeliveryFailed) as failed:
        await send(relay(sink, timeout=0.2))
    assert not failed.value.permanent


async def test_a_server_that_is_not_there_means_later(free_port: int) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await send(SmtpRelay(f"smtp://127.0.0.1:{free_port}", timeout=2))
    assert (failed.value.permanent, failed.value.reply_code) == (False, None)


async def test_a_batch_shares_one_connection(sink: SinkServer) -> None:
    async with relay(sink) as one:
        await asyncio.gather(*(send(one, to=f"b{n}@bao.example") for n in range(5)))
        assert sink.connections == 1
    await send(one)
    assert sink.connections == 2
    assert len(sink.sink.folder.names()) == 6


async def test_one_refused_mail_does_not_spoil_the_batch(sink: SinkServer) -> None:
    sink.sink.misbehave(Fault(mode=FaultMode.REFUSE_RECIPIENT, code=550, times=1))
    async with relay(sink) as one:
        with pytest.raises(DeliveryFailed):
            await send(one)
        await send(one)
    assert (len(sink.sink.folder.names()), sink.connections) == (1, 1)


async def test_a_batch_goes_on_over_a_new_line_when_the_old_one_broke(sink: SinkServer) -> None:
    async with relay(sink) as one:
        await send(one)
        sink.hang_up_all()
        await send(one, to="b@bao.example")
    assert (len(sink.sink.folder.names()), sink.connections) == (2, 2)


@pytest.mark.parametrize(
    "message",
    [
        b"Subject: a\n\nb\n",
        b"Subject: a\r\n\r\nb\n.\r\nMAIL FROM:<x@y.z>\r\n",
        b"Subject: a\r\n\r\nb\r.\r\n",
        b"Subject: a\r\n\r\nb\x00\r\n",
        b"Subject: a\r\n\r\nno line end",
        b"Subject: " + b"a" * 1000 + b"\r\n\r\nb\r\n",
    ],
)
async def test_a_message_that_servers_read_in_different_ways_is_refused_before_sending(
    sink: SinkServer, message: bytes
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await send(relay(sink), message)
    assert failed.value.permanent
    assert sink.connections == 0


@pytest.mark.parametrize(
    "to",
    ["", "a", "a@b.vn,c@d.vn", "a@b.vn c@d.vn", "a@b.vn>\r\nRCPT TO:<c@d.vn", "<a@b.vn>", "đ@b.vn"],
)
async def test_exactly_one_plain_recipient_per_message(sink: SinkServer, to: str) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await send(relay(sink), to=to)
    assert failed.value.permanent
    assert sink.connections == 0


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's context around one self-made certificate for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vi.du")])
    now = Clock.real().now()
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + cert.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
async def test_mail_goes_out_encrypted_to_a_server_whose_certificate_is_trusted(
    scheme: str,
    tmp_path: Path,
    free_port: int,
    now: Callable[[], datetime],
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    server_tls, client_tls = certificate
    keeper = MailSink(MailFolder(tmp_path / "mail"), now=now)
    how = {"tls": server_tls, "implicit_tls": scheme == "smtps"}
    async with SinkServer(keeper, port=free_port, **how):
        url = f"{scheme}://127.0.0.1:{free_port}"
        await send(SmtpRelay(url, timeout=5, tls=client_tls))
        assert len(keeper.folder.names()) == 1
        with pytest.raises(DeliveryFailed) as failed:
            await send(SmtpRelay(url, timeout=5))
        assert not failed.value.permanent
        assert len(keeper.folder.names()) == 1


async def test_a_server_without_starttls_never_gets_the_mail_in_the_clear(
    sink: SinkServer,
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await send(SmtpRelay(f"smtp+starttls://127.0.0.1:{sink.port}", timeout=2))
    assert not failed.value.permanent
    assert not sink.sink.folder.names()


async def test_a_refused_login_is_our_trouble_not_the_mails(sink: SinkServer) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await send(SmtpRelay(f"smtp://u:p@127.0.0.1:{sink.port}", timeout=2))
    assert not failed.value.permanent


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password"),
    [
        ("smtp://127.0.0.1:8425", "127.0.0.1", 8425, None, None),
        ("smtp://mail.vi.du", "mail.vi.du", 25, None, None),
        ("smtps://u:p@mail.vi.du", "mail.vi.du", 465, "u", "p"),
        ("smtp+starttls://u%40x:p%2F%3A@mail.vi.du", "mail.vi.du", 587, "u@x", "p/:"),
    ],
)
def test_the_server_is_named_by_a_url(
    url: str, host: str, port: int, user: str | None, password: str | None
) -> None:
    server = smtp_server(url)
    assert (server.host, server.port) == (host, port)
    assert (server.user, server.password) == (user, password)
    assert "p/:" not in repr(server)


@pytest.mark.parametrize(
    "url",
    ["", "mail.vi.du", "http://mail.vi.du:25", "smtp://", "smtp://h:99999", "smtps://h/x",
     "smtp://h?x=1", "smtp://u:sec-ret@mail.vi.du:25"],
)  # fmt: skip
def test_a_wrong_server_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        smtp_server(url)
    assert refused.value.setting == "PHATNGON_SMTP_URL"
    assert "sec-ret" not in str(refused.value)
