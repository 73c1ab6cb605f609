"""The digest that an approver signs: canonical, and changed by any edit."""

import unicodedata
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from crisis.model.approval import Subject, digest
from crisis.model.statement import StatementKind, Variant, frozen_bytes
from crisis.model.words import Language

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
variants = st.builds(
    Variant,
    outlet=st.sampled_from(["site", "press_list", "webhook"]),
    language=st.sampled_from(sorted(Language)),
    title=texts,
    body=texts,
)
subjects = st.builds(
    Subject,
    statement=texts,
    version=st.integers(1, 2**53 - 1),
    kind=st.sampled_from(sorted(StatementKind)),
    exercise=st.booleans(),
    variants=st.lists(variants, max_size=4, unique_by=lambda v: (v.outlet, v.language)).map(tuple),
    authors=st.frozensets(texts, max_size=2),
)

SUBJECT = Subject(
    statement="s-1",
    version=2,
    kind=StatementKind.CLARIFY,
    exercise=False,
    variants=(
        Variant(outlet="site", language=Language.VI, title="Tiêu đề", body="Nội dung."),
        Variant(outlet="site", language=Language.EN, title="Title", body="Text."),
    ),
    authors=frozenset({"hà"}),
)


def _body(subject: Subject) -> dict[str, Any]:
    ordered = sorted(subject.variants, key=lambda v: (v.outlet, v.language.value))
    return {
        "statement": subject.statement,
        "version": subject.version,
        "kind": subject.kind.value,
        "exercise": subject.exercise,
        "variants": [
            {"outlet": v.outlet, "language": v.language.value, "sha256": v.sha256} for v in ordered
        ],
    }


@given(subjects)
def test_the_digest_is_taken_over_rfc_8785_canonical_json(subject: Subject) -> None:
    assert digest(subject) == sha256(rfc8785.dumps(_body(subject))).hexdigest()
    assert subject.digest == digest(subject)


@given(subjects, st.randoms(use_true_random=False))
def test_the_order_of_the_variants_does_not_change_the_digest(subject: Subject, luck: Any) -> None:
    shuffled = list(subject.variants)
    luck.shuffle(shuffled)
    assert replace(subject, variants=tuple(shuffled)).digest == subject.digest


@pytest.mark.parametrize(
    "edit",
    [
        {"statement": "s-2"},
        {"version": 3},
        {"kind": StatementKind.CORRECT},
        {"exercise": True},
        {"variants": SUBJECT.variants[:1]},
        {"variants": ()},
        {"variants": (replace(SUBJECT.variants[0], outlet="webhook"), SUBJECT.variants[1])},
        {"variants": (replace(SUBJECT.variants[0], title="Tiêu đề "), SUBJECT.variants[1])},
    ],
    ids=str,
)
def test_any_change_of_what_is_signed_changes_the_digest(edit: dict[str, Any]) -> None:
    changed = replace(SUBJECT, **edit)
    same_bytes = [v.content for v in changed.variants] == [v.content for v in SUBJECT.variants]
    same_frame = set(edit) == {"variants"} and [v.outlet for v in changed.variants] == [
        v.outlet for v in SUBJECT.variants
    ]
    assert (changed.digest == SUBJECT.digest) is (same_bytes and same_frame)


@given(texts, texts)
def test_any_edit_of_the_words_changes_the_digest(before: str, after: str) -> None:
    assume(frozen_bytes(f"T\n\n{before}") != frozen_bytes(f"T\n\n{after}"))
    one, other = (
        replace(SUBJECT, variants=(replace(SUBJECT.variants[0], title="T", body=body),))
        for body in (before, after)
    )
    assert one.digest != other.digest


def test_retyping_the_same_words_keeps_the_digest() -> None:
    first, second = SUBJECT.variants
    retyped = replace(first, body=unicodedata.normalize("NFD", first.body) + "\r\n")
    assert replace(SUBJECT, variants=(retyped, second)).digest == SUBJECT.digest


def test_who_wrote_it_is_not_part_of_what_is_signed() -> None:
    assert replace(SUBJECT, authors=frozenset({"minh"})).digest == SUBJECT.digest
