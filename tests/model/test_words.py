"""A text in both languages of the house."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crisis.model.words import Language, Words, words


@pytest.mark.parametrize(("language", "said"), [("vi", "Xin chào"), ("en", "Hello")])
def test_a_reader_gets_the_text_in_their_language(language: str, said: str) -> None:
    greeting = words("Xin chào", "Hello")
    assert greeting.in_(language) == greeting.in_(Language(language)) == said


def test_an_unknown_language_is_answered_in_vietnamese() -> None:
    assert words("Xin chào", "Hello").in_("fr") == "Xin chào"


def test_letters_are_kept_composed_however_they_were_typed() -> None:
    typed = unicodedata.normalize("NFD", "Quảng Trị")
    assert words(typed, typed) == words("Quảng Trị", "Quảng Trị")


@given(st.text())
def test_composing_twice_changes_nothing(text: str) -> None:
    once = words(text, text)
    assert words(once.vi, once.en) == once


@pytest.mark.parametrize(
    "given_",
    [{"vi": "một"}, {"en": "one"}, {"vi": "một", "en": "one", "fr": "un"}, {"vi": 1, "en": "one"}],
)
def test_a_text_needs_both_languages_and_nothing_else(given_: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Words.model_validate(given_)


def test_a_text_cannot_be_changed_behind_its_readers() -> None:
    said = words("Xin chào", "Hello")
    with pytest.raises(ValidationError):
        said.vi = "khác"
    assert hash(said) == hash(words("Xin chào", "Hello"))
