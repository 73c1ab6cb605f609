"""The answer as an agency types it: read from the form, and kept as a draft."""

from collections.abc import Iterable, Sequence
from typing import Any

from crisis.records.answer_version import AnswerVersion
from desk.agency.sent import Sent

TEXTS = ("verdict", "fact_vi", "fact_en", "what_vi", "what_en", "who_vi", "by")
"""What is typed about one claim."""
FRESH = ("link", "title", "holder", "issuer", "issued_on")
"""What is typed about a piece of evidence that is being added."""
SIGNED = ("name", "title", "note")
LONGEST = 8000
"""Letters kept of one field of a draft; the check when it is sent is stricter."""

Draft = dict[str, Any]


def typed(sent: Sent, claims: Iterable[str]) -> Draft:
    """What stands in the form now, as a draft; evidence is kept where its box is ticked."""
    return {
        **{name: _kept(sent, name) for name in SIGNED},
        "claims": {
            claim: {
                **{name: _kept(sent, f"{name}-{claim}") for name in TEXTS},
                "fresh": {name: _kept(sent, f"new_{name}-{claim}") for name in FRESH},
                "evidence": list(dict.fromkeys(sent.fields.get(f"keep-{claim}", []))),
            }
            for claim in claims
        },
    }


def _kept(sent: Sent, name: str) -> str:
    return sent.text(name)[:LONGEST]


def blank(claims: Iterable[str]) -> Draft:
    """An empty form."""
    return typed(Sent(fields={}), claims)


def as_sent(version: AnswerVersion, claims: Iterable[str]) -> Draft:
    """A sent answer as a form, to be amended."""
    draft = blank(claims)
    made = version.answer
    draft |= {"name": made.by_name, "title": made.by_title, "note": made.note}
    for claim, one in draft["claims"].items():
        finding = version.findings.get(claim)
        if finding is None:
            continue
        remedy = finding.remedy or {}
        one |= {"verdict": finding.verdict, "fact_vi": finding.fact_vi, "fact_en": finding.fact_en}
        one |= {name: remedy.get(name) or "" for name in ("what_vi", "what_en", "who_vi", "by")}
        one["evidence"] = list(finding.evidence)
    return draft


def completed(kept: Draft | None, claims: Sequence[str]) -> Draft:
    """A stored draft with everything that the form asks, whatever it was stored with."""
    draft = blank(claims)
    for name in SIGNED:
        draft[name] = str((kept or {}).get(name, ""))
    theirs = (kept or {}).get("claims", {})
    for claim in claims:
        draft["claims"][claim] |= theirs.get(claim, {})
    return draft


def words_of(draft: Draft) -> Draft:
    """A draft without what is no content: who is typing, files, and how far evidence has come."""
    return {
        **{name: draft.get(name, "") for name in SIGNED},
        "claims": {
            claim: {name: one.get(name, "") for name in TEXTS}
            for claim, one in draft.get("claims", {}).items()
        },
    }
