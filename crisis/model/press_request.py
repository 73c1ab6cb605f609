"""What a newspaper asks of the office, which limit of law runs, and what ends the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from crisis.model.citation import Provision
from crisis.model.errors import RuleBroken
from crisis.model.law import Law, rules_in_force
from crisis.model.law_rule import LawRule, StartingFact
from crisis.model.link import Link
from crisis.model.moment import Moment
from crisis.model.text import Line, Paragraph
from crisis.model.validity import holding_on
from crisis.model.words import Language, Words, words


class RequestKind(StrEnum):
    """What is asked for: each kind has its own article of law."""

    QUESTION = "question"
    REPLY_IN_PRESS = "reply_in_press"
    FORWARDED_OPINION = "forwarded_opinion"
    COMPLAINT = "complaint"


class RequestStatus(StrEnum):
    """Where a request stands; only an answer, or a refusal with its ground, ends it."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"


KIND_WORDS: dict[RequestKind, Words] = {
    RequestKind.QUESTION: words(
        "Câu hỏi, đề nghị cung cấp thông tin", "Question or request for information"
    ),
    RequestKind.REPLY_IN_PRESS: words(
        "Yêu cầu trả lời trên báo chí của người đứng đầu cơ quan báo chí",
        "Request by the newspaper's head for an answer in the press",
    ),
    RequestKind.FORWARDED_OPINION: words(
        "Ý kiến, kiến nghị, phản ánh, phê bình do báo chuyển đến",
        "Opinion, petition or criticism that the newspaper forwards",
    ),
    RequestKind.COMPLAINT: words(
        "Khiếu nại, tố cáo do báo chuyển đến",
        "Complaint or denunciation that the newspaper forwards",
    ),
}
STATUS_WORDS: dict[RequestStatus, Words] = {
    RequestStatus.OPEN: words("Chưa trả lời", "Not answered"),
    RequestStatus.ANSWERED: words("Đã trả lời", "Answered"),
    RequestStatus.REFUSED: words("Đã từ chối, có nêu lý do", "Refused, reason given"),
}


class RequestIn(BaseModel):
    """A request as a person writes it down: what is asked and where to answer, no one's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: RequestKind
    outlet: Line
    subject: Line
    received_at: Moment
    email: Line | None = None
    language: Language = Language.VI
    question: Paragraph | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """The fact that starts a limit, and the purpose of the rules that set it."""

    fact: StartingFact
    purpose: str


AT_RECEIPT: dict[RequestKind, Start] = {
    RequestKind.REPLY_IN_PRESS: Start(fact=StartingFact.REQUEST_RECEIVED, purpose="reply_in_press"),
    RequestKind.FORWARDED_OPINION: Start(
        fact=StartingFact.FORWARDED_ITEM_RECEIVED, purpose="reply_forwarded_opinion"
    ),
}
"""Kinds whose limit runs from the receipt. For a question the law sets no number of hours
(Decree 244/2026, 7.5); for a complaint the limit runs from its conclusion."""

AT_CONCLUSION = Start(fact=StartingFact.CONCLUSION_ISSUED, purpose="complaint_conclusion_to_press")

SPOKEN = frozenset({"press_conference", "direct_or_interview", "briefing"})
"""Forms of speaking (`law.yaml`, `speaking_forms`) that leave the newspaper nothing in writing."""


def legal_rules(law: Law, start: Start | None, on: date) -> tuple[LawRule, ...]:
    """The rules whose limit a fact of the day `on` starts; none where the law sets none."""
    if start is None:
        return ()
    found = rules_in_force(law.rules, start.purpose, on)
    return tuple(r for r in found if r.starts_at is start.fact and r.limit is not None)


def why_no_limit(law: Law, kind: RequestKind, on: date) -> Words:
    """Why no limit of law runs for a request of the day `on`: never that none was set, unless so.

    That the law sets no hours for a question is known of Decree 244/2026 only.
    """
    if kind is RequestKind.QUESTION:
        speaking = [one for one in holding_on(on, law.regimes) if one.topic == "speaking"]
        return _NO_HOURS if any("ND244" in one.instruments for one in speaking) else _NOT_HELD
    rules = legal_rules(law, AT_CONCLUSION, on) if kind is RequestKind.COMPLAINT else ()
    if not rules:
        return _NOT_HELD
    count = rules[0].counted.count
    days = "working day" if count == 1 else "working days"
    return words(
        f"Thời hạn luật định {count} ngày làm việc tính từ khi ban hành kết luận; trước đó, thời "
        "hạn trên là mục tiêu của cơ quan.",
        f"The legal limit of {count} {days} runs from the conclusion; until then the time "
        "above is the office's own target.",
    )


_NO_HOURS = words(
    "Luật không ấn định số giờ cho loại yêu cầu này; thời hạn trên là mục tiêu của cơ quan.",
    "The law sets no number of hours for this kind; the time above is the office's own target.",
)
_NOT_HELD = words(
    "Dữ liệu chưa có quy định pháp luật áp dụng vào ngày nhận yêu cầu này; thời hạn trên là mục "
    "tiêu của cơ quan, pháp chế cần kiểm tra.",
    "The law of the day of this request is not in the data; the time above is the office's own "
    "target, and a legal officer should check.",
)


REFUSALS: dict[str, Provision] = {
    "LBC2016": Provision(ref="LBC2016", article=38, clause="2"),
    "LBC2025": Provision(ref="LBC2025", article=31, clause="2"),
}
"""Where each press law lists the grounds on which an agency need not inform."""


def refusal_basis(law: Law, on: date) -> Words:
    """The citation of the grounds of refusal in force on the day `on`."""
    codes = [code for one in holding_on(on, law.regimes) for code in one.instruments]
    return law.citation(REFUSALS[code] for code in codes if code in REFUSALS)


def check_open(status: RequestStatus) -> None:
    """Refuse to settle a request twice. Raises RuleBroken."""
    if status is not RequestStatus.OPEN:
        raise RuleBroken(
            words(
                f"Yêu cầu này đã kết thúc: {STATUS_WORDS[status].vi.lower()}.",
                f"This request has ended: {STATUS_WORDS[status].en.lower()}.",
            ),
            rule="request",
        )


def check_form(form: str, rules: Iterable[LawRule]) -> None:
    """Refuse a spoken answer where a rule that runs asks for a written one. Raises RuleBroken."""
    written = next((rule for rule in rules if rule.form == "written"), None)
    if form in SPOKEN and written is not None:
        raise RuleBroken(
            words(
                "Luật yêu cầu trả lời loại này bằng văn bản; trả lời miệng chưa kết thúc yêu cầu.",
                "The law asks for a written answer here; a spoken one does not end the request.",
            ),
            rule=written.id,
        )
