"""The office's invariants INV1–INV12 (`law.yaml`), each one function that refuses by its name.

All raise RuleBroken with `rule` set to the invariant's id. INV5 (official channels only) is
asked of every outlet by `crisis.model.outlet.refusal`; INV7 (short quotations, no articles) of
every report, by `crisis.model.report` and `crisis.model.unwelcome_field`.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NoReturn

from crisis.model.approval import Authority, Basis, Right
from crisis.model.claim import Conclusion
from crisis.model.decision import contested
from crisis.model.errors import RuleBroken
from crisis.model.severity import Severity
from crisis.model.spelling import as_read, nfc
from crisis.model.statement import StatementKind
from crisis.model.verdict import Verdict
from crisis.model.words import words

_CONTESTING_KINDS = frozenset({StatementKind.CORRECT, StatementKind.CLARIFY})
_NOT_DENIABLE = frozenset(
    {
        Verdict.ACCURATE,
        Verdict.PARTLY_ACCURATE,
        Verdict.OUT_OF_CONTEXT,
        Verdict.UNVERIFIED_YET,
    }
)
_SECRET_MARK = re.compile(r"^\W*(TUYỆT MẬT|TỐI MẬT|MẬT)\W*$", re.MULTILINE)


def _refuse(rule: str, vi: str, en: str) -> NoReturn:
    raise RuleBroken(words(vi, en), rule=rule)


def inv1_evidence_for_each_contested_claim(
    kind: StatementKind, conclusions: Sequence[Conclusion]
) -> None:
    """A denial states its grounds: each contested claim has evidence with a holder."""
    if kind not in _CONTESTING_KINDS:
        return
    for conclusion in contested(conclusions):
        if not any(e.traceable for e in conclusion.evidence):
            n = conclusion.claim.number
            _refuse(
                "INV1",
                f"Nội dung {n} bị phản bác nhưng chưa có chứng cứ, nên chưa thể trình văn bản này.",
                f"Claim {n} is contested without evidence, so this cannot be submitted.",
            )
    if kind is StatementKind.CORRECT and not contested(conclusions):
        _refuse(
            "INV1",
            "Không có nội dung nào được kết luận là sai nên không thể bác bỏ.",
            "No claim was found inaccurate, so there is nothing to deny.",
        )


def inv2_true_report_is_acknowledged(
    kind: StatementKind, conclusions: Sequence[Conclusion], severity: Severity
) -> None:
    """What is accurate is never denied, and from S2 on it is acknowledged with a remedy."""
    verdicts = {c.verdict for c in conclusions}
    if kind is StatementKind.CORRECT and verdicts & _NOT_DENIABLE:
        _refuse(
            "INV2",
            "Chỉ được bác bỏ khi mọi nội dung đều đã kết luận là sai; nội dung đúng phải tiếp thu.",
            "Only a report found wrong in every claim may be denied; what is true is acknowledged.",
        )
    facts = verdicts - {Verdict.OPINION, Verdict.OUT_OF_SCOPE}
    must = severity.at_least(Severity.S2) and facts == {Verdict.ACCURATE}
    if must and kind is not StatementKind.ACKNOWLEDGE:
        _refuse(
            "INV2",
            "Báo nêu đúng: văn bản phải tiếp thu và nêu biện pháp khắc phục.",
            "The report is accurate: the statement has to acknowledge it and name the remedy.",
        )


def inv3_spokesperson_in_office(
    authorities: Collection[Authority], at: datetime, incident: str
) -> Authority:
    """Whoever is named has the written right to speak at `at`; a delegation is for one case."""
    for authority in authorities:
        bounded = authority.incident is not None and authority.valid_to is not None
        if authority.basis is Basis.DELEGATED and not bounded:
            continue
        if authority.document and authority.holds(right=Right.SPEAK, at=at, incident=incident):
            return authority
    _refuse(
        "INV3",
        "Chưa có người phát ngôn còn hiệu lực (văn bản giao hoặc ủy quyền) tại thời điểm công bố.",
        "Nobody holds a valid written authority to speak at the time of publication.",
    )


def inv4_refusal_has_ground_and_reason(
    ground: str, reason: str, grounds_in_force: Collection[str]
) -> None:
    """An answer to the press is refused only on a legal ground in force, with its reason shown."""
    if ground not in grounds_in_force or not reason.strip():
        _refuse(
            "INV4",
            "Từ chối cung cấp thông tin phải nêu căn cứ pháp luật và lý do gửi cơ quan báo chí.",
            "A refusal needs a legal ground in force and a reason shown to the outlet.",
        )


def inv6_agreed_text_first(*, several_provinces: bool, agreed_text: str | None) -> None:
    """Where several provinces or ministries are concerned, the agreed text comes first."""
    if several_provinces and not agreed_text:
        _refuse(
            "INV6",
            "Vụ việc liên quan nhiều tỉnh, bộ: trước khi công bố, xin ghi văn bản thống nhất "
            "tại mục “Ghi nội dung đã thống nhất” trên trang vụ việc.",
            "Several provinces or ministries: before publishing, record the agreed text "
            "(“Record the agreed text” on the incident's page).",
        )


def inv8_no_state_secret(text: str) -> None:
    """Nothing that bears a secrecy mark enters: the system is not approved for it."""
    if _SECRET_MARK.search(as_read(text)):
        _refuse(
            "INV8",
            "Văn bản có dấu độ mật. Hệ thống này không được phép chứa bí mật nhà nước.",
            "The text bears a secrecy mark. This system may not hold state secrets.",
        )


def inv9_names_masked(text: str, protected_names: Collection[str]) -> None:
    """Names of victims, children and complainants do not appear in drafts."""
    told = as_read(text)
    if any(_named(name).search(told) for name in protected_names if name.strip()):
        _refuse(
            "INV9",
            "Văn bản còn tên người cần bảo vệ (nạn nhân, trẻ em, người phản ánh); xin viết tắt.",
            "The text names a protected person (victim, child, complainant); please mask it.",
        )


def _named(name: str) -> re.Pattern[str]:
    """`name` as whole words in any case, across line breaks; “An” does not stand in “Lan”."""
    words_of_it = r"\s+".join(re.escape(part) for part in nfc(name).split())
    return re.compile(rf"(?<!\w){words_of_it}(?!\w)", re.IGNORECASE)


def inv10_human_author(*, machine_made: bool, approver: str | None) -> None:
    """What a machine wrote is published only on a named person's approval."""
    if machine_made and not approver:
        _refuse(
            "INV10",
            "Bản do máy soạn phải có người phê duyệt.",
            "A machine-made draft needs a named person's approval.",
        )


def inv11_same_form(original: Collection[str], correction: Collection[str]) -> None:
    """An own error is corrected in every channel that carried it."""
    missing = sorted(set(original) - set(correction))
    if missing:
        _refuse(
            "INV11",
            f"Đính chính phải đăng trên cùng các kênh đã công bố; còn thiếu: {', '.join(missing)}.",
            f"A correction goes to every channel that carried the error; "
            f"missing: {', '.join(missing)}.",
        )


def inv12_no_response_has_owner(
    *, reason: str, owner: str | None, recheck_on: date | None, open_press_request: bool
) -> None:
    """Not answering is a decision with reason, owner and re-check; never an answer to the press."""
    if not (reason.strip() and owner and recheck_on):
        _refuse(
            "INV12",
            "Quyết định không phát ngôn phải có lý do, người chịu trách nhiệm và ngày xem lại.",
            "A decision not to respond needs a reason, an owner and a re-check date.",
        )
    if open_press_request:
        _refuse(
            "INV12",
            "Cơ quan báo chí đã đề nghị trả lời; không thể kết thúc bằng việc không phát ngôn.",
            "A newspaper asked for an answer; not responding does not close its request.",
        )
