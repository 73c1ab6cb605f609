"""Press sources as OPML: any reader's file in, and ours out so that it comes back whole."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pydantic import ValidationError

from crisis.intake.address import LONGEST, AddressPolicy, must_be_read
from crisis.intake.page_list import ListRule
from crisis.intake.plain_text import plain
from crisis.model.errors import BadInput, NotAllowed
from crisis.model.words import Words, words

SPACE = "urn:phatngon:press"
_KEPT = ("id", "tier", "weight", "userAgent", "confidence", "note", "rule")
_WEIGHTS = frozenset({"1", "2"})


class Outline(NamedTuple):
    """One address: its name, and what only our own files tell ('' where one does not)."""

    name: str
    url: str
    rule: dict[str, Any] | None = None
    id: str = ""
    tier: str = ""
    weight: int = 1
    user_agent: str = ""
    confidence: str = "medium"
    note: str = ""


class Refused(NamedTuple):
    """An address that is not taken, and why."""

    url: str
    why: Words


class Opml(NamedTuple):
    """What an OPML file lists: each address once, and those that cannot be taken."""

    outlines: tuple[Outline, ...]
    refused: tuple[Refused, ...]


def write_opml(outlines: Iterable[Outline]) -> str:
    """The addresses as OPML 2.0; what other readers do not know stands in a space of its own."""
    body = "\n".join(f"  <outline {_written(one)}/>" for one in outlines)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:p="{escape(SPACE)}">'
        f"<head><title>phatngon</title></head><body>\n{body}\n</body></opml>\n"
    )


def _written(one: Outline) -> str:
    kind = "rss" if one.rule is None else "link"
    own = {
        "id": one.id,
        "tier": one.tier,
        "weight": str(one.weight),
        "userAgent": one.user_agent,
        "confidence": one.confidence,
        "note": one.note,
        "rule": json.dumps(one.rule, ensure_ascii=False) if one.rule else "",
    }
    told = [f'type="{kind}"', f"text={quoteattr(one.name)}", f"xmlUrl={quoteattr(one.url)}"]
    return " ".join([*told, *(f"p:{key}={quoteattr(own[key])}" for key in _KEPT if own[key])])


def read_opml(data: bytes, policy: AddressPolicy) -> Opml:
    """The addresses of an OPML file that `policy` lets a fetcher read. Raises BadInput."""
    root = _root(data)
    found: dict[str, Outline] = {}
    left: dict[str, Refused] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if not url:
            continue
        try:
            one = _outline(outline, url, policy)
        except (NotAllowed, BadInput) as error:
            left.setdefault(url, Refused(url[:200], error.sentence))
        else:
            found.setdefault(one.url, one)
    return Opml(tuple(found.values()), tuple(left.values()))


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data[: 2 * 2**20], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(
            words("Tệp không phải OPML.", "The file is not OPML."), field="file"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise BadInput(
            words("Tệp OPML không được có khai báo DTD.", "An OPML file may not declare a DTD."),
            field="file",
        )
    return root


def _outline(outline: Any, url: str, policy: AddressPolicy) -> Outline:
    must_be_read(url, policy)
    own = {key: outline.get(f"{{{SPACE}}}{key}") or "" for key in _KEPT}
    return Outline(
        name=plain(outline.get("text") or outline.get("title") or url)[:300],
        url=url,
        rule=_rule(own["rule"]),
        id=own["id"][:60],
        tier=own["tier"][:60],
        weight=int(own["weight"]) if own["weight"] in _WEIGHTS else 1,
        user_agent=own["userAgent"][:300],
        confidence=own["confidence"][:20] or "medium",
        note=own["note"][:LONGEST],
    )


def _rule(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        return ListRule.model_validate_json(text).model_dump(mode="json")
    except ValidationError as error:
        raise BadInput(
            words("Cách đọc trang danh sách sai.", "The rule of the list page is malformed.")
        ) from error
