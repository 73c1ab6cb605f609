"""The public site as the desk serves it: types, caching, languages, and nothing beside it."""

from pathlib import Path
from typing import Any

import httpx
import pytest

PAGES = {
    "tin/index.html": "<!doctype html><title>Tin</title>",
    "tin/en/index.html": "<!doctype html><title>News</title>",
    "tin/san-truong/index.html": "<!doctype html><title>Sân trường</title>",
    "tin/rss.xml": "<rss/>",
    "tin/atom.xml": "<feed/>",
    "tin/feed.json": "{}",
    "tin/site.css": "body{}",
    "tin/mark.svg": "<svg/>",
    "tin/khac.exe": "MZ",
    "tin/.draft": "half",
    "secret.html": "not public",
}


@pytest.fixture
def site(desk: Any) -> Path:
    """A site as the outlet writes it."""
    folder: Path = desk.office.settings.site_dir
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf8")
    return folder


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/tin/", "text/html; charset=utf-8"),
        ("/tin/en/", "text/html; charset=utf-8"),
        ("/tin/san-truong/", "text/html; charset=utf-8"),
        ("/tin/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/tin/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/tin/feed.json", "application/feed+json; charset=utf-8"),
        ("/tin/site.css", "text/css; charset=utf-8"),
        ("/tin/mark.svg", "image/svg+xml"),
    ],
)
async def test_every_file_has_its_type_and_may_be_kept_for_a_while(
    site: Path, client: httpx.AsyncClient, path: str, kind: str
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["cache-control"].startswith("public, max-age=")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    head = await client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]


async def test_what_the_reader_has_already_is_not_sent_again(
    site: Path, client: httpx.AsyncClient
) -> None:
    tag = (await client.get("/tin/")).headers["etag"]
    again = await client.get("/tin/", headers={"If-None-Match": f'"old", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    (site / "tin" / "index.html").write_text("changed", encoding="utf8")
    fresh = await client.get("/tin/", headers={"If-None-Match": tag})
    assert (fresh.status_code, fresh.text) == (200, "changed")


@pytest.mark.parametrize(("path", "there"), [("/tin", "/tin/"), ("/tin/en", "/tin/en/")])
async def test_a_folder_has_a_final_slash(
    site: Path, client: httpx.AsyncClient, path: str, there: str
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (308, there)


@pytest.mark.parametrize(
    "path",
    [
        "/tin/../secret.html",
        "/tin/%2e%2e/secret.html",
        "/tin/..%2fsecret.html",
        "/tin/san-truong/..%5c..%5csecret.html",
        "/tin/%2e%2e%2f%2e%2e%2frecords.db",
        "/tin/.draft",
        "/tin/khac.exe",
        "/tin//etc/passwd",
        "/tin/%00",
        "/tin/a%0d%0aSet-Cookie:x",
        "/tin/khong-co/",
        "/tin/link.html",
    ],
)
async def test_nothing_beside_the_site_is_served(
    site: Path, client: httpx.AsyncClient, path: str
) -> None:
    (site / "tin" / "link.html").symlink_to(site / "secret.html")
    answer = await client.get(path)
    assert answer.status_code in {303, 404}
    assert "not public" not in answer.text
    assert "half" not in answer.text


async def test_a_missing_page_says_so_in_the_readers_language(
    site: Path, client: httpx.AsyncClient
) -> None:
    vi = await client.get("/tin/khong-co/")
    en = await client.get("/tin/khong-co/", headers={"Accept-Language": "en-GB"})
    assert "Không tìm thấy trang" in vi.text
    assert "Page not found" in en.text
    assert 'href="/tin/en/"' in en.text


async def test_before_anything_is_published_the_front_page_says_so(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/tin/")
    assert answer.status_code == 200
    assert "Chưa có phát ngôn nào được công bố" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
