"""Ties between the sentences of a statement and the claims that they speak of."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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
