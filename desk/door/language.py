"""The reader's language: how it is chosen, and the words of the pages in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import read_po
from fastapi import Request

from crisis.model.words import Language, Words

COOKIE = "ngon-ngu"
QUERY = "lang"


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """The pages' words in one language; `catalogue` holds translations of Vietnamese texts."""

    language: Language
    catalogue: Mapping[str, str] = field(default_factory=dict)

    def text(self, message: str, **values: object) -> str:
        """`message` (Vietnamese) in the reader's language, with `%(name)s` filled in."""
        found = self.catalogue.get(message, message)
        return found % values if values else found

    def say(self, vi: str, en: str) -> str:
        """Of the two texts the one that the reader understands."""
        return en if self.language is Language.EN else vi

    def told(self, words: Words) -> str:
        """The words in the reader's language."""
        return words.in_(self.language)


def speeches(locale: Path) -> dict[Language, Speech]:
    """The speech of every language, from the catalogues under `locale`."""
    folder = locale / Language.EN.value / "LC_MESSAGES"
    english: dict[str, str] = {}
    for file in sorted(folder.glob("*.po")):
        english |= catalogue_of(file)
    return {
        Language.VI: Speech(language=Language.VI),
        Language.EN: Speech(language=Language.EN, catalogue=english),
    }


def catalogue_of(file: Path) -> dict[str, str]:
    """The translations in one `.po` file; what is not translated yet is left out."""
    with file.open("rb") as source:
        catalogue = read_po(source)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}


def language_of(request: Request, own: str | None) -> Language:
    """The language asked for in the address, kept in the cookie, `own` (the user's), or accepted.

    Vietnamese where nothing is said.
    """
    asked = (request.query_params.get(QUERY), request.cookies.get(COOKIE), own)
    known = next((one for one in asked if one in {"vi", "en"}), None)
    return Language(known) if known else _accepted(request.headers.get("accept-language", ""))


def _accepted(header: str) -> Language:
    """The first of our languages in an Accept-Language header that lists them by preference."""
    wishes: list[tuple[float, Language]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        language = tag.strip().lower()[:2]
        if language in {"vi", "en"}:
            wishes.append((-_weight(weight), Language(language)))
    return min(wishes, key=lambda wish: wish[0], default=(0.0, Language.VI))[1]


def _weight(written: str) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0
