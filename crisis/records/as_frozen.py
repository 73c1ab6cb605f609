"""Publications held against the ledger: what changed in the table after freezing goes nowhere."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.action import Action
from crisis.model.statement import Variant
from crisis.model.words import Language
from crisis.records.schema.ledger import LedgerEntry
from crisis.records.schema.publication import Publication

Texts = dict[tuple[str, str], str]
"""The hash of each text by outlet and language."""


async def changed(
    session: AsyncSession, publications: Iterable[Publication], chain: str = ""
) -> Sequence[Publication]:
    """Those whose texts are not what the ledger (of `chain` alone, if named) says was frozen."""
    told = await _told(session, chain)
    return [made for made in publications if told.get(made.id) != _texts(made)]


async def _told(session: AsyncSession, chain: str) -> dict[str, Texts]:
    """The texts of each publication, by the entry of its freezing."""
    wanted = select(LedgerEntry.body).where(
        LedgerEntry.action == Action.PUBLICATION_FROZEN.value,
        *([LedgerEntry.chain == chain] if chain else []),
    )
    entries: list[dict[str, Any]] = [
        json.loads(one)["data"] for one in await session.scalars(wanted)
    ]
    return {
        data["publication"]: {
            (one["outlet"], one["language"]): one["sha256"] for one in data["variants"]
        }
        for data in entries
    }


def _texts(made: Publication) -> Texts:
    return {
        (one["outlet"], one["language"]): Variant(
            outlet=one["outlet"],
            language=Language(one["language"]),
            title=one["title"],
            body=one["body"],
        ).sha256
        for one in made.frozen["variants"]
    }
