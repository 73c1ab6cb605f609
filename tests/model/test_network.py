"""Which addresses the installation talks to."""

import pytest

from crisis.model.network import Reach, may_reach


@pytest.mark.parametrize(
    ("address", "public", "loopback"),
    [
        ("8.8.8.8", True, False),
        ("2606:4700::1111", True, False),
        ("127.0.0.1", False, True),
        ("127.9.9.9", False, True),
        ("::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("::ffff:10.0.0.1", False, False),
        ("::ffff:8.8.8.8", True, False),
        ("64:ff9b::7f00:1", False, True),
        ("64:ff9b::a00:1", False, False),
        ("64:ff9b::808:808", True, False),
        ("10.1.2.3", False, False),
        ("172.16.0.1", False, False),
        ("192.168.1.1", False, False),
        ("169.254.169.254", False, False),
        ("100.64.0.1", False, False),
        ("0.0.0.0", False, False),  # noqa: S104  (an address to refuse)
        ("224.0.0.1", False, False),
        ("255.255.255.255", False, False),
        ("240.0.0.1", False, False),
        ("::", False, False),
        ("fe80::1", False, False),
        ("fe80::1%eth0", False, False),
        ("fc00::1", False, False),
        ("fec0::1", False, False),
        ("ff02::1", False, False),
        ("2002:7f00:1::", False, False),
        ("2001:0:53aa:64c::", False, False),
        ("2001:db8::1", False, False),
        ("vi.du", False, False),
        ("", False, False),
    ],
)
def test_only_plain_public_addresses_or_only_itself(
    address: str, *, public: bool, loopback: bool
) -> None:
    assert may_reach(address, Reach.PUBLIC) == public
    assert may_reach(address, "loopback") == loopback
