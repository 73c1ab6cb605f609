"""A legal officer confirms a rule of law as it reads; a rule that changed is unsigned again."""

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.errors import NotFound
from crisis.model.law import Law
from crisis.model.law_digest import rule_digest, unsigned
from crisis.model.words import words
from crisis.office.office import Office
from crisis.records import law_signature
from crisis.records.act import Act


async def sign(office: Office, act: Act, rule_id: str, digest: str) -> None:
    """Sign a rule of the law in force. `digest` is what the reader saw.

    Raises NotFound where the rule is not there, or reads otherwise by now.
    """
    law = (await office.in_force(act.session)).law
    rule = next((rule for rule in law.rules if rule.id == rule_id), None)
    if rule is None or rule_digest(rule) != digest:
        raise NotFound(
            words(
                "Quy định này vừa thay đổi hoặc không còn; xin xem lại rồi thẩm định.",
                "This rule has changed or is gone; please read it again before signing.",
            )
        )
    await law_signature.sign(act, rule_id, digest)


async def unsigned_rules(session: AsyncSession, law: Law) -> frozenset[str]:
    """The rules of `law` that no legal officer has signed as they read."""
    rows = await law_signature.in_force(session)
    return unsigned(law, {rule: row.digest for rule, row in rows.items()})
