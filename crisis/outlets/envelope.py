"""The envelope of one mail: what may be handed to a server at all."""

import re

from crisis.model.outlet import DeliveryFailed

LINE_LIMIT = 998
"""Octets without the line end (RFC 5322, 2.1.1): servers cut or refuse longer lines."""

_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)|\x00")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")


def check_message(outlet: str, message: bytes) -> None:
    """Refuse bytes that servers read in different ways: bare CR or LF, NUL, over-long lines.

    Raises DeliveryFailed, permanent.
    """
    if _BARE.search(message) or not message.endswith(b"\r\n"):
        raise DeliveryFailed(outlet, permanent=True, detail="line ends must all be CRLF, no NUL")
    if any(len(line) > LINE_LIMIT for line in message.split(b"\r\n")):
        raise DeliveryFailed(outlet, permanent=True, detail=f"a line exceeds {LINE_LIMIT} octets")


def check_address(outlet: str, address: str) -> None:
    """Refuse anything that is not exactly one plain mail address.

    Raises DeliveryFailed, permanent.
    """
    if not _ADDRESS.fullmatch(address):
        raise DeliveryFailed(outlet, permanent=True, detail="not exactly one mail address")
