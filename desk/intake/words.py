"""Words for what a matter is: its kind, its severity, and the facts that set a floor."""

from typing import Any

from crisis.model.playbook_section import ReportKind
from crisis.model.press_request import KIND_WORDS as REQUEST_WORDS
from crisis.model.severity import Floor, Severity
from crisis.model.words import Words, words

KIND_WORDS: dict[ReportKind, Words] = {
    ReportKind.PRESS: words("Báo chí", "Press"),
    ReportKind.SOCIAL: words("Mạng xã hội", "Social network"),
    ReportKind.CITIZEN: words("Phản ánh của người dân", "Citizen"),
    ReportKind.HOTLINE: words("Đường dây nóng", "Hotline"),
    ReportKind.RUMOUR: words("Tin đồn, thông tin chưa rõ nguồn", "Rumour, source unknown"),
    ReportKind.PRESS_REQUEST: words(
        "Báo chí gửi câu hỏi, đề nghị trả lời", "A newspaper asks for an answer"
    ),
    ReportKind.POLICY: words(
        "Truyền thông dự thảo chính sách (có kế hoạch)", "Planned communication of a draft policy"
    ),
}
FLOOR_WORDS: dict[Floor, Words] = {
    Floor.LIFE_SAFETY: words("Có thương vong hoặc đe dọa tính mạng", "Deaths, or danger to life"),
    Floor.PUBLIC_HEALTH: words("Ảnh hưởng sức khỏe cộng đồng", "Public health is affected"),
    Floor.CHILD_VICTIM: words("Có trẻ em bị xâm hại, bị hại", "A child is a victim"),
    Floor.PRESS_REQUEST: words(
        "Báo chí đã gửi câu hỏi, yêu cầu trả lời", "A newspaper has asked for an answer"
    ),
    Floor.SEVERAL_PROVINCES: words("Liên quan nhiều tỉnh, thành", "Several provinces concerned"),
    Floor.MAJOR_EVENT: words(
        "Xác định là vụ việc lớn, được xã hội quan tâm", "Determined to be a major event"
    ),
    Floor.DIVIDED_OPINION: words(
        "Xác định gây dư luận trái chiều, ảnh hưởng xã hội",
        "Determined to divide public opinion",
    ),
}
SEVERITY_WORDS = {
    Severity.S1: words("S1 – thấp", "S1 – low"),
    Severity.S2: words("S2 – cần trả lời", "S2 – needs an answer"),
    Severity.S3: words("S3 – sự cố truyền thông", "S3 – communication incident"),
    Severity.S4: words("S4 – khẩn cấp", "S4 – emergency"),
}
REQUEST_FIELDS = {
    "kind": words("loại yêu cầu", "the kind of request"),
    "outlet": words("cơ quan báo chí", "the newspaper"),
    "subject": words("về việc gì", "what it is about"),
    "received_at": words("thời điểm nhận", "when it was received"),
    "email": words("thư điện tử nhận trả lời", "the e-mail to answer to"),
    "language": words("ngôn ngữ thư", "the language of the letter"),
    "question": words("nội dung câu hỏi", "what was asked"),
    "link": words("đường dẫn bài báo", "the link"),
}
"""What a person calls the fields of a request."""


def words_of_kinds() -> dict[str, Any]:
    """What each kind of request is called, by its code."""
    return {kind.value: told for kind, told in REQUEST_WORDS.items()}
