"""What is said of the first line of a table: which columns it needs, and which it has."""

from collections.abc import Mapping, Sequence

from crisis.model.words import Words, words

MOST_NAMES = 12


def wrong_columns(missing: Sequence[str], unknown: Sequence[str], columns: Sequence[str]) -> Words:
    """A table lacks columns, or has others than it needs."""
    lacks, strange, needs = ", ".join(missing), _names(unknown), ", ".join(columns)
    vi = [f"thiếu cột {lacks}"] if missing else []
    en = [f"missing: {lacks}"] if missing else []
    vi += [f"cột lạ {strange}"] if unknown else []
    en += [f"not known: {strange}"] if unknown else []
    return words(
        f"Tên cột sai: {'; '.join(vi)}. Bảng này cần đúng các cột: {needs}.",
        f"Wrong columns: {'; '.join(en)}. This table needs exactly: {needs}.",
    )


def no_table(head: Sequence[str], tables: Mapping[str, Sequence[str]]) -> Words:
    """A first line that is that of no table; the one that shares most columns is named."""
    near, columns = max(tables.items(), key=lambda one: len(set(one[1]) & set(head)))
    found, needs = _names(head), ", ".join(columns)
    return words(
        f"Dòng đầu không phải tên cột của bảng nào; đọc được: {found or 'không có cột'}. Bảng gần "
        f"nhất là {near}, cần đúng các cột: {needs}.",
        f"The first line names the columns of none of the tables; it has: {found or 'none'}. The "
        f"nearest table is {near}, which needs exactly: {needs}.",
    )


def _names(head: Sequence[str]) -> str:
    """Some of the names as they stand in the file."""
    shown = [cell[:30] for cell in head if cell]
    return ", ".join(shown[:MOST_NAMES]) + ("…" if len(shown) > MOST_NAMES else "")
