"""A parcel: one frozen publication on its way to one outlet."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.model.errors import BadInput
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Language, words

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LIMIT = 120
"""Characters; a slug is a folder name, and file systems end at 255 bytes."""

RESERVED_SLUGS = frozenset({"en", "vi", "luu-tru", "archive"})
"""Names that the public site uses beside statements."""


class Act(StrEnum):
    """What a publication does to the ones it refers to."""

    FIRST = "first"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """An earlier publication of the same family that this one acts on."""

    publication: str
    slug: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One frozen publication for one outlet (and one recipient, on a press list).

    `key` is the business key of the delivery; `code` the incident's; `number` the document number
    shown to readers. A withdrawal's `variants` hold its replacement text. Raises BadInput on a slug
    that is no safe folder name, and on an act that lacks, or must not have, its references.
    """

    key: str
    outlet: str
    publication: str
    statement: str
    version: int
    slug: str
    code: str
    number: str
    kind: StatementKind
    act: Act = Act.FIRST
    exercise: bool
    published_at: datetime
    variants: tuple[Variant, ...]
    references: tuple[Reference, ...] = ()
    recipient: str = ""

    def __post_init__(self) -> None:
        for slug in (self.slug, *(r.slug for r in self.references)):
            _check_slug(slug)
        _check_references(self.act, self.references)

    def variant(self, language: Language) -> Variant | None:
        """The words in `language`, where this outlet has them."""
        return next((v for v in self.variants if v.language == language), None)


def _check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LIMIT or slug in RESERVED_SLUGS:
        raise BadInput(
            words(
                "Địa chỉ trang chỉ gồm chữ thường không dấu, chữ số và gạch nối.",
                "A page address has only lower-case ASCII letters, digits and single hyphens.",
            ),
            field="slug",
        )


def _check_references(act: Act, references: tuple[Reference, ...]) -> None:
    if (act is Act.FIRST) == bool(references):
        raise BadInput(
            words(
                "Bản cập nhật, đính chính, thu hồi phải dẫn chiếu bản trước; bản đầu thì không.",
                "An update, correction or withdrawal refers to an earlier publication;"
                " a first one does not.",
            ),
            field="references",
        )
