"""What a signature on a rule of law covers: everything the file says about that rule."""

from collections.abc import Mapping
from hashlib import sha256

from crisis.model.canonical import canonical
from crisis.model.law import Law
from crisis.model.law_rule import LawRule


def rule_digest(rule: LawRule) -> str:
    """SHA-256 over the rule in canonical JSON: any change of its words or limits changes it."""
    return sha256(canonical(rule.model_dump(mode="json"))).hexdigest()


def unsigned(law: Law, signed: Mapping[str, str]) -> frozenset[str]:
    """The rules that nobody signed as they read now; `signed` maps a rule to the signed digest."""
    return frozenset(rule.id for rule in law.rules if signed.get(rule.id) != rule_digest(rule))
