"""What the writing tests share: the shelf that ships, and one value of every letter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.model.letter import (
    ApprovalRequest,
    Assignment,
    Decision,
    Escalation,
    Letter,
    Overdue,
    Reminder,
)
from crisis.model.letter_part import (
    Contact,
    Due,
    Heading,
    Moment,
    NumberedClaim,
    PressItem,
    Reach,
    ReadVariant,
    Relation,
    Role,
    Ruling,
    Told,
)
from crisis.model.notice import (
    DutyReminder,
    ExtensionDecision,
    ExtensionRequest,
    FreshLink,
    OfficeAnswer,
    PressNote,
    PressRefusal,
    PressStatement,
    PublicationNotice,
    QuestionToOffice,
    Recall,
    RequestReminder,
    TaskDeclined,
    TaskPassedOn,
)
from crisis.model.press_brief import PressBrief
from crisis.model.statement import Variant
from crisis.model.words import Language, words
from crisis.writing.shelf import Shelf
from tests.writing.brief_sample import brief
from tests.writing.office_letter import letters_of_the_office

ROOT = Path(__file__).parents[2]

AT = datetime(2027, 2, 3, 1, 15, tzinfo=UTC)
SITE_WORDS = words("Trang thông tin chính thức (tiếng Việt)", "Official site (Vietnamese)")
COORDINATOR = Contact(
    name="Trần Thu Hà", title=words("Chuyên viên chính", "Senior officer"), phone="0233 385 1234"
)
ANSWER = Due(
    at=datetime(2027, 2, 5, 9, 30, tzinfo=UTC),
    what=words("Trả lời kết quả xác minh", "Answer with the findings"),
    rule=words("chỉ tiêu mức S2, 16 giờ làm việc", "target for S2, 16 working hours"),
    legal=False,
)
ACKNOWLEDGE = Due(
    at=datetime(2027, 2, 3, 9, 30, tzinfo=UTC),
    what=words("Xác nhận đã nhận", "Acknowledge receipt"),
    rule=words("quy chế nội bộ", "office rules"),
    legal=False,
)
LEGAL = Due(
    at=ANSWER.at,
    what=words("Phát ngôn ban đầu", "First statement"),
    rule=words("khoản 4 Điều 7 Nghị định 244/2026/NĐ-CP", "Article 7(4), Decree 244/2026"),
    legal=True,
)
ITEM = PressItem(
    outlet="Pháp Luật TP.HCM",
    title="Một trường tiểu học ở Quảng Trị cứ mưa là bị cảnh ao tù, nước đọng",
    link="https://bao.example/giao-duc/truong-tieu-hoc-cu-mua-la-ngap-post879123.html",
    published_at=datetime(2027, 2, 1, 23, 0, tzinfo=UTC),
    quotation="Sân trường ngập nhiều ngày, học sinh không thể ra chơi.",
)
STATEMENT = Variant(
    outlet="press_list",
    language=Language.VI,
    title="Thông tin làm rõ: phản ánh sân trường đọng nước",
    body="Đoạn một.\n\n\nĐoạn hai, giữ nguyên ba dấu xuống dòng.",
)
REACH = (
    Reach(outlet=words("Trang thông tin chính thức", "Official site")),
    Reach(outlet=words("Danh sách báo chí", "Press list"), recipients=21),
)
FLOODS = words("Sân trường ngập mỗi khi mưa", "The yard floods whenever it rains")
BLOCKED = words("Dự án đường chắn lối thoát nước", "A road project blocks the drain")
TOLD = Told(
    items=(ITEM,),
    claims=(NumberedClaim(number=1, text=FLOODS), NumberedClaim(number=2, text=BLOCKED)),
)


def _heading(language: Language, *, exercise: bool = False) -> Heading:
    """The heading of a letter to a department."""
    return Heading(
        office=words("Văn phòng UBND tỉnh Quảng Trị", "Office of the Quang Tri People's Committee"),
        coordinator=COORDINATOR,
        code="QT-2027-0012",
        subject=words("Sân trường đọng nước ở xã Gio Linh", "A school yard under water"),
        addressee=words("Sở Xây dựng", "Department of Construction"),
        language=language,
        exercise=exercise,
        link="https://phatngon.example/viec/q7Zk3vX0",
    )


def _assignment(language: Language, *, exercise: bool = False) -> Assignment:
    """The letter that most receivers see first."""
    return Assignment(
        heading=_heading(language, exercise=exercise),
        items=(ITEM,),
        claims=TOLD.claims,
        lead=words("Sở Xây dựng", "Department of Construction"),
        support=(words("UBND xã Gio Linh", "Gio Linh commune"),),
        relation=Relation.ASSIGNS,
        role=Role.LEAD,
        acknowledge=ACKNOWLEDGE,
        answer=ANSWER,
    )


def _every_letter(language: Language, *, exercise: bool = False) -> tuple[Letter, ...]:
    """One of each."""
    top = _heading(language, exercise=exercise)
    agency = words("Sở Xây dựng", "Department of Construction")
    missing = words("kết quả xác minh nội dung 1 và 2", "findings on claims 1 and 2")
    kind = words("Thông tin làm rõ", "Clarification")
    statement = replace(STATEMENT, language=language)
    return (
        _assignment(language, exercise=exercise),
        Reminder(
            heading=top,
            due=ANSWER,
            left=timedelta(hours=27, minutes=5),
            missing=missing,
            relation=Relation.COORDINATES,
            told=TOLD,
        ),
        Overdue(
            heading=top,
            due=LEGAL,
            late=timedelta(minutes=95),
            missing=missing,
            next_step=words("báo cáo lãnh đạo Sở lúc 18 giờ 00", "the director is told at 18:00"),
            relation=Relation.ASSIGNS,
            told=TOLD,
        ),
        Escalation(
            heading=top,
            agency=agency,
            due=ANSWER,
            late=timedelta(hours=3),
            why=None,
            missing=missing,
            history=(Moment(at=AT, text=words("Đã giao việc", "Assigned")),),
            request=words("chỉ đạo Sở trả lời ngay", "direct the department to answer"),
            own_task=False,
            told=TOLD,
        ),
        ApprovalRequest(
            heading=top,
            kind=kind,
            version=2,
            authors=("Trần Thu Hà", "Nguyễn Minh"),
            variants=(
                ReadVariant(
                    place=words(
                        "Trang thông tin chính thức (tiếng Việt)", "Official site (Vietnamese)"
                    ),
                    variant=statement,
                ),
            ),
            reach=REACH,
            due=LEGAL,
        ),
        Decision(
            heading=top,
            ruling=Ruling.RETURNED,
            kind=kind,
            version=2,
            by=COORDINATOR,
            at=AT,
            next_step=words("sửa và trình bản 3", "revise and submit version 3"),
            reason="Bổ sung số biên bản.\nNêu rõ thời hạn.",
        ),
        PublicationNotice(
            heading=top,
            number="12/TB",
            kind=kind,
            spokesperson=COORDINATOR,
            published_at=AT,
            reach=REACH,
            statement=statement,
        ),
        Recall(
            heading=top,
            assigned_at=AT,
            recalled_at=AT + timedelta(hours=1),
            reason=words("gửi nhầm cơ quan", "sent to the wrong body"),
        ),
        FreshLink(heading=top, due=ANSWER, told=TOLD),
        QuestionToOffice(
            heading=top,
            agency=agency,
            asker="Phạm Văn Bình",
            asker_phone="0233 111 222",
            asked_at=AT,
            question="Xin cho biết ảnh chụp ngày nào?\nCổng trường hay sân sau?",
            due=ANSWER,
        ),
        ExtensionRequest(
            heading=top,
            agency=agency,
            asker="Phạm Văn Bình",
            asked_at=AT,
            until=ANSWER.at + timedelta(days=2),
            reason="Chờ kết quả đo đạc hiện trường",
            due=ANSWER,
        ),
        TaskDeclined(
            heading=top,
            agency=agency,
            by="Phạm Văn Bình",
            declined_at=AT,
            assigned_at=AT - timedelta(hours=4),
            reason="Trường do phường quản lý",
            named=words("Sở Giáo dục và Đào tạo", "Department of Education and Training"),
            claims=_assignment(language).claims,
        ),
        TaskPassedOn(
            heading=replace(top, addressee=words("Phan Văn Mẫu", "Phan Van Mau")),
            agency=agency,
            by="Phạm Văn Bình",
            items=(ITEM,),
            claims=_assignment(language).claims,
            answer=ANSWER,
            note="Nhờ anh xem giúp",
        ),
        OfficeAnswer(heading=top, question="Ảnh ngày nào?", answer="Ngày 01/02/2027.", due=ANSWER),
        ExtensionDecision(
            heading=top, granted=True, due=ANSWER, before=AT, reason="cần đo đạc hiện trường"
        ),
        PressStatement(heading=top, number="12/TB", published_at=AT, statement=statement),
        PressNote(heading=top, item=ITEM, statement=statement),
        PressRefusal(
            heading=top,
            received_at=AT,
            ground=words("Vụ án đang điều tra", "A case under investigation"),
            reason="Cơ quan điều tra chưa cho phép công bố",
        ),
        DutyReminder(heading=top, due=LEGAL, late=False),
        RequestReminder(
            heading=top,
            outlet="Báo Ví Dụ",
            received_at=AT,
            due=LEGAL,
            late=True,
            incident="DT-2025-0001",
        ),
        PressBrief(heading=top, day=AT.date(), brief=brief(AT)),
        *letters_of_the_office(top, AT),
    )


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The templates that the product ships."""
    return Shelf.from_folder(ROOT / "templates")


@pytest.fixture(scope="session")
def assignment():
    """`assignment(language, exercise=False)`: the letter that most receivers see first."""
    return _assignment


@pytest.fixture(scope="session")
def every_letter():
    """`every_letter(language, exercise=False)`: one of each."""
    return _every_letter
