"""Two versions of a content file, line by line, with a little of what stands around a change."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

AROUND = 2


class Sort(StrEnum):
    """What became of a line; SKIP stands for lines that are left out."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    SKIP = "skip"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line with its number in the old and in the new version."""

    sort: Sort
    old: int | None
    new: int | None
    text: str


def rows_of(before: str, after: str) -> tuple[Row, ...]:
    """The changed lines with their surroundings; empty where nothing differs."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if rows:
            rows.append(Row(sort=Sort.SKIP, old=None, new=None, text="…"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                both = zip(range(i1, i2), range(j1, j2), strict=True)
                rows += [Row(sort=Sort.SAME, old=i + 1, new=j + 1, text=new[j]) for i, j in both]
                continue
            rows += [Row(sort=Sort.GONE, old=i + 1, new=None, text=old[i]) for i in range(i1, i2)]
            rows += [Row(sort=Sort.NEW, old=None, new=j + 1, text=new[j]) for j in range(j1, j2)]
    return tuple(rows)
