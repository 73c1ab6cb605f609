"""The mail server: it answers EHLO as configured; nobody signs in and nothing is sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib

from crisis.clock import Clock
from crisis.model.words import words
from crisis.outlets.smtp_server import SmtpServer, smtp_server
from crisis.settings import Settings
from desk.doctor.certificate import held
from desk.doctor.finding import Finding, ok, problem, skipped

STARTTLS = "smtp+starttls"
SECONDS = 4.0


async def mail(settings: Settings) -> Finding:
    """Whether the server greets us, and offers STARTTLS where that is configured."""
    server = smtp_server(settings.smtp_url.get_secret_value())
    async with _greeted(server) as line:
        offered = line.supports_extension("starttls")
    if server.scheme == STARTTLS and not offered:
        return problem(
            words(
                f"Máy chủ thư {server.host}:{server.port} không hỗ trợ STARTTLS.",
                f"The mail server {server.host}:{server.port} does not offer STARTTLS.",
            ),
            words(
                "Bật STARTTLS trên máy chủ, hoặc dùng smtps:// trong PHATNGON_SMTP_URL.",
                "Turn STARTTLS on at the server, or use smtps:// in PHATNGON_SMTP_URL.",
            ),
        )
    return ok(
        words(
            f"Máy chủ thư {server.host}:{server.port} trả lời.",
            f"The mail server {server.host}:{server.port} answers.",
        )
    )


async def mail_certificate(settings: Settings, real: Clock) -> Finding:
    """The mail server's certificate, where the connection has one."""
    server = smtp_server(settings.smtp_url.get_secret_value())
    if server.scheme == "smtp":
        return skipped(words("Kết nối thư không dùng TLS.", "The mail connection has no TLS."))
    async with _greeted(server) as line:
        if server.scheme == STARTTLS:
            await line.starttls()
        return held(line.get_transport_info("peercert"), real)


@asynccontextmanager
async def _greeted(server: SmtpServer) -> AsyncIterator[aiosmtplib.SMTP]:
    line = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.scheme == "smtps",
        start_tls=False,
        timeout=SECONDS,
        local_hostname="localhost" if server.local else None,
    )
    try:
        await line.connect()
        await line.ehlo()
        yield line
    finally:
        line.close()
