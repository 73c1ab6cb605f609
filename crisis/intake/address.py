"""Which web addresses a fetcher may connect to; an argument of everything that fetches."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from crisis.model.errors import NotAllowed
from crisis.model.network import Reach, may_reach
from crisis.model.words import words

WEB_PORTS = frozenset({80, 443})
LONGEST = 2_000
"""Characters of an address."""

_LITERAL = frozenset("0123456789.:")


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressPolicy:
    """The networks and ports a fetcher may use; `ports` None means any (tests on loopback)."""

    reach: Reach = Reach.PUBLIC
    ports: frozenset[int] | None = WEB_PORTS


PUBLIC = AddressPolicy()
LOOPBACK = AddressPolicy(reach=Reach.LOOPBACK, ports=None)


def web_address(url: str, policy: AddressPolicy) -> tuple[SplitResult, str, int]:
    """The parts, host and port of a URL that may be fetched; raises `NotAllowed` for any other."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise refused(vi="địa chỉ sai", en="the address is malformed") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise refused(vi="chỉ nhận http và https", en="only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise refused(vi="địa chỉ chứa tên đăng nhập", en="the address holds a login")
    port = port or (443 if parts.scheme == "https" else 80)
    if policy.ports is not None and port not in policy.ports:
        raise refused(vi=f"cổng {port} không được phép", en=f"port {port} is not allowed")
    return parts, host, port


def must_be_read(url: str, policy: AddressPolicy) -> None:
    """Raises NotAllowed for what no reading would ever be let through to."""
    if len(url) > LONGEST or any(sign.isspace() for sign in url):
        raise refused(vi="địa chỉ sai", en="the address is malformed")
    _, host, _ = web_address(url, policy)
    literal = ":" in host or set(host) <= _LITERAL
    if host == "localhost":
        host, literal = "127.0.0.1", True
    if literal and not may_reach(host, policy.reach):
        raise refused(
            vi="địa chỉ không thuộc mạng công cộng", en="not an address of the public net"
        )


def refused(*, vi: str, en: str) -> NotAllowed:
    """The refusal of our own address policy, with its reason."""
    return NotAllowed(words(f"Không tải: {vi}.", f"Not fetched: {en}."))
