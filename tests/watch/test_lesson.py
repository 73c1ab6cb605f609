"""What an office teaches: its taste counts where it differs, and never at the price of the rest."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest

from crisis.watch.headline_file import Headline, learn_shipped, read_headlines
from crisis.watch.judge import Judge
from crisis.watch.lesson import Figures, Lesson, Outcome, Said, figures, study
from crisis.watch.word_weight import Learned

FILES = sorted(Path(__file__).parent.glob("headlines_*.yaml"))
THEIR_OWN = ("học sinh", "trường", "phụ huynh", "giáo viên", "hiệu trưởng", "học")


def taste(one: Headline) -> Said:
    """An office that leaves schools to somebody else."""
    if not one.alert:
        return Said.WRONG_TONE if one.tone == "neg" else Said.NOT_US
    about_schools = any(word in f"{one.title} {one.lead}".lower() for word in THEIR_OWN)
    return Said.NOT_US if about_schools else Said.YES


@pytest.fixture(scope="module")
def seen(judge: Judge) -> list[tuple[frozenset[str], float, Said]]:
    """Every headline as a judge sees it that never read its file."""
    rows = {file: read_headlines(file) for file in FILES}
    made = []
    for file, mine in rows.items():
        others = [one for other, theirs in rows.items() if other != file for one in theirs]
        blind = replace(judge, shipped=learn_shipped(others, judge.reader))
        made += [(*blind.example(one.title, one.lead), taste(one)) for one in mine]
    return made


def lessons(seen: list[tuple[frozenset[str], float, Said]], *, seed: int) -> list[Lesson]:
    rows = seen.copy()
    Random(seed).shuffle(rows)  # noqa: S311  (an order, no secret)
    return [
        Lesson(id=str(number), told=told, margin=margin, said=said)
        for number, (told, margin, said) in enumerate(rows)
    ]


def test_after_two_hundred_labels_the_judge_is_better_where_the_offices_taste_differs(
    seen: list[tuple[frozenset[str], float, Said]],
) -> None:
    gains = []
    for seed in range(8):
        every = lessons(seen, seed=seed)
        studied = study(every[:200])
        before, after = figures(every[200:], Learned()), figures(every[200:], studied.model)
        gains.append(after.f1 - before.f1)
    assert sum(gains) / len(gains) > 0.015
    assert sum(gain > 0 for gain in gains) >= 6


def test_an_office_that_agrees_with_the_shipped_judge_loses_nothing(
    seen: list[tuple[frozenset[str], float, Said]],
) -> None:
    every = [
        replace(one, said=Said.YES if one.margin >= 0 else Said.NOT_US)
        for one in lessons(seen, seed=4)[:300]
    ]
    studied = study(every)
    assert studied.outcome is Outcome.WORSE or studied.learned.f1 >= studied.shipped.f1


def test_labels_at_random_are_not_switched_on(
    seen: list[tuple[frozenset[str], float, Said]],
) -> None:
    dice = Random(5)  # noqa: S311  (labels, no secret)
    every = [
        one if one.held else replace(one, said=dice.choice(list(Said)))
        for one in lessons(seen, seed=5)
    ]
    assert study(every).outcome is Outcome.WORSE


def one(number: int, said: Said) -> Lesson:
    return Lesson(id=str(number), told=frozenset({f"w{number % 3}"}), margin=1.0, said=said)


def test_a_few_labels_or_one_side_only_teach_nothing_that_counts() -> None:
    few = [one(n, said) for n, said in enumerate([Said.YES, Said.NOT_US] * 20)]
    assert study(few).outcome is Outcome.TOO_FEW
    assert study([one(n, Said.YES) for n in range(300)]).outcome is Outcome.TOO_FEW
    assert study([]).outcome is Outcome.TOO_FEW


def test_three_of_ten_labels_are_held_back_and_always_the_same() -> None:
    held = [one(n, Said.YES).held for n in range(2000)]
    assert 0.25 < sum(held) / len(held) < 0.36
    assert held == [one(n, Said.NOT_US).held for n in range(2000)]


@pytest.mark.parametrize(("wanted", "alerts"), list(product([0, 4], [0, 4])))
def test_figures_are_shares_and_never_divide_by_nothing(wanted: int, alerts: int) -> None:
    found = Figures(labels=9, wanted=wanted, alerts=alerts, right=min(wanted, alerts))
    assert 0.0 <= min(found.recall, found.precision, found.f1) <= 1.0


def test_the_same_labels_give_the_same_weights(
    seen: list[tuple[frozenset[str], float, Said]],
) -> None:
    every = lessons(seen, seed=7)[:120]
    assert study(every).model == study(every).model
