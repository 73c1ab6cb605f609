"""What a coordinator records before words may go out: agreed texts, and names to protect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis.model.errors import BadInput
from crisis.model.rule import inv8_no_state_secret
from crisis.model.spelling import nfc
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.records import amendment, protected_name, turn
from crisis.records.act import Act
from crisis.records.amendment import Amendment

MOST_NAMES = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Who agreed on the content, and the document that says so."""

    who: str
    document: str
    dated: date | None


async def record_agreement(act: Act, standing: Standing, new: Agreement) -> None:
    """Record that the content was agreed with the other provinces or ministries (INV6).

    Raises BadInput without who, document and date, RuleBroken for a secrecy mark.
    """
    who, document = new.who.strip(), new.document.strip()
    if not who or not document or new.dated is None:
        raise BadInput(
            words(
                "Xin ghi cơ quan thống nhất nội dung, số và ngày của văn bản.",
                "Please say who agreed, and the number and date of the document.",
            ),
            field="document",
        )
    inv8_no_state_secret(f"{who}\n{document}")
    case = standing.incident
    told = f"{document}, {new.dated:%d/%m/%Y} – {who}"
    change = Amendment(field="agreed_text", old=case.agreed_text or "", new=told, reason=who)
    await amendment.amend(act, case, change)
    case.agreed_text = told
    await act.session.flush()
    await turn.wake(act, case, because="agreed text recorded")


async def protect_names(act: Act, standing: Standing, names: Sequence[str]) -> None:
    """Set the names that no text of the office may bear (INV9); an empty list protects nobody.

    Raises BadInput for a name of one word: it would be masked wherever that word stands.
    """
    told = tuple(dict.fromkeys(" ".join(nfc(name).split()) for name in names if name.strip()))
    short = next((name for name in told if len(name.split()) == 1 or len(name) > 100), None)
    if short is not None or len(told) > MOST_NAMES:
        raise BadInput(
            words(
                f"Xin ghi đủ họ và tên, mỗi dòng một người: “{(short or '')[:100]}”.",
                f"Please write full names, one a line: “{(short or '')[:100]}”.",
            ),
            field="names",
        )
    await protected_name.replace(act, standing.incident, told)
    await turn.wake(act, standing.incident, because="names to protect")
