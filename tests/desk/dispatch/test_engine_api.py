"""How the desk bears with a Prefect server that is busy, strict or strange; a real HTTP server."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crisis.model.errors import OutsideFailure
from desk.engine_api import RESTS, EngineApi

TOKEN = b'{"token": "t-1"}'


class Prefect(ThreadingHTTPServer):
    """Answers POST with the statuses it was told, one after the other; the last one stays."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.statuses = [200]
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Door(BaseHTTPRequestHandler):
    """One question to the server above."""

    server: Prefect

    def do_GET(self) -> None:
        self._answer(200, TOKEN)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((self.path, dict(self.headers.items())))
        left = self.server.statuses
        self._answer(left.pop(0) if len(left) > 1 else left[0], b'{"id": "run-1"}')

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def prefect() -> Iterator[Prefect]:
    with Prefect() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def test_a_busy_database_is_asked_again(prefect: Prefect) -> None:
    prefect.statuses = [503, 503, 503, 201]
    assert await EngineApi(url=prefect.url).post("/runs", {}) == {"id": "run-1"}
    assert len(prefect.asked) == 4


async def test_a_database_that_stays_busy_is_a_passing_trouble(prefect: Prefect) -> None:
    prefect.statuses = [503]
    with pytest.raises(OutsideFailure, match="answered 503") as trouble:
        await EngineApi(url=prefect.url).post("/runs", {})
    assert not trouble.value.permanent
    assert len(prefect.asked) == 1 + len(RESTS)


async def test_what_is_not_there_is_none(prefect: Prefect) -> None:
    prefect.statuses = [404]
    assert await EngineApi(url=prefect.url).post("/nowhere", {}) is None


async def test_a_token_is_fetched_when_asked_for_and_kept(prefect: Prefect) -> None:
    api = EngineApi(url=prefect.url)
    prefect.statuses = [403, 201]
    await api.post("/runs", {})
    await api.post("/runs", {})
    tokens = [headers.get("Prefect-Csrf-Token") for _, headers in prefect.asked]
    assert tokens == [None, "t-1", "t-1"]
    clients = [headers.get("Prefect-Csrf-Client") for _, headers in prefect.asked]
    assert clients[1] == clients[2] != ""


async def test_the_authentication_string_goes_along(prefect: Prefect) -> None:
    await EngineApi(url=prefect.url, auth="phatngon:bí mật").post("/runs", {})
    ((_, headers),) = prefect.asked
    assert headers["Authorization"] == "Basic cGhhdG5nb246YsOtIG3huq10"


async def test_an_address_that_is_none_is_a_passing_trouble() -> None:
    with pytest.raises(OutsideFailure, match="does not answer"):
        await EngineApi(url="http://[").get("/health")
