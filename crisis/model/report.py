"""A report as it comes in: what `phatngon report FILE` and `POST /api/reports` take.

It holds a link, a title, an outlet, a time and a short quotation of published content, and what is
alleged. It has no field for an author or a commenter, and none for the full text (INV7).
"""

import json
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from crisis.model.agency import AgencyId, TopicId
from crisis.model.fault import Unfit, fault, refuse
from crisis.model.link import Link
from crisis.model.moment import Moment
from crisis.model.playbook_section import ReportKind
from crisis.model.severity import Floor, Severity
from crisis.model.text import Line, Paragraph, Said
from crisis.model.words import Words

QUOTATION_LIMIT = 600


class ClaimKind(StrEnum):
    """A fact can be verified; an opinion or criticism cannot be false."""

    FACT = "fact"
    OPINION = "opinion"


def _short_quotation(value: object) -> object:
    if isinstance(value, str) and len(value) > QUOTATION_LIMIT:
        raise Unfit(
            fault(
                f"Đoạn trích dài {len(value)} ký tự; chỉ nhận tối đa {QUOTATION_LIMIT}, không lưu "
                "toàn văn bài báo (INV7).",
                f"The quotation has {len(value)} characters; at most {QUOTATION_LIMIT} are taken, "
                "the full text of an article is not kept (INV7).",
            )
        )
    return value


def _both_languages(value: object) -> object:
    return {"vi": value, "en": value} if isinstance(value, str) else value


Told = Annotated[Said, BeforeValidator(_both_languages, json_schema_input_type=str | Words)]
"""Words in both languages; a plain text stands for both until someone translates it."""


class Strict(BaseModel):
    """Frozen input; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OutletRef(Strict):
    """Where something was published: the name, and the id of a press source where it is known."""

    name: Line
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")] | None = None


def _named_outlet(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class ClaimIn(Strict):
    """One allegation of the report.

    `about_agency` is the agency it concerns; with `conduct` it is about what that agency itself did
    or failed to do, so that agency cannot clear itself on its own word alone.
    """

    text: Told
    kind: ClaimKind = ClaimKind.FACT
    about_agency: AgencyId | None = None
    conduct: bool = False

    @model_validator(mode="after")
    def _conduct_is_of_someone(self) -> "ClaimIn":
        if self.conduct and self.about_agency is None:
            refuse([fault(*_WHOSE_CONDUCT, "about_agency")])
        return self


class ReportIn(Strict):
    """One report of published content; a time without a zone is Vietnamese local time.

    `subject` is the matter in neutral words, as letters and statements name it; without it they
    use the title.
    """

    kind: ReportKind = ReportKind.PRESS
    title: Line
    outlet: Annotated[
        OutletRef, BeforeValidator(_named_outlet, json_schema_input_type=str | OutletRef)
    ]
    link: Link | None = None
    published_at: Moment
    received_at: Moment | None = None
    occurred_at: Moment | None = None
    quotation: Annotated[Paragraph, BeforeValidator(_short_quotation)] | None = None
    subject: Told | None = None
    summary: Told | None = None
    places: tuple[Line, ...] = Field(default=(), max_length=50)
    topics: tuple[TopicId, ...] = Field(default=(), max_length=20)
    claims: tuple[ClaimIn, ...] = Field(default=(), max_length=50)
    asks_for_answer: bool = False
    floors: frozenset[Floor] = frozenset()
    severity: Severity | None = None
    note: Paragraph | None = None

    @model_validator(mode="before")
    @classmethod
    def _whole_characters(cls, given: object) -> object:
        # JSON can carry half a surrogate pair and endless depth, on which pydantic itself fails.
        try:
            json.dumps(given, ensure_ascii=False, default=str).encode()
        except (UnicodeEncodeError, RecursionError) as error:
            raise Unfit(fault(*_HALF)) from error
        return given

    @property
    def all_floors(self) -> frozenset[Floor]:
        """The facts that forbid a lower severity, a press request included."""
        asked = self.asks_for_answer and self.kind is ReportKind.PRESS
        return self.floors | ({Floor.PRESS_REQUEST} if asked else frozenset())

    @property
    def claim_words(self) -> tuple[Words, ...]:
        """The claims in order, in both languages."""
        return tuple(claim.text for claim in self.claims)


_HALF = (
    "Có ký tự không hợp lệ hoặc lồng nhau quá sâu.",
    "It contains half a character, or is nested too deep.",
)
_WHOSE_CONDUCT = (
    "Nội dung về việc làm của cơ quan thì phải ghi cơ quan đó ở 'about_agency'.",
    "A claim about an agency's conduct names that agency in 'about_agency'.",
)


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a report, as the API publishes it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ReportIn.model_json_schema(mode="validation"),
    }
