"""The facts from which a statement is drafted. Number, date and greeting are not among them.

A `Words` without English means that the English text is missing, not that there is none.
"""

from dataclasses import dataclass
from datetime import date, datetime

from crisis.model.letter_part import Contact
from crisis.model.severity import Severity
from crisis.model.verdict import CONTESTING, Verdict
from crisis.model.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """Who raised the matter: outlet, title and day of one report."""

    outlet: str
    title: str
    published_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceRef:
    """A document that carries a fact: what it is, who holds it, of which day."""

    title: Words
    holder: Words
    dated: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimFacts:
    """One claim as it was raised, what verification found, and what is true."""

    id: str
    text: Words
    verdict: Verdict
    truth: Words | None = None
    evidence: tuple[EvidenceRef, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether the finding contradicts the report in whole or part."""
        return self.verdict in CONTESTING


@dataclass(frozen=True, kw_only=True, slots=True)
class Remedy:
    """What will be or was done, who does it, and by which day (None: done)."""

    what: Words
    who: Words
    by: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PressDesk:
    """Where the press and the public ask on."""

    name: Words
    phone: str
    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """The published statement that this one supplements or, with `corrects`, corrects; and why."""

    title: Words
    published_at: datetime
    why: Words
    corrects: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftFacts:
    """Everything that may stand in a statement about one incident.

    `doing` and `leading`: what is being done and who leads it. `advice`: what people should do.
    `empathy`, `apology`: in the office's own words; the apology stands only where it is given.
    `explanation`: of the policy that was criticised. `referred_to`: who is competent instead.
    `personal_names`: victims, children, complainants, masked everywhere (INV9).
    """

    office: Words
    spokesperson: Contact
    desk: PressDesk
    subject: Words
    severity: Severity
    exercise: bool
    raised: tuple[Raised, ...]
    claims: tuple[ClaimFacts, ...]
    remedies: tuple[Remedy, ...] = ()
    doing: Words | None = None
    leading: Words | None = None
    advice: Words | None = None
    next_update_at: datetime | None = None
    empathy: Words | None = None
    apology: Words | None = None
    explanation: Words | None = None
    referred_to: Words | None = None
    basis: tuple[Words, ...] = ()
    earlier: Earlier | None = None
    personal_names: tuple[str, ...] = ()
