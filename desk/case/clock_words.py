"""Words for facts that start a clock and for what happens to one."""

from crisis.model.law_rule import StartingFact
from crisis.model.words import Words, words

FACT_WORDS: dict[str, Words] = {
    "received": words("nhận tin", "receipt of the report"),
    "statement_published": words("công bố phát ngôn", "publication of the statement"),
    StartingFact.EVENT_OCCURRED.value: words("sự việc xảy ra", "the event"),
    StartingFact.AGENCY_RECEIVED_AND_HANDLING.value: words(
        "tiếp nhận và xử lý", "received and handled"
    ),
    StartingFact.AGENCY_DETERMINED_PUBLIC_IMPACT.value: words(
        "xác định có tác động dư luận", "determined to affect opinion"
    ),
    StartingFact.APPOINTMENT_DECISION.value: words("quyết định giao phát ngôn", "appointment"),
    StartingFact.DELEGATION_SIGNED.value: words("ký ủy quyền", "delegation signed"),
    StartingFact.REQUEST_RECEIVED.value: words("nhận yêu cầu", "request received"),
    StartingFact.FORWARDED_ITEM_RECEIVED.value: words("nhận nội dung chuyển đến", "item received"),
    StartingFact.CONCLUSION_ISSUED.value: words("ban hành kết luận", "conclusion issued"),
    StartingFact.EVENT_PLANNED.value: words("giờ họp báo", "time of the press conference"),
    StartingFact.OUTLET_RECEIVED_REQUEST.value: words(
        "báo nhận yêu cầu của cơ quan", "the newspaper received the request"
    ),
    StartingFact.OUTLET_RECEIVED_CONCLUSION.value: words(
        "báo nhận văn bản kết luận", "the newspaper received the conclusion"
    ),
    StartingFact.INFORMATION_CREATED.value: words("thông tin được tạo ra", "information created"),
    StartingFact.INFORMATION_REQUESTED.value: words("nhận yêu cầu hợp lệ", "valid request"),
    StartingFact.PETITION_RECEIVED.value: words("nhận kiến nghị", "petition received"),
    StartingFact.ERROR_FOUND.value: words("phát hiện sai sót", "error found"),
    StartingFact.DOCUMENT_RECEIVED.value: words("nhận văn bản", "document received"),
    StartingFact.DOCUMENT_SIGNED.value: words("ký văn bản", "document signed"),
    StartingFact.DATA_REQUEST_RECEIVED.value: words(
        "nhận yêu cầu của chủ thể dữ liệu", "data subject's request received"
    ),
    StartingFact.DATA_BREACH_DETECTED.value: words("phát hiện vi phạm", "breach detected"),
    StartingFact.AI_INCIDENT.value: words("xảy ra sự cố AI", "AI incident"),
    StartingFact.REPORT_PUBLISHED.value: words("báo đăng tin", "report published"),
    StartingFact.REPORT_DETECTED.value: words("phát hiện tin", "report detected"),
}
CHANGE_WORDS: dict[str, Words] = {
    "extended": words("Gia hạn", "Extended"),
    "paused": words("Tạm dừng", "Paused"),
    "resumed": words("Tính tiếp", "Resumed"),
    "done": words("Ghi hoàn thành", "Recorded as done"),
}
