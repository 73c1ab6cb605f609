"""A real HTTP server on loopback that misbehaves on demand."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

RSS = (
    b"<rss><channel><item><title>Tin</title>"
    b"<link>https://bao.example/1</link></item></channel></rss>"
)


@dataclass
class Paper:
    """The server: its address, and each request's head as received."""

    url: str = ""
    heads: list[str] = field(default_factory=list)


def _answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


# Made once: what the server allocates while a test measures would count against the reader.
_BOMB = _answer("200 OK", gzip.compress(b"0" * 40_000_000), "Content-Encoding: gzip")


_PAGES: dict[str, Callable[[str], bytes]] = {
    "/feed": lambda head: (
        _answer("304 Not Modified")
        if 'if-none-match: "v1"' in head.lower()
        else _answer(
            "200 OK",
            RSS,
            'ETag: "v1"',
            "Last-Modified: Mon, 23 Nov 2026 01:00:00 GMT",
            "Content-Type: text/xml",
        )
    ),
    "/zipped": lambda _: _answer("200 OK", gzip.compress(RSS), "Content-Encoding: gzip"),
    "/cut": lambda _: _answer("200 OK", gzip.compress(RSS)[:-12], "Content-Encoding: gzip"),
    "/bomb": lambda _: _BOMB,
    "/brotli": lambda _: _answer("200 OK", b"\x0b", "Content-Encoding: br"),
    "/large": lambda _: _answer("200 OK", b"x" * 3_000_000),
    "/moved": lambda _: _answer("301 Moved Permanently", b"", "Location: /feed"),
    "/endless": lambda _: _answer("302 Found", b"", "Location: /endless"),
    "/inside": lambda _: _answer("302 Found", b"", "Location: http://10.0.0.1/"),
    "/crooked": lambda _: _answer("302 Found", b"", "Location: http://[::1"),
    "/file": lambda _: _answer("302 Found", b"", "Location: file:///etc/hostname"),
    "/forbidden": lambda _: _answer("403 Forbidden"),
    "/gone": lambda _: _answer("404 Not Found"),
    "/busy": lambda _: _answer("429 Too Many Requests", b"", "Retry-After: 3600"),
    "/failing": lambda _: _answer("503 Service Unavailable"),
    "/rubbish": lambda _: b"SSH-2.0-OpenSSH\r\n",
    "/half": lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    "/teapot": lambda _: _answer("204 No Content"),
}


@pytest.fixture
async def paper() -> AsyncIterator[Paper]:
    """A paper's web server; `/drip` and `/hang` never finish."""
    one = Paper()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        one.heads.append(head)
        path = head.split(" ")[1]
        try:
            if path == "/drip":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while True:
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.02)
            if path == "/hang":
                await reader.read()
            writer.write(_PAGES[path](head))
            await writer.drain()
        except ConnectionError:
            pass  # the client has seen enough
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    one.url = f"http://127.0.0.1:{port}"
    async with server:
        yield one
