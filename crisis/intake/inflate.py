"""Compressed bodies, opened no further than a limit."""

import zlib


class TooLarge(Exception):
    """The body is larger than the limit."""


class Inflate:
    """Opens `gzip`, `deflate` or plain chunks one by one; raises `TooLarge`, `zlib.error`, or
    `LookupError` for other encodings.
    """

    def __init__(self, encoding: str, *, limit: int) -> None:
        self._limit = limit
        self._held: list[bytes] = []
        self._size = 0
        self._opener = _opener(encoding.strip().lower())

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk from the wire."""
        if self._opener is None:
            self._keep(chunk)
            return
        self._keep(self._opener.decompress(chunk, self._limit - self._size + 1))

    def body(self) -> bytes:
        """All that was taken; raises `zlib.error` when the compressed stream was cut off."""
        if self._opener is not None and not self._opener.eof and self._size:
            msg = "the compressed body is cut off"
            raise zlib.error(msg)
        return b"".join(self._held)

    def begun(self) -> bytes:
        """What was opened so far, up to the limit."""
        return b"".join(self._held)[: self._limit]

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        self._held.append(data)
        if self._size > self._limit:
            raise TooLarge


def _opener(encoding: str) -> "zlib._Decompress | None":
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(31)
    if encoding == "deflate":
        return zlib.decompressobj(47)
    raise LookupError(encoding)


def unzipped(data: bytes, *, limit: int) -> bytes:
    """What a `.gz` file holds, at most a byte more than `limit` and what is there of one cut off;
    anything else as it is.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(31).decompress(data, limit + 1)
    except zlib.error:
        return data
