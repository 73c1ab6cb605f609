"""The two determinations that start the 24-hour clock, and when a start comes late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from crisis.model.errors import BadInput, RuleBroken
from crisis.model.law import rules_in_force
from crisis.model.law_rule import LawRule, StartingFact
from crisis.model.limit import Limit
from crisis.model.severity import Floor, Severity
from crisis.model.words import Words, words

STARTS: dict[Floor, StartingFact] = {
    Floor.MAJOR_EVENT: StartingFact.AGENCY_RECEIVED_AND_HANDLING,
    Floor.DIVIDED_OPINION: StartingFact.AGENCY_DETERMINED_PUBLIC_IMPACT,
}
"""What each yes starts (Decree 244/2026, 7.3 and 7.4)."""

QUESTION_WORDS: dict[Floor, Words] = {
    Floor.MAJOR_EVENT: words(
        "Đây có phải sự kiện, vấn đề quan trọng, tác động lớn mà cơ quan đã tiếp nhận và xử lý?",
        "Is this an important matter of large impact which the office has received and handles?",
    ),
    Floor.DIVIDED_OPINION: words(
        "Vụ việc có tác động hoặc nguy cơ tác động đến dư luận, ý kiến không thống nhất?",
        "Does the matter divide, or threaten to divide, public opinion?",
    ),
}


DETERMINATION = "determination"
"""What the office's clock for answering both questions is about."""

DETERMINATION_WORDS = words("Trả lời hai câu hỏi xác định", "Answer the two determinations")


def count(rules: Iterable[LawRule], on: date) -> bool:
    """Whether the law of the day counts a first statement's 24 hours from determinations."""
    found = rules_in_force(rules, "initial_statement", on)
    return any(rule.starts_at in STARTS.values() for rule in found)


def are_asked(rules: Iterable[LawRule], on: date, severity: Severity) -> bool:
    """Whether both have to be answered: where they count, for a matter of S3 or S4."""
    return severity.at_least(Severity.S3) and count(rules, on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Determined:
    """A named person's answer to one question: yes or no, since when, and why so late or anew."""

    question: Floor
    answer: bool
    made_at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Timing:
    """What a determination is measured by: the receipt, the triage target from it, and now."""

    received_at: datetime
    in_time_until: datetime
    now: datetime


def is_late(made_at: datetime, timing: Timing) -> bool:
    """Whether the clock would start later than triage has to be done."""
    return made_at > timing.in_time_until


def check_determined(said: Determined, before: Determined | None, timing: Timing) -> None:
    """Refuse a time that cannot be, and a later start or another answer without its reason.

    Raises BadInput or RuleBroken.
    """
    if said.made_at > timing.now or said.made_at < timing.received_at:
        raise BadInput(
            words(
                "Thời điểm xác định phải sau lúc nhận tin và không ở tương lai.",
                "The determination has to lie after the receipt, and not in the future.",
            ),
            field="made_at",
        )
    if said.reason.strip():
        return
    if before is not None and (before.answer, before.made_at) != (said.answer, said.made_at):
        raise RuleBroken(
            words("Xin ghi lý do thay đổi câu trả lời.", "Please say why the answer changes."),
            rule="determination",
        )
    if said.answer and is_late(said.made_at, timing):
        raise RuleBroken(
            words(
                "Thời hạn 24 giờ bắt đầu muộn hơn hạn sàng lọc: xin ghi lý do.",
                "The 24 hours would start after triage was due: please say why.",
            ),
            rule="determination",
        )


def unanswered(found: Mapping[Floor, Determined], timing: Timing) -> tuple[Floor, ...]:
    """The questions that still want an answer, or the reason of a late yes."""
    return tuple(
        question
        for question in STARTS
        if question not in found
        or (
            found[question].answer
            and is_late(found[question].made_at, timing)
            and not found[question].reason.strip()
        )
    )


def in_time_until(received_at: datetime, target: Limit | None) -> datetime:
    """Until when a determination is in time; without a target at the receipt itself."""
    return received_at + target.span if target is not None else received_at
