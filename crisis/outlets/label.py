"""What a publication is called in lists, feeds and links, and where its page stands."""

from collections.abc import Mapping

from crisis.model.parcel import Act, Parcel
from crisis.model.statement import Variant
from crisis.model.words import Language, Words, words
from crisis.outlets.affair import Affair

ACTS: Mapping[Act, Words] = {
    Act.FIRST: words("", ""),
    Act.UPDATE: words("Cập nhật", "Update"),
    Act.CORRECTION: words("Đính chính", "Correction"),
    Act.WITHDRAWAL: words("Thu hồi", "Withdrawal"),
}


EXERCISE = words("DIỄN TẬP", "EXERCISE")
WITHDRAWN = words("Đã thu hồi", "Withdrawn")
CORRECTED = words("Đã đính chính", "Corrected")


def wording(parcel: Parcel, language: Language) -> Variant:
    """Its words in `language`, or in the source language where it has none."""
    return parcel.variant(language) or parcel.variants[0]


def headline(parcel: Parcel, affair: Affair, language: Language) -> str:
    """Its title as a list or a feed shows it; a withdrawn title is not repeated."""
    return " ".join([*_tags(parcel, affair, language), title(parcel, affair, language)])


def title(parcel: Parcel, affair: Affair, language: Language) -> str:
    """Its title, or its number where it was withdrawn."""
    if affair.later(parcel, Act.WITHDRAWAL):
        withdrawn = words(f"Nội dung số {parcel.number}", f"Statement No. {parcel.number}")
        return withdrawn.in_(language)
    return wording(parcel, language).title


def _tags(parcel: Parcel, affair: Affair, language: Language) -> list[str]:
    tags = []
    if parcel.exercise:
        tags.append(EXERCISE)
    if affair.later(parcel, Act.WITHDRAWAL):
        tags.append(WITHDRAWN)
    elif affair.later(parcel, Act.CORRECTION):
        tags.append(CORRECTED)
    if parcel.act is not Act.FIRST:
        tags.append(ACTS[parcel.act])
    return [f"[{tag.in_(language)}]" for tag in tags]


def page_path(slug: str, language: Language) -> str:
    """Path of a statement's page, with the final slash and without the first."""
    return f"tin/{slug}/" if language is Language.VI else f"tin/{slug}/en/"


def link(parcel: Parcel, language: Language) -> str:
    """The address of its page from the root of the site, in `language` where it has one."""
    return "/" + page_path(parcel.slug, wording(parcel, language).language)
