"""Ties between the sentences of a statement and the claims that they speak of."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crisis.model.claim import Conclusion
from crisis.model.errors import RuleBroken
from crisis.model.words import words

Link = Mapping[str, Any]
"""`outlet` and `language` of a variant, a `sentence` of it, the ids of the `claims` it tells."""


def silenced(drafted: Sequence[Link], edited: Sequence[Link]) -> frozenset[str]:
    """The claims of which a variant of the edited text says nothing that the draft said there.

    What the draft says of a claim is what verification found. An edit may say it in fewer
    sentences; one that says none of it could say the opposite.
    """
    left = _told(edited)
    return frozenset(claim for *place, claim in _told(drafted) if (*place, claim) not in left)


def _told(links: Iterable[Link]) -> set[tuple[str, str, str]]:
    return {(link["outlet"], link["language"], claim) for link in links for claim in link["claims"]}


def check_told(
    conclusions: Sequence[Conclusion], drafted: Sequence[Link], edited: Sequence[Link]
) -> None:
    """Raise RuleBroken where the edited text silences a claim that the draft spoke of."""
    lost = silenced(drafted, edited)
    numbers = sorted(c.claim.number for c in conclusions if c.claim.id in lost)
    if numbers:
        n = ", ".join(map(str, numbers))
        raise RuleBroken(
            words(
                f"Bản sửa không còn câu nào của dự thảo về kết quả xác minh nội dung {n}. "
                "Xin giữ nguyên ít nhất một câu về từng nội dung, ở mọi kênh và mọi ngôn ngữ.",
                f"The edited text has no sentence left of what the draft says of claim {n}. Please "
                "keep at least one about each claim as it is, in every channel and language.",
            ),
            rule="INV2",
        )
