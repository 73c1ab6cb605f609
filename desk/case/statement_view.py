"""A statement as its page shows it: versions with what changed, approvals, publications."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.playbook_section import OutletId
from crisis.model.statement import KIND_WORDS, LIFECYCLE_WORDS, Lifecycle, StatementKind, Variant
from crisis.model.words import LANGUAGE_WORDS, Language, Words
from crisis.office.statement.audience import outlet_words
from crisis.records import approval_request, delivery, publication_list, wording
from crisis.records.schema.publication import Delivery, Publication
from crisis.records.schema.statement import ApprovalRow, StatementRow, StatementVersion
from desk.door.word_diff import Span, difference


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One variant with the name of its place, and what changed since the version before."""

    variant: Variant
    outlet: Words
    language: Words
    title_change: tuple[Span, ...] = ()
    body_change: tuple[Span, ...] = ()

    @property
    def key(self) -> str:
        """Names its fields in a form."""
        return f"{self.variant.outlet}-{self.variant.language.value}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One version with its texts and everything that was asked and decided about it."""

    row: StatementVersion
    texts: tuple[Text, ...]
    approvals: Sequence[ApprovalRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementSheet:
    """One statement, its newest version first, and what was published of it."""

    row: StatementRow
    versions: tuple[Version, ...]
    published: tuple[tuple[Publication, Sequence[Delivery]], ...]

    @property
    def kind(self) -> Words:
        """What it does."""
        return KIND_WORDS[StatementKind(self.row.kind)]

    @property
    def lifecycle(self) -> Words:
        """Where it stands."""
        return LIFECYCLE_WORDS[Lifecycle(self.row.lifecycle)]

    @property
    def newest(self) -> Version:
        """The version that counts."""
        return self.versions[0]


async def sheet_of(session: AsyncSession, row: StatementRow) -> StatementSheet:
    """The statement with all its versions."""
    versions: list[Version] = []
    before: tuple[Variant, ...] = ()
    for number in range(1, row.current + 1):
        version, variants = await wording.version_of(session, row.id, number)
        approvals = await approval_request.of_version(session, row.id, number)
        texts = tuple(_text(variant, before) for variant in sorted(variants, key=_place))
        versions.append(Version(row=version, texts=texts, approvals=approvals))
        before = variants
    published = [
        (made, await delivery.of_publication(session, made.id))
        for made in await publication_list.of_statement(session, row.id)
    ]
    return StatementSheet(row=row, versions=tuple(reversed(versions)), published=tuple(published))


def _place(variant: Variant) -> tuple[bool, str, bool]:
    """The official site first, Vietnamese before English."""
    site = variant.outlet == OutletId.SITE.value
    return (not site, variant.outlet, variant.language is not Language.VI)


def _text(variant: Variant, before: Sequence[Variant]) -> Text:
    place = (variant.outlet, variant.language)
    old = next((v for v in before if (v.outlet, v.language) == place), None)
    return Text(
        variant=variant,
        outlet=outlet_words(variant.outlet),
        language=LANGUAGE_WORDS[variant.language],
        title_change=difference(old.title, variant.title) if old else (),
        body_change=difference(old.body, variant.body) if old else (),
    )
