"""Where an incident stands, and the one table of legal moves."""

from itertools import product

import pytest

from crisis.model.errors import RuleBroken
from crisis.model.incident import ENDED, MOVES, NEEDS_REASON, TITLES, Stage, check_move, may_move

# One line per stage: every stage that an incident may go on to from there.
LEGAL = {
    "candidate": "open monitoring merged dismissed",
    "open": "verifying monitoring referred dismissed",
    "verifying": "drafting monitoring referred closed",
    "drafting": "approving verifying monitoring referred closed",
    "approving": "publishing drafting verifying",
    "publishing": "published drafting",
    "published": "closed verifying drafting",
    "closed": "verifying open",
    "monitoring": "open verifying closed",
    "referred": "open verifying closed",
    "merged": "open",
    "dismissed": "candidate open",
}
PAIRS = [(here, there) for here, there in product(Stage, repeat=2)]


def _legal(here: Stage, there: Stage) -> bool:
    return there.value in LEGAL[here.value].split()


def test_the_table_knows_every_stage() -> None:
    assert set(MOVES) == set(Stage) == set(TITLES)
    assert set(LEGAL) == {stage.value for stage in Stage}


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_an_incident_moves_only_along_the_table(here: Stage, there: Stage) -> None:
    assert may_move(here, there) is _legal(here, there)


@pytest.mark.parametrize(("here", "there"), [p for p in PAIRS if not _legal(*p)])
def test_an_illegal_move_is_refused_in_both_languages(here: Stage, there: Stage) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_move(here, there, reason="vì cần thiết")
    assert refused.value.rule == "moves"
    assert TITLES[here].vi in refused.value.said_in("vi")
    assert TITLES[there].en in refused.value.said_in("en")


SPOKEN_FOR = "closed monitoring referred merged dismissed"


@pytest.mark.parametrize(("here", "there"), [p for p in PAIRS if _legal(*p)])
def test_leaving_the_ordinary_path_and_coming_back_to_it_needs_a_reason(
    here: Stage, there: Stage
) -> None:
    check_move(here, there, reason="vì cần thiết")
    if not {here.value, there.value} & set(SPOKEN_FOR.split()):
        check_move(here, there)
        return
    for blank in ("", " \n\t"):
        with pytest.raises(RuleBroken) as refused:
            check_move(here, there, reason=blank)
        assert refused.value.rule == "reason"


def test_no_stage_is_a_dead_end_and_every_ended_incident_can_be_taken_up_again() -> None:
    assert all(MOVES.values())
    assert all(MOVES[stage] - ENDED for stage in ENDED)
    assert ENDED <= NEEDS_REASON


def test_nothing_is_published_but_by_way_of_approval() -> None:
    before = {here for here, there in MOVES.items() if Stage.PUBLISHED in there}
    assert before == {Stage.PUBLISHING}
    assert {here for here, there in MOVES.items() if Stage.PUBLISHING in there} == {Stage.APPROVING}
