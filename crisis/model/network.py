"""A network address: whether a fetcher or a webhook may talk to it."""

from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address that a gateway would connect to."""


class Reach(StrEnum):
    """Which networks the installation may talk to: the public ones, or only itself."""

    PUBLIC = "public"
    LOOPBACK = "loopback"


def may_reach(address: str, reach: Reach | str) -> bool:
    """Whether `address` (an IP address in text form) lies where `reach` allows.

    Anything that is not a plain unicast address is refused, and so is an IPv4 address inside an
    IPv6 one unless it would be allowed by itself.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    ip = _unwrapped(ip)
    if Reach(reach) is Reach.LOOPBACK:
        return ip.is_loopback
    return _public(ip)


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def _public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and (ip.sixtofour or ip.teredo or ip.is_site_local):
        return False
    odd = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local
    return ip.is_global and not ip.is_private and not odd
