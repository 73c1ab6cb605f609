"""A text in both languages of the house."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, field_validator


class Language(StrEnum):
    """A language in which every text of the house exists; Vietnamese is the source language."""

    VI = "vi"
    EN = "en"


class Words(BaseModel):
    """One text in Vietnamese and English, normalised to NFC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vi: str
    en: str

    @field_validator("vi", "en")
    @classmethod
    def _normal(cls, value: str) -> str:
        return unicodedata.normalize("NFC", value)

    def in_(self, language: Language | str) -> str:
        """The text in `language`."""
        return self.en if language == Language.EN else self.vi


LANGUAGE_WORDS: Mapping[Language, Words] = {
    Language.VI: Words(vi="tiếng Việt", en="Vietnamese"),
    Language.EN: Words(vi="tiếng Anh", en="English"),
}


def words(vi: str, en: str) -> Words:
    """Short form of `Words(vi=…, en=…)` for sentences in code."""
    return Words(vi=vi, en=en)
