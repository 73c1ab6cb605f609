"""What the steps of an exercise script carry: judgements, answers, drafts and reasons."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from crisis.model.agency import AgencyId, TopicId
from crisis.model.contact import PersonId
from crisis.model.limit import Target
from crisis.model.severity import Floor, Severity
from crisis.model.statement import StatementKind
from crisis.model.text import Line, Paragraph, Said
from crisis.model.verdict import Verdict

ClaimNumber = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A frozen part of a script; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EvidenceFile(Part):
    """A text file that the player makes and uploads; `issuer` is the body that made it."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}\.txt$")]
    title: Line
    text: Paragraph
    holder: AgencyId
    issuer: Line | None = None
    issued_on: date | None = None


class ClaimAnswer(Part):
    """What an agency says about one claim, by its number in the report (from 1)."""

    claim: ClaimNumber
    verdict: Verdict
    explanation: Said
    evidence: tuple[EvidenceFile, ...] = ()


class Nothing(Part):
    """A step that needs nothing more."""


class Triage(Part):
    """The judged severity, topics and places, and the determinations that start the legal clock."""

    severity: Severity
    topics: tuple[TopicId, ...] = Field(min_length=1)
    places: tuple[Line, ...] = ()
    floors: frozenset[Floor] = frozenset()


class Assignment(Part):
    """The agencies, where the coordinator sets them in place of what the directory proposes."""

    lead: AgencyId
    coordinating: tuple[AgencyId, ...] = ()


class Answer(Part):
    """An agency's answer; a second one by the same agency amends its first."""

    claims: tuple[ClaimAnswer, ...] = Field(min_length=1)
    remedy: Said | None = None
    remedy_by: date | None = None


class Question(Part):
    """What an agency asks the office."""

    question: Said


class MoreTime(Part):
    """How much more time an agency asks for, and why."""

    extra: Target
    reason: Said


class Handover(Part):
    """The named colleague to whom a task is passed."""

    to: PersonId


class Refusal(Part):
    """Why an agency is not competent, and which one is."""

    reason: Said
    names: AgencyId


class Draft(Part):
    """The kind of statement the coordinator submits, with words for fields of its template."""

    kind: StatementKind
    fields: dict[str, Said] = {}


class Ground(Part):
    """The compulsory reason of a return, a rejection or a closing."""

    reason: Said
