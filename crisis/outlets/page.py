"""The public site as files: one page per statement and language, lists, archive and feeds."""

from collections.abc import Iterable

from crisis.model.calendar import HANOI
from crisis.model.parcel import Parcel
from crisis.model.words import Language
from crisis.outlets.affair import Affair
from crisis.outlets.feed import feed_files
from crisis.outlets.frame import Frame
from crisis.outlets.label import page_path

ON_FRONT_PAGE = 30
ASSETS = ("site.css", "mark.svg")


def site_files(
    publications: Iterable[Parcel], frame: Frame, *, only: frozenset[str] | None = None
) -> dict[str, bytes]:
    """Every file of the site by its path, in the order in which to write them.

    `only` limits the statement pages to these publication keys; lists and feeds are always whole.
    The same publications give the same bytes. Raises RuleBroken when two share an address.
    """
    affair = Affair(publications)
    files = {f"tin/{name}": (frame.shelf / name).read_bytes() for name in ASSETS}
    for parcel in affair.parcels:
        if only is None or parcel.publication in only:
            files |= _statement_files(parcel, affair, frame)
    for language in Language:
        files |= _list_files(affair, frame, language)
        files |= feed_files(affair, frame, language)
    return files


def languages_of(parcel: Parcel, affair: Affair) -> list[Language]:
    """The languages in which its address has a page."""
    standing = affair.replacement(parcel)
    here = {variant.language for one in (parcel, standing) for variant in one.variants}
    return [language for language in Language if language in here]


def _statement_files(parcel: Parcel, affair: Affair, frame: Frame) -> dict[str, bytes]:
    languages = languages_of(parcel, affair)
    standing = affair.replacement(parcel)
    return {
        f"{page_path(parcel.slug, language)}index.html": frame.render(
            "statement.html",
            language,
            parcel=parcel,
            affair=affair,
            standing=standing,
            languages=languages,
        )
        for language in languages
    }


def _list_files(affair: Affair, frame: Frame, language: Language) -> dict[str, bytes]:
    root = "tin/" if language is Language.VI else "tin/en/"
    newest = list(reversed(affair.parcels))
    by_year: dict[int, list[Parcel]] = {}
    for parcel in newest:
        by_year.setdefault(parcel.published_at.astimezone(HANOI).year, []).append(parcel)

    def page(parcels: list[Parcel], year: int | None) -> bytes:
        return frame.render(
            "list.html", language, parcels=parcels, affair=affair, years=list(by_year), year=year
        )

    files = {
        f"{root}luu-tru/{year}/index.html": page(parcels, year) for year, parcels in by_year.items()
    }
    return files | {f"{root}index.html": page(newest[:ON_FRONT_PAGE], None)}
