"""Canonical JSON, instants and commitments: one value, one row of bytes."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from crisis.audit.proof import canonical as proof
from crisis.model.canonical import canonical, commitment, instant, moment
from crisis.model.errors import BadInput

words_nfc = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
exact = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    st.none() | st.booleans() | exact | words_nfc,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, False]}, b'{"a":[true,null,false],"b":1}'),
        (
            {"quảng trị".encode().hex(): "Quảng Trị"},
            '{"7175e1baa36e67207472e1bb8b":"Quảng Trị"}'.encode(),
        ),
        ('\u0000\b\t\n\f\r\u001f"\\/\u007f', b'"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\x7f"'),
        ({"B": 1, "a": 2, "A": 3, "": 4}, b'{"":4,"A":3,"B":1,"a":2}'),
        ((1, 2), b"[1,2]"),
        (2**53 - 1, b"9007199254740991"),
    ],
)
def test_a_value_has_one_form(value: object, expected: bytes) -> None:
    assert canonical(value) == expected


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (0.5, "$"),
        ({"a": [1, 2.0]}, "$.a[1]"),
        ({"a": [1], "n": 0.5}, "$.n"),
        (MappingProxyType({"a": 1}), "$"),
        (float("nan"), "$"),
        (2**53, "$"),
        ({"n": -(2**53)}, "$.n"),
        ("Qua\u0309ng", "$"),
        ("\ud800", "$"),
        ({"tên": 1}, "$"),
        ({"a": {1: 2}}, "$.a"),
        (b"bytes", "$"),
        ({"at": datetime(2025, 1, 1, tzinfo=UTC)}, "$.at"),
        ({"s": {1, 2}}, "$.s"),
    ],
)
def test_what_has_no_one_form_is_refused_with_its_place(value: object, path: str) -> None:
    with pytest.raises(BadInput) as refused:
        canonical(value)
    assert refused.value.field == path


@given(values)
def test_the_verifier_writes_the_same_bytes_and_reads_them_back(value: Any) -> None:
    raw = canonical(value)
    assert proof.canonical(value) == raw
    assert proof.parsed(raw) == value == json.loads(raw)


@given(values)
def test_the_bytes_are_those_of_the_reference_for_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "raw",
    [
        b"1.0",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"9007199254740992",
        b"1" * 5000,
        b'{"a":1,"a":1}',
        '{"é":1}'.encode(),
        '"Qua\u0309ng"'.encode(),
        b'"\\ud800"',
        b'"\xff"',
        b"",
        b"[" * 50 + b"}",
    ],
)
def test_the_verifier_refuses_what_cannot_stand_in_a_ledger(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 whichever of them: all are told as malformed
        proof.parsed(raw)


@pytest.mark.parametrize(
    "raw", [b'{"b":1,"a":2}\n', b'{"a": 1}\n', b"1\n\n", b"1", b'"\\u0041"\n', b"-0\n"]
)
def test_the_verifier_refuses_lines_that_are_not_canonical(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 an empty line is a fault of json, the others ours
        proof.rows(raw)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 the zone is given beside
def test_an_instant_is_read_back_as_it_was(at: datetime) -> None:
    text = instant(at)
    assert len(text) == len("2025-10-19T05:00:00.000000Z")
    assert moment(text) == at


def test_instants_order_as_texts_as_they_order_as_times() -> None:
    at = datetime(2025, 10, 19, 5, tzinfo=UTC)
    assert instant(at) < instant(at + timedelta(microseconds=1)) < instant(at + timedelta(days=40))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(BadInput):
        instant(datetime(2025, 10, 19))  # noqa: DTZ001 this is what must be refused


@pytest.mark.parametrize(
    "text", ["", "2025-10-19T05:00:00Z", "2025-10-19T05:00:00.1Z", "2025-13-01T00:00:00.000000Z", 5]
)
def test_what_is_no_instant_of_the_ledger_is_refused(text: Any) -> None:
    with pytest.raises(BadInput):
        moment(text)


def test_a_commitment_is_checked_with_the_salt_and_tells_nothing_without() -> None:
    salt, other = b"a" * 32, b"b" * 32
    assert commitment("Nguyễn Văn A", salt) == sha256(salt + "Nguyễn Văn A".encode()).hexdigest()
    assert commitment(unicodedata.normalize("NFD", "Nguyễn"), salt) == commitment("Nguyễn", salt)
    assert commitment("Nguyễn", salt) != commitment("Nguyễn", other)


@pytest.mark.parametrize("salt", [b"", b"a" * 31, b"a" * 33])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(BadInput):
        commitment("Nguyễn", salt)
