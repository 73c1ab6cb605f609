"""HTTP to an address that was looked at first: the name is resolved once and the IP is pinned."""

import asyncio
import ssl
from socket import SOCK_STREAM, gaierror

import httpx

from crisis.model.network import Reach, may_reach


class Unreachable(httpx.ConnectError):
    """No address for the name (later), or one that this installation does not talk to (never)."""

    def __init__(self, name: str, *, permanent: bool, request: httpx.Request) -> None:
        why = "leads to a forbidden address" if permanent else "has no address"
        super().__init__(f"{name} {why}", request=request)
        self.permanent = permanent


class PinnedTransport(httpx.AsyncBaseTransport):
    """Connects only to addresses that `reach` allows, and to the very one that was checked.

    A name with any forbidden address is refused as a whole: one that answers now with a public
    and then with an inner address is an attack. TLS still checks the certificate by name.
    """

    def __init__(self, reach: Reach | str, *, tls: ssl.SSLContext | None = None) -> None:
        self._reach = Reach(reach)
        self._wire = httpx.AsyncHTTPTransport(
            verify=tls or ssl.create_default_context(), trust_env=False, retries=0
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` to the pinned address. Raises httpx.HTTPError, Unreachable."""
        name = request.url.host
        address = await self._checked(name, request.url.port, request)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": name},
        )
        return await self._wire.handle_async_request(pinned)

    async def _checked(self, name: str, port: int | None, request: httpx.Request) -> str:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(name, port or 443, type=SOCK_STREAM)
        except (gaierror, UnicodeError) as error:
            raise Unreachable(name, permanent=False, request=request) from error
        addresses = [str(where[4][0]) for where in found]
        refused = [one for one in addresses if not may_reach(one, self._reach)]
        if refused or not addresses:
            raise Unreachable(name, permanent=True, request=request)
        return addresses[0]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()
