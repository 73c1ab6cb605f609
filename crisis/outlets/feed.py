"""The site's feeds: RSS 2.0, Atom and JSON Feed, with ids that never change.

A correction is an item of its own that links to the old one; the old item says that it was
corrected or withdrawn, and a withdrawn text is replaced by its replacement.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from crisis.model.parcel import Act, Parcel
from crisis.model.statement import KIND_WORDS
from crisis.model.words import Language, words
from crisis.outlets.affair import Affair
from crisis.outlets.fragment import approved_fragment
from crisis.outlets.frame import Frame
from crisis.outlets.label import headline, link, wording

LATEST = 50
EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without items last changed: the builder must not ask the clock."""

SUBTITLE = words("Thông tin chính thức gửi báo chí và nhân dân", "Official statements")
RELATIONS = (
    (Act.WITHDRAWAL, words("Đã được thu hồi", "Withdrawn by")),
    (Act.CORRECTION, words("Đã được đính chính", "Corrected by")),
    (Act.UPDATE, words("Đã được cập nhật", "Updated by")),
)
REFERS = words("Liên quan đến nội dung trước", "Refers to the earlier statement")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One publication as a feed shows it; `content` is HTML, `related` what it refers to."""

    id: str
    title: str
    address: str
    related: tuple[str, ...]
    language: Language
    kind: str
    kind_id: str
    content: str
    published_at: datetime
    updated_at: datetime
    facts: dict[str, object]


def feed_files(affair: Affair, frame: Frame, language: Language) -> dict[str, bytes]:
    """`rss.xml`, `atom.xml` and `feed.json` of one language by their paths."""
    root = "tin/" if language is Language.VI else "tin/en/"
    latest = list(reversed(affair.parcels))[:LATEST]
    items = [_item(parcel, affair, frame.public_url, language) for parcel in latest]
    values = {
        "items": items,
        "subtitle": SUBTITLE,
        "feed_id": stable_id(frame.public_url, language),
        "updated": max((item.updated_at for item in items), default=EMPTY_SINCE),
    }
    return {
        f"{root}rss.xml": frame.render("rss.xml", language, **values),
        f"{root}atom.xml": frame.render("atom.xml", language, **values),
        f"{root}feed.json": _json_feed(frame, f"{frame.public_url}/{root}", language, items),
    }


def stable_id(publication: str, language: Language) -> str:
    """The item's id for ever: it depends on the publication's key, not on any address."""
    return uuid5(NAMESPACE_URL, f"phatngon:{publication}:{language.value}").urn


def _item(parcel: Parcel, affair: Affair, public_url: str, language: Language) -> Item:
    earlier = affair.earlier(parcel)
    standing = wording(affair.replacement(parcel), language)
    return Item(
        id=stable_id(parcel.publication, language),
        title=headline(parcel, affair, language),
        address=public_url + link(parcel, language),
        related=tuple(public_url + link(one, language) for one in earlier),
        language=standing.language,
        kind=KIND_WORDS[parcel.kind].in_(language),
        kind_id=parcel.kind.value,
        content=_content(parcel, affair, public_url, language),
        published_at=parcel.published_at,
        updated_at=_changed_at(parcel, affair),
        facts={
            "number": parcel.number,
            "act": parcel.act.value,
            "kind": parcel.kind.value,
            "exercise": parcel.exercise,
            "sha256": standing.sha256,
            "refers_to": [stable_id(one.publication, language) for one in earlier],
        },
    )


def _changed_at(parcel: Parcel, affair: Affair) -> datetime:
    later = affair.later(parcel, Act.UPDATE, Act.CORRECTION, Act.WITHDRAWAL)
    return max(one.published_at for one in (parcel, affair.replacement(parcel), *later))


def _content(parcel: Parcel, affair: Affair, public_url: str, language: Language) -> str:
    related = [(what, other) for act, what in RELATIONS for other in affair.later(parcel, act)]
    related += [(REFERS, other) for other in affair.earlier(parcel)]
    notes = [
        Markup('<p><strong>{}: <a href="{}">{}</a></strong></p>').format(
            what.in_(language), public_url + link(other, language), other.number
        )
        for what, other in related
    ]
    text = approved_fragment(wording(affair.replacement(parcel), language))
    return str(Markup("").join([*notes, text]))


def _json_feed(frame: Frame, home: str, language: Language, items: list[Item]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": frame.office.in_(language),
        "description": SUBTITLE.in_(language),
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "language": language.value,
        "items": [_json_item(item) for item in items],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_html": item.content,
        "date_published": item.published_at.isoformat(),
        "date_modified": item.updated_at.isoformat(),
        "language": item.language.value,
        "tags": [item.kind],
        "_phatngon": item.facts,
    }
