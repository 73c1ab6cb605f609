"""The registry: one door to every way out."""

from collections.abc import Callable
from datetime import datetime

import pytest

from crisis.model.errors import Misconfigured, NotFound, RuleBroken
from crisis.model.network import Reach
from crisis.outlets.registry import KINDS, Registry, make_outlet
from crisis.outlets.webhook import WebhookOutlet


@pytest.fixture
def hook(now: Callable[[], datetime]) -> WebhookOutlet:
    made = make_outlet(
        "webhook", url="http://127.0.0.1/", secret=b"s" * 16, now=now, reach=Reach.LOOPBACK
    )
    assert isinstance(made, WebhookOutlet)
    return made


def test_the_table_knows_every_outlet_of_the_house() -> None:
    assert set(KINDS) == {"site", "press_list", "webhook"}
    assert [kind.id for kind in KINDS.values() if kind.per_recipient] == ["press_list"]


def test_an_official_outlet_is_found_by_its_id(hook: WebhookOutlet) -> None:
    registry = Registry([hook])
    assert registry.official("webhook", announced=frozenset({"webhook"}), exercise=False) is hook
    assert list(registry) == [hook]


@pytest.mark.parametrize(
    ("announced", "exercise", "rule"), [(set(), False, "INV5"), ({"webhook"}, True, "exercise")]
)
def test_inv5_the_door_stays_shut_for_the_unannounced_and_for_exercises(
    hook: WebhookOutlet, announced: set[str], rule: str, *, exercise: bool
) -> None:
    with pytest.raises(RuleBroken) as refused:
        Registry([hook]).official("webhook", announced=frozenset(announced), exercise=exercise)
    assert refused.value.rule == rule


def test_an_unknown_outlet_is_not_found(hook: WebhookOutlet) -> None:
    with pytest.raises(NotFound):
        Registry([hook]).outlet("zalo")
    with pytest.raises(NotFound):
        make_outlet("zalo")


def test_an_outlet_is_configured_once(hook: WebhookOutlet) -> None:
    with pytest.raises(Misconfigured):
        Registry([hook, hook])
