"""Certificates: how many days the public address's and the mail server's still hold."""

import asyncio
import ssl
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from crisis.clock import Clock
from crisis.model.words import words
from crisis.settings import Settings
from desk.doctor.finding import Finding, ok, skipped, warning

SOON_DAYS = 21
HTTPS = 443


async def site_certificate(settings: Settings, real: Clock) -> Finding:
    """The public address's certificate. Raises OSError where it is refused or nobody answers."""
    address = urlsplit(settings.public_url)
    if address.scheme != "https":
        return skipped(
            words("Địa chỉ công khai không dùng https.", "The public address is not https.")
        )
    trust = ssl.create_default_context()
    _, writer = await asyncio.open_connection(address.hostname, address.port or HTTPS, ssl=trust)
    try:
        return held(writer.get_extra_info("peercert"), real)
    finally:
        writer.transport.abort()


def held(certificate: Any, real: Clock) -> Finding:
    """How long a certificate that was accepted still holds."""
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    days = (ends - real.real_now()).days
    says = words(f"Chứng thư còn {days} ngày.", f"The certificate holds for {days} days.")
    if days > SOON_DAYS:
        return ok(says)
    return warning(says, words("Gia hạn chứng thư.", "Renew the certificate."))
