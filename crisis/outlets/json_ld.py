"""What a machine reads on a statement's page: schema.org as JSON-LD."""

from typing import Any

from crisis.model.parcel import Act, Parcel
from crisis.model.words import Language, Words
from crisis.outlets.affair import Affair
from crisis.outlets.label import headline, link, wording


def json_ld(
    parcel: Parcel, affair: Affair, *, public_url: str, office: Words, language: Language
) -> dict[str, Any]:
    """A NewsArticle of a government body, with its corrections; times carry their offset."""
    publisher = {"@type": "GovernmentOrganization", "name": office.in_(language)}
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline(parcel, affair, language),
        "identifier": parcel.number,
        "inLanguage": wording(parcel, language).language.value,
        "datePublished": parcel.published_at.isoformat(),
        "publisher": publisher,
        "author": publisher,
        "url": public_url + link(parcel, language),
    }
    described |= _linked(
        "correction", affair.later(parcel, Act.CORRECTION, Act.WITHDRAWAL), public_url, language
    )
    return described | _linked("isBasedOn", affair.earlier(parcel), public_url, language)


def _linked(
    name: str, others: list[Parcel], public_url: str, language: Language
) -> dict[str, list[str]]:
    return {name: [public_url + link(one, language) for one in others]} if others else {}
