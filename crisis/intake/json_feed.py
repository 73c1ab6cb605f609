"""JSON Feed as entries with the names feedparser uses."""

import json


def looks_like(text: str) -> bool:
    """Whether the text may be a JSON Feed."""
    return text.startswith("{") and '"items"' in text


def entries(text: str) -> list[dict[str, object]] | None:
    """The entries of a JSON Feed; None when it is not one."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    rows = feed.get("items")
    if not isinstance(rows, list):
        return None
    home = feed.get("home_page_url") or ""
    return [_entry(row, home) for row in rows if isinstance(row, dict)]


def _entry(row: dict[str, object], home: object) -> dict[str, object]:
    return {
        "title": row.get("title"),
        "link": row.get("url") or row.get("external_url"),
        "id": row.get("id"),
        "summary": row.get("summary") or row.get("content_html") or row.get("content_text"),
        "published": row.get("date_published"),
        "updated": row.get("date_modified"),
        "feed_link": home,
    }
