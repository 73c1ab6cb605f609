"""An article page as text: for matching and a short quotation, never for publishing."""

from dataclasses import dataclass
from hashlib import sha256

import trafilatura

from crisis.intake.charset import decode
from crisis.intake.plain_text import plain
from crisis.model.quotation import quoted

SIZE_LIMIT = 3 * 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """The readable text ('' when none), its hash, and a quotation of at most 300 characters."""

    text: str
    sha256: str
    quotation: str


def read_article(data: bytes, *, content_type: str = "") -> Article:
    """The article of a page; no by-line, image or comment is kept."""
    page = decode(data[:SIZE_LIMIT], content_type)
    found = trafilatura.extract(
        page, include_comments=False, include_tables=False, with_metadata=False, fast=True
    )
    paragraphs = [plain(part) for part in (found or "").splitlines()]
    text = "\n".join(part for part in paragraphs if part)
    return Article(
        text=text, sha256=sha256(text.encode("utf-8")).hexdigest(), quotation=quoted(text)
    )
