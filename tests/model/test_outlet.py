"""Who may use a way out, what a parcel must hold, and what a read-back means."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from crisis.model.errors import BadInput, OutsideFailure
from crisis.model.outlet import (
    DeliveryFailed,
    Finding,
    ReadBack,
    Seen,
    drill_refusal,
    refusal,
)
from crisis.model.parcel import RESERVED_SLUGS, Act, Parcel, Reference
from crisis.model.statement import StatementKind, Variant
from crisis.model.words import Language

AT = datetime(2025, 10, 24, tzinfo=UTC)


@pytest.fixture
def make() -> Callable[..., Parcel]:
    def parcel(**changes: Any) -> Parcel:
        values: dict[str, Any] = {
            "key": "k",
            "outlet": "site",
            "publication": "p",
            "statement": "s",
            "version": 1,
            "slug": "thong-tin-1",
            "code": "QT-2025-0001",
            "number": "1/TB",
            "kind": StatementKind.CLARIFY,
            "exercise": False,
            "published_at": AT,
            "variants": (Variant(outlet="site", language=Language.VI, title="T", body="B"),),
        }
        return Parcel(**(values | changes))

    return parcel


def test_inv5_only_an_outlet_announced_as_official_may_be_used() -> None:
    broken = refusal("zalo", announced=frozenset({"site"}), exercise=False, real=True)
    assert broken is not None
    assert broken.rule == "INV5"
    assert "zalo" in broken.said_in("vi")


@pytest.mark.parametrize(("announced", "exercise", "real"), list(product([True, False], repeat=3)))
def test_an_outlet_is_used_when_announced_and_never_by_an_exercise_if_real(
    *, announced: bool, exercise: bool, real: bool
) -> None:
    known = frozenset({"site"}) if announced else frozenset({"webhook"})
    refused = refusal("site", announced=known, exercise=exercise, real=real)
    assert (refused is None) == (announced and not (exercise and real))


def test_an_exercise_is_told_why_it_cannot_use_a_real_outlet() -> None:
    broken = drill_refusal("site", exercise=True, real=True)
    assert broken is not None
    assert broken.rule == "exercise"
    assert drill_refusal("site", exercise=False, real=True) is None


@pytest.mark.parametrize(
    "slug",
    ["", "..", "a/b", "A", "tin_1", "-a", "a-", "a--b", "đập", "a" * 121, *sorted(RESERVED_SLUGS)],
)
def test_a_slug_that_is_no_safe_folder_name_is_refused(
    make: Callable[..., Parcel], slug: str
) -> None:
    with pytest.raises(BadInput) as refused:
        make(slug=slug)
    assert refused.value.field == "slug"
    with pytest.raises(BadInput):
        make(act=Act.UPDATE, references=(Reference(publication="x", slug=slug),))


@pytest.mark.parametrize("act", [Act.UPDATE, Act.CORRECTION, Act.WITHDRAWAL])
def test_what_acts_on_an_earlier_publication_must_refer_to_one(
    make: Callable[..., Parcel], act: Act
) -> None:
    with pytest.raises(BadInput) as refused:
        make(act=act)
    assert refused.value.field == "references"
    assert make(act=act, references=(Reference(publication="x", slug="x"),)).act is act


def test_a_first_publication_refers_to_nothing(make: Callable[..., Parcel]) -> None:
    with pytest.raises(BadInput):
        make(references=(Reference(publication="x", slug="x"),))


def test_a_parcel_gives_its_words_by_language(make: Callable[..., Parcel]) -> None:
    parcel = make()
    assert parcel.variant(Language.VI) == parcel.variants[0]
    assert parcel.variant(Language.EN) is None


@pytest.mark.parametrize(
    ("code", "permanent", "said"),
    [(550, True, "someone"), (None, False, "again"), (451, False, "again")],
)
def test_a_failed_delivery_says_whether_trying_again_helps(
    code: int | None, *, permanent: bool, said: str
) -> None:
    failed = DeliveryFailed("site", permanent=permanent, reply_code=code, detail="x")
    assert isinstance(failed, OutsideFailure)
    assert (failed.permanent, failed.reply_code, failed.detail) == (permanent, code, "x")
    assert said in failed.said_in("en")
    assert (str(code) in failed.said_in("vi")) == (code is not None)
    again = pickle.loads(pickle.dumps(failed))  # noqa: S301  (our own bytes)
    assert (again.outlet, again.reply_code) == (copy.copy(failed).outlet, code)


def seen(found: str | None, *, there: bool = True) -> Seen:
    return Seen(language=Language.VI, address="/", expected="aa", found=found, there=there)


@pytest.mark.parametrize(
    ("all_seen", "finding"),
    [
        ((), Finding.NOT_READABLE),
        ((seen("aa"),), Finding.LIVE),
        ((seen("aa"), seen("bb")), Finding.DIFFERENT),
        ((seen("aa"), seen(None)), Finding.DIFFERENT),
        ((seen("bb"), seen(None, there=False)), Finding.MISSING),
    ],
)
def test_a_statement_is_live_only_when_every_address_shows_the_approved_bytes(
    all_seen: tuple[Seen, ...], finding: Finding
) -> None:
    assert ReadBack(outlet="site", key="k", seen=all_seen).finding is finding
