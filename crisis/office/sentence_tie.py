"""Which sentences of an edited statement still say what verification found of each claim."""

from collections.abc import Sequence
from typing import Any

from crisis.model.errors import RuleBroken
from crisis.model.statement import Variant
from crisis.model.tie import silenced
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.records.act import Act
from crisis.records.schema.statement import StatementRow
from crisis.records.wording import version_of


def still_said(
    links: Sequence[dict[str, Any]], variants: Sequence[Variant]
) -> list[dict[str, Any]]:
    """The ties between sentences and claims whose sentence stands in the new words unchanged."""
    bodies = {(v.outlet, v.language.value): v.body for v in variants}
    return [
        link
        for link in links
        if link["sentence"] in bodies.get((link["outlet"], link["language"]), "")
    ]


async def tells_every_claim(act: Act, standing: Standing, row: StatementRow) -> None:
    """Raise RuleBroken where the current version says nothing that its draft said of a claim."""
    drafted, _ = await version_of(act.session, row.id, 1)
    current, _ = await version_of(act.session, row.id, row.current)
    lost = silenced(drafted.links, current.links)
    numbers = [c.claim.number for c in standing.conclusions if c.claim.id in lost]
    if numbers:
        n = ", ".join(map(str, sorted(numbers)))
        raise RuleBroken(
            words(
                f"Bản sửa không còn câu nào của dự thảo về kết quả xác minh nội dung {n}. "
                "Xin giữ nguyên ít nhất một câu về từng nội dung, ở mọi kênh và mọi ngôn ngữ.",
                f"The edited text has no sentence left of what the draft says of claim {n}. Please "
                "keep at least one about each claim as it is, in every channel and language.",
            ),
            rule="INV2",
        )
