"""Which figure decided about a version that was learned, in words."""

from crisis.model.words import Words, words
from crisis.records.schema.lesson import PressModel
from crisis.watch.lesson import (
    LEAST_LABELS,
    LEAST_OF_A_SIDE,
    RECALL_MARGIN,
    Decider,
    Figures,
    decider,
)


def figures_of(row: PressModel) -> tuple[Figures, Figures]:
    """How the shipped judge and this version fared on the labels held back."""
    held = {"labels": row.held, "wanted": row.held_wanted}
    return (
        Figures(**held, alerts=row.shipped_alerts, right=row.shipped_right),
        Figures(**held, alerts=row.model_alerts, right=row.model_right),
    )


def verdict(row: PressModel) -> Words:
    """Why a version was switched on, or was not: the figure, from what to what."""
    shipped, learned = figures_of(row)
    labels = row.trained_on + row.held
    others = shipped.labels - shipped.wanted
    few = Decider.WANTED_HELD, Decider.OTHERS_HELD
    found = decider(labels, shipped, learned)
    if found is Decider.LABELS:
        return words(
            f"mới có {labels} nhận xét, cần ít nhất {LEAST_LABELS}",
            f"{labels} answers so far, at least {LEAST_LABELS} are needed",
        )
    if found in few:
        count, vi, en = (
            (shipped.wanted, "tin “đúng”", "“right” ones")
            if found is Decider.WANTED_HELD
            else (others, "tin “không liên quan” hoặc “sai sắc thái”", "others")
        )
        return words(
            f"trong phần giữ lại để đo mới có {count} {vi}, cần ít nhất {LEAST_OF_A_SIDE}",
            f"among those held back are {count} {en}, at least {LEAST_OF_A_SIDE} are needed",
        )
    if found is Decider.RECALL:
        return words(
            f"tỷ lệ tin cần biết được cảnh báo giảm từ {shipped.recall:.0%} xuống"
            f" {learned.recall:.0%} (chỉ được giảm tối đa {RECALL_MARGIN:.0%})",
            f"the share of wanted items that alert fell from {shipped.recall:.0%} to"
            f" {learned.recall:.0%} (it may fall by {RECALL_MARGIN:.0%} at most)",
        )
    moved = f"{shipped.f1:.2f}", f"{learned.f1:.2f}"
    if found is Decider.F1:
        return words(
            f"điểm F1 giảm từ {moved[0]} xuống {moved[1]}", f"F1 fell from {moved[0]} to {moved[1]}"
        )
    return words(
        f"điểm F1 từ {moved[0]} thành {moved[1]}, tỷ lệ tin cần biết được cảnh báo từ"
        f" {shipped.recall:.0%} thành {learned.recall:.0%}",
        f"F1 went from {moved[0]} to {moved[1]}, the share of wanted items that alert from"
        f" {shipped.recall:.0%} to {learned.recall:.0%}",
    )
