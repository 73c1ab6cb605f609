"""The public site: files that the site outlet wrote, with their types and caching headers."""

import asyncio
import re
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from desk.door.app_state import office_of
from desk.door.language import language_of
from desk.door.page import render

router = APIRouter(include_in_schema=False)

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
NAMED = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
PAGE_SECONDS, ASSET_SECONDS = 60, 3600
"""How long a reader's machine may keep a page or feed, and a style sheet or picture."""

_PART = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}", re.IGNORECASE)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


@router.api_route("/tin", methods=["GET", "HEAD"])
async def front() -> Response:
    """The site's front page has a final slash."""
    return RedirectResponse("/tin/", status_code=308)


@router.api_route("/tin/{path:path}", methods=["GET", "HEAD"])
async def page(request: Request, path: str) -> Response:
    """A file of the site; the front page before anything was published."""
    site = office_of(request).settings.site_dir / "tin"
    file = _file(site, path)
    found = await asyncio.to_thread(_read, site, file) if file is not None else None
    if found is None:
        return await _missing(request, site, path)
    if file is not None and file.name == "index.html" and path and not path.endswith("/"):
        return RedirectResponse(f"/tin/{path}/", status_code=308)
    return _served(request, file or site, found)


def _file(site: Path, path: str) -> Path | None:
    """The file that a path means; None for one that cannot be of this site."""
    parts = [part for part in path.split("/") if part]
    if any(not _PART.fullmatch(part) or ".." in part for part in parts):
        return None
    there = site.joinpath(*parts)
    return there if there.suffix in TYPES or there.name in NAMED else there / "index.html"


def _read(site: Path, file: Path) -> bytes | None:
    """The bytes of a file that lies in the site, links followed; None where there is none."""
    if not file.resolve().is_relative_to(site.resolve()) or not file.is_file():
        return None
    return file.read_bytes()


def _served(request: Request, file: Path, content: bytes) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    asset = file.suffix in {".css", ".svg"}
    headers = _HEADERS | {
        "ETag": tag,
        "Cache-Control": f"public, max-age={ASSET_SECONDS if asset else PAGE_SECONDS}",
    }
    known = {one.strip().removeprefix("W/") for one in _if_none_match(request)}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    kind = NAMED.get(file.name) or TYPES[file.suffix]
    return Response(content, media_type=kind, headers=headers)


def _if_none_match(request: Request) -> list[str]:
    return request.headers.get("if-none-match", "").split(",")


async def _missing(request: Request, site: Path, path: str) -> Response:
    """Nothing was published yet (200, front page only), or there is no such page (404)."""
    empty = path in {"", "en/"} and not (site / "index.html").is_file()
    request.state.signed = None
    response = render(
        request,
        "task_site_empty.html",
        status=200 if empty else 404,
        empty=empty,
        home="/tin/" if language_of(request, None).value == "vi" else "/tin/en/",
        here=request.url.path,
    )
    response.headers["Cache-Control"] = "no-cache" if empty else "public, max-age=10"
    return response
