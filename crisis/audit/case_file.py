"""The case file: everything of one incident that an auditor gets, read from the records."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.audit.contents import (
    ApprovedVariant,
    FrozenPublication,
    GivenApproval,
    PackContents,
    ToldDeadline,
)
from crisis.model.action import Action
from crisis.model.canonical import instant
from crisis.model.errors import NotFound
from crisis.model.ledger import Entry
from crisis.model.statement import Variant
from crisis.model.words import Language
from crisis.records import deadline, mail, publication_list, wording
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow

UNKNOWN = "unknown"
"""State of a run that the ledger names and the engine does not know (any more)."""

Worded = Mapping[tuple[str, int], tuple[str, StatementRow, tuple[Variant, ...]]]
"""Folder, statement and variants by statement id and version."""


async def case_file(
    session: AsyncSession,
    incident: Incident,
    entries: Sequence[Entry],
    runs: Sequence[Mapping[str, Any]],
) -> PackContents:
    """The contents of a pack, still without entries, checkpoints and key.

    `runs` is what the engine told of them; runs that only the ledger names are added as unknown.
    Bytes that were erased under a decision are left out.
    """
    worded = await _wordings(session, incident)
    publications, published = await _publications(session, incident, entries)
    return PackContents(
        public_key=b"",
        runs=all_runs(entries, runs),
        mails=await _mails(session, incident),
        statements={
            f"{folder}/{_file(variant)}": variant.content
            for folder, _, variants in worded.values()
            for variant in variants
        },
        approvals=tuple(_approvals(incident, entries, worded)),
        publications=publications,
        published=published,
        deadlines=await _deadlines(session, incident),
    )


def all_runs(
    entries: Sequence[Entry], told: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    """The runs that the engine told of, then those that only entries name, in their order."""
    known = {run["id"] for run in told}
    named = dict.fromkeys(entry.run for entry in entries if entry.run and entry.run not in known)
    return (*told, *({"id": run, "state": UNKNOWN} for run in named))


async def _mails(session: AsyncSession, incident: Incident) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for number, row in enumerate(await mail.of_incident(session, incident.id), start=1):
        try:
            found[f"{number:04d}-{row.letter}.eml"] = await mail.content(session, row)
        except NotFound:  # erased: the verifier asks for the decision, and for the bytes otherwise
            continue
    return found


async def _wordings(session: AsyncSession, incident: Incident) -> Worded:
    """Every version of every statement, submitted or not."""
    found = {}
    for place, row in enumerate(await wording.of_incident(session, incident.id), start=1):
        for number in range(1, row.current + 1):
            _, variants = await wording.version_of(session, row.id, number)
            found[(row.id, number)] = (f"{place:02d}-{row.kind}/v{number}", row, variants)
    return found


def _file(variant: Variant) -> str:
    return f"{variant.outlet}.{variant.language.value}.txt"


def _approvals(
    incident: Incident, entries: Sequence[Entry], worded: Worded
) -> Iterator[GivenApproval]:
    for entry in entries:
        if entry.action != Action.APPROVAL_GIVEN:
            continue
        statement, version = entry.data["statement"], entry.data["version"]
        folder, row, variants = worded[(statement, version)]
        yield GivenApproval(
            entry=entry.seq,
            digest=entry.data["digest"],
            statement=statement,
            version=version,
            kind=row.kind,
            exercise=incident.exercise,
            variants=tuple(
                ApprovedVariant(
                    outlet=one.outlet,
                    language=one.language.value,
                    sha256=one.sha256,
                    file=f"statements/{folder}/{_file(one)}",
                )
                for one in sorted(variants, key=lambda v: (v.outlet, v.language))
            ),
        )


async def _publications(
    session: AsyncSession, incident: Incident, entries: Sequence[Entry]
) -> tuple[tuple[FrozenPublication, ...], dict[str, bytes]]:
    frozen = {e.data["publication"]: e for e in entries if e.action == Action.PUBLICATION_FROZEN}
    index: list[FrozenPublication] = []
    files: dict[str, bytes] = {}
    for row in await publication_list.of_incident(session, incident.id):
        for told in row.frozen["variants"]:
            variant = Variant(
                outlet=told["outlet"],
                language=Language(told["language"]),
                title=told["title"],
                body=told["body"],
            )
            name = f"{row.slug}/{_file(variant)}"
            files[name] = variant.content
            index.append(
                FrozenPublication(
                    entry=frozen[row.id].seq,
                    digest=row.digest,
                    outlet=variant.outlet,
                    language=variant.language.value,
                    sha256=variant.sha256,
                    file=f"publications/{name}",
                )
            )
    return tuple(index), files


async def _deadlines(session: AsyncSession, incident: Incident) -> tuple[ToldDeadline, ...]:
    return tuple(
        ToldDeadline(
            deadline=row.id,
            rule=row.rule,
            starts_at=instant(row.starts_at),
            due_at=instant(row.due_at),
            state=row.state,
        )
        for row in await deadline.of_incident(session, incident.id)
    )
