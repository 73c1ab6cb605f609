"""The invariants of who may say or withhold what, INV3 to INV6 and INV12, each by its name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from inspect import getmembers, isfunction
from typing import Any

import pytest

from crisis.model import rule
from crisis.model.approval import Authority, Basis, Right
from crisis.model.errors import RuleBroken
from crisis.model.outlet import refusal

Refused = Callable[..., str | None]

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
HEAD = Authority(
    person="chủ tịch", right=Right.SPEAK, basis=Basis.HEAD, document="01/QĐ", valid_from=NOON
)
DELEGATED = replace(
    HEAD, person="lan", basis=Basis.DELEGATED, incident="i-1", valid_to=NOON + 24 * HOUR
)


@pytest.mark.parametrize(
    ("authority", "changes", "at", "speaks"),
    [
        (HEAD, {}, NOON, True),
        (HEAD, {}, NOON - HOUR, False),
        (HEAD, {"valid_to": NOON + HOUR}, NOON + HOUR, False),
        (HEAD, {"document": ""}, NOON, False),
        (HEAD, {"right": Right.APPROVE}, NOON, False),
        (HEAD, {"basis": Basis.ASSIGNED}, NOON, True),
        (DELEGATED, {}, NOON, True),
        (DELEGATED, {}, NOON + 24 * HOUR, False),
        (DELEGATED, {"incident": None}, NOON, False),
        (DELEGATED, {"valid_to": None}, NOON, False),
        (DELEGATED, {"incident": "i-2"}, NOON, False),
    ],
    ids=str,
)
def test_inv3_only_a_spokesperson_valid_at_that_moment_is_named(
    authority: Authority, changes: dict[str, Any], at: datetime, *, speaks: bool
) -> None:
    one = replace(authority, **changes)
    if speaks:
        assert rule.inv3_spokesperson_in_office([one], at, "i-1") == one
        return
    with pytest.raises(RuleBroken) as broken:
        rule.inv3_spokesperson_in_office([one], at, "i-1")
    assert broken.value.rule == "INV3"


def test_inv3_an_unbounded_delegation_is_passed_over_for_a_valid_authority() -> None:
    unbounded = replace(DELEGATED, incident=None, valid_to=None)
    assert rule.inv3_spokesperson_in_office([unbounded, HEAD], NOON, "i-1") == HEAD


def test_inv3_nobody_speaks_where_nobody_was_named() -> None:
    with pytest.raises(RuleBroken, match="Nobody holds"):
        rule.inv3_spokesperson_in_office([], NOON, "i-1")


@pytest.mark.parametrize(
    ("ground", "reason", "broken"),
    [
        ("state_secret", "Hồ sơ đang điều tra", False),
        ("state_secret", " ", True),
        ("draft_policy", "Dự thảo", True),
        ("", "Không muốn trả lời", True),
    ],
)
def test_inv4_a_refusal_needs_a_ground_in_force_and_its_reason(
    refused: Refused, ground: str, reason: str, *, broken: bool
) -> None:
    in_force = {"state_secret", "private_secret", "investigation"}
    check = rule.inv4_refusal_has_ground_and_reason
    assert refused(check, ground, reason, in_force) == ("INV4" if broken else None)


def test_inv5_is_asked_of_every_outlet() -> None:
    stranger = refusal("zalo", announced=frozenset({"site"}), exercise=False, real=True)
    announced = refusal("site", announced=frozenset({"site"}), exercise=False, real=True)
    assert stranger is not None
    assert (stranger.rule, announced) == ("INV5", None)


@pytest.mark.parametrize(
    ("several", "agreed", "broken"),
    [
        (True, None, True),
        (True, "", True),
        (True, "Bộ Xây dựng thống nhất", False),
        (False, None, False),
    ],
)
def test_inv6_where_several_provinces_are_concerned_the_agreed_text_comes_first(
    refused: Refused, *, several: bool, agreed: str | None, broken: bool
) -> None:
    check = rule.inv6_agreed_text_first
    said = refused(check, several_provinces=several, agreed_text=agreed)
    assert said == ("INV6" if broken else None)


WHOLE: dict[str, Any] = {
    "reason": "Tin ít lan truyền",
    "owner": "hà",
    "recheck_on": date(2026, 11, 24),
    "open_press_request": False,
}


@pytest.mark.parametrize(
    "lacking",
    [{"reason": " "}, {"owner": None}, {"recheck_on": None}, {"open_press_request": True}],
    ids=str,
)
def test_inv12_saying_nothing_is_a_decision_and_never_an_answer_to_the_press(
    refused: Refused, lacking: dict[str, Any]
) -> None:
    assert refused(rule.inv12_no_response_has_owner, **WHOLE) is None
    assert refused(rule.inv12_no_response_has_owner, **(WHOLE | lacking)) == "INV12"


def test_every_invariant_of_the_law_file_is_a_rule_by_its_name() -> None:
    named = {name.split("_")[0] for name, _ in getmembers(rule, isfunction) if name[:3] == "inv"}
    elsewhere = {"inv5", "inv7"}  # asked of every outlet, and of every report as it is read
    assert named | elsewhere == {f"inv{n}" for n in range(1, 13)}
