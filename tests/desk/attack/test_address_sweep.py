"""Every address and query of the desk with hostile values: refused in words, never a 500."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from tests.desk.attack.conftest import Besieged
from tests.desk.attack.hostile import RAW, SERVER_ERROR, VALUES, cause
from tests.desk.attack.web_form import links_of
from tests.desk.door.test_role_matrix import ROWS

SHORT = tuple(quote(one, safe="") for one in VALUES if one.strip() and len(one) < 200)
QUERIES = {"lang", "da", "next", "trang", "xem", "nam", "ky", "ngay", "vu-viec", "tim", "sau"}
QUERIES |= {"nhan", "muc", "kich-ban", "giai-doan"}
EVERY = 4
"""Which values an address gets: in turn, so that all of them are used somewhere."""


def addresses(siege: Besieged) -> Iterator[tuple[str, str]]:
    """Every route with each part of its address in turn filled with what is hostile."""
    fit = {"{code}": siege.code, "{year}": "2025", "{kind}": "playbook", "{what}": "x"}
    values = (*SHORT, *(one.decode() for one in RAW))
    for number, (method, path) in enumerate(ROWS):
        parts = [part for part in path.split("/") if part.startswith("{")]
        for part in parts:
            for value in ("%00", "x", *values[number % EVERY :: EVERY]):
                filled = path.replace(part, value)
                for other in parts:
                    filled = filled.replace(other, fit.get(other, siege.statement))
                yield method, filled


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("under_siege", ["sqlite", "postgresql"], indirect=True)
async def test_no_address_makes_the_desk_fail(
    under_siege: Besieged, caplog: pytest.LogCaptureFixture
) -> None:
    failed, sent = {}, 0
    async with under_siege.browser("coordinator") as (web, csrf):
        for method, there in addresses(under_siege):
            data = {"csrf": csrf} if method == "POST" else None
            answer = await web.request(method, there, data=data)
            sent += 1
            if answer.status_code >= SERVER_ERROR:
                failed[method, there] = cause(caplog)
    assert sent > 400
    assert failed == {}


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("under_siege", "every"),
    [("postgresql", 3), ("sqlite", 6)],
    indirect=["under_siege"],
    ids=["postgresql", "sqlite"],
)
async def test_no_query_makes_the_desk_fail(
    under_siege: Besieged, every: int, caplog: pytest.LogCaptureFixture
) -> None:
    failed, sent = {}, 0
    async with under_siege.browser("coordinator") as (web, _):
        pages = {there: (await web.get(there)).text for there in under_siege.starts}
        links = [urlsplit(one) for page in pages.values() for one in links_of(page)]
        names = QUERIES | {name for one in links for name, _ in parse_qsl(one.query)}
        for there in {*pages, *(one.path for one in links)} - {"/ra"}:
            for value in (*SHORT[every // 2 :: every], *(one.decode() for one in RAW)):
                query = "&".join(f"{name}={value}" for name in sorted(names))
                answer = await web.get(f"{there}?{query}")
                sent += 1
                if answer.status_code >= SERVER_ERROR:
                    failed[there, value] = cause(caplog)
    assert sent > 400
    assert failed == {}
