"""The mail server that takes our messages, as configured."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from crisis.model.errors import Misconfigured
from crisis.model.words import words

SETTING = "PHATNGON_SMTP_URL"
DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpServer:
    """Where mail is handed over, and how; read from a URL by `smtp_server`."""

    host: str
    port: int
    scheme: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def local(self) -> bool:
        """Whether it runs on this machine."""
        return _local(self.host)


def smtp_server(url: str) -> SmtpServer:
    """The server named by `smtp://`, `smtp+starttls://` or `smtps://` `user:password@host:port`.

    Raises Misconfigured; the error never repeats the URL, for it may hold a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise _misconfigured() from error
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or rest:
        raise _misconfigured()
    if parts.username and parts.scheme == "smtp" and not _local(parts.hostname):
        raise Misconfigured(
            words(
                "Không gửi mật khẩu SMTP qua đường truyền không mã hóa; hãy dùng smtp+starttls.",
                "An SMTP password is not sent in the clear; use smtp+starttls:// or smtps://.",
            ),
            setting=SETTING,
        )
    return SmtpServer(
        host=parts.hostname,
        port=port,
        scheme=parts.scheme,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _misconfigured() -> Misconfigured:
    return Misconfigured(
        words(
            "Địa chỉ máy chủ SMTP phải có dạng smtp+starttls://người-dùng:mật-khẩu@máy-chủ:cổng.",
            "The SMTP address must look like smtp+starttls://user:password@host:port.",
        ),
        setting=SETTING,
    )


def _local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
