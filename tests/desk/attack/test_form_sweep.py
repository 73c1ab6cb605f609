"""Every form of the desk with hostile values: refused in words, never a 500."""

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.desk.attack.conftest import ROLES, Besieged
from tests.desk.attack.hostile import SERVER_ERROR, VALUES, cause
from tests.desk.attack.web_form import Form, forms_of
from tests.desk.door.test_role_matrix import ROWS

STEP = 7
"""Which values a field gets: in turn, so that all of them are used somewhere."""


def hostile(form: Form, every: int) -> Iterator[tuple[str, dict[str, str]]]:
    """All fields with one value, then each alone with some among honest ones; what it was."""
    # Content is read anew for each of its forms, which takes seconds.
    step = max(every, 6) if form.action.startswith("/noi-dung/") else every
    for value in VALUES[::step]:
        yield f"all={value[:30]!r}", form.honest | dict.fromkeys(form.free, value)
    for place, name in enumerate(form.free):
        value = VALUES[(place * STEP) % len(VALUES)]
        yield f"{name}={value[:30]!r}", form.honest | {name: value}


async def send(web: httpx.AsyncClient, form: Form, data: dict[str, str], csrf: str) -> Any:
    """What the form is answered with."""
    if form.method == "GET":
        return await web.get(form.action, params={k: v[:500] for k, v in data.items()})
    return await web.post(form.action, data=data | ({"csrf": csrf} if csrf else {}))


async def forms_for(web: httpx.AsyncClient, siege: Besieged, known: set[Any]) -> list[Form]:
    """The forms that this browser finds and nobody before it did; what ends things comes last."""
    found = {}
    for there in siege.starts:
        page = await web.get(there)
        found |= {form.key: form for form in forms_of(page.text, there) if form.key not in known}
    known |= set(found)
    kept = [form for form in found.values() if form.action != "/ra"]
    return sorted(kept, key=lambda form: (form.method != "GET", "/duyet/" in form.action))


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("under_siege", "every", "least"),
    [("postgresql", 3, 800), ("sqlite", 10, 300)],
    indirect=["under_siege"],
    ids=["postgresql", "sqlite"],
)
async def test_no_form_makes_the_desk_fail(
    under_siege: Besieged, every: int, least: int, caplog: pytest.LogCaptureFixture
) -> None:
    known: set[Any] = set()
    sent, failed = 0, {}
    for who in ("", *ROLES, "legal"):
        async with under_siege.browser(who) as (web, csrf):
            for form in await forms_for(web, under_siege, known):
                for what, data in hostile(form, every):
                    sent += 1
                    try:
                        answer = await send(web, form, data, csrf)
                    except httpx.TimeoutException:
                        failed[form.action, "no answer within a minute"] = what
                        continue
                    if answer.status_code >= SERVER_ERROR:
                        failed[form.action, cause(caplog)] = what
    assert len(known) > 45
    assert sent > least
    assert failed == {}


async def test_a_broken_body_is_refused(besieged: Besieged) -> None:
    """Bodies that are no form, half a form, or a form of another kind."""
    multipart = "multipart/form-data"
    url = "application/x-www-form-urlencoded"
    bodies = (
        (multipart, b"--x"),
        (f"{multipart}; boundary=", b"--x\r\n"),
        (f"{multipart}; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
        (f"{multipart}; boundary=x", b'--x\r\nContent-Disposition: form-data; name="csrf"'),
        (f"{multipart}; boundary=\xff", b"--x--"),
        (url, b"&" * 10_000),
        (url, b"csrf=%ED%A0%80&a=%FF%FE&%00=%00"),
        (url, b"csrf=" + "đ".encode("utf-16")),
        (f"{url}; charset=utf-7", b"csrf=+ADw-"),
        ("application/json", b'{"csrf": "x"}'),
        ("", b"\x00\xff"),
    )
    paths = [path for method, path in ROWS if method == "POST" and "{" not in path]
    paths += [f"/viec/{besieged.task}/tra-loi", f"/duyet/{besieged.statement}"]
    async with besieged.browser("coordinator") as (web, _):
        calls = [
            web.post(path, content=body, headers={"content-type": kind.encode("latin-1")})
            for path in paths
            for kind, body in bodies
        ]
        codes = [(await one).status_code for one in calls]
    assert len(codes) > 100
    assert [code for code in codes if code >= SERVER_ERROR or code in {200, 303}] == []


async def test_a_slow_or_broken_off_request_stops_nobody(besieged: Besieged) -> None:
    """Half a request keeps its connection, and only that."""
    parts = urlsplit(besieged.url)
    halves = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(30)]
    for _, writer in halves:
        writer.write(b"POST /vao HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nemail=a")
        await writer.drain()
    async with besieged.browser() as (web, _):
        assert (await web.get("/healthz")).status_code == 200
    for _, writer in halves:
        writer.close()
