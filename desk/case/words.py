"""Words of an incident's pages for what the records hold as codes."""

from crisis.model.delivery import DeliveryState
from crisis.model.incident import Stage
from crisis.model.words import Words, words
from crisis.records.assignment import Status

STATUS_WORDS: dict[Status, Words] = {
    Status.AWAITING_ACK: words("Chờ xác nhận đã nhận việc", "Awaiting confirmation of receipt"),
    Status.ACKNOWLEDGED: words("Đã nhận việc", "Acknowledged"),
    Status.ANSWERED: words("Đã trả lời", "Answered"),
    Status.DECLINED: words("Trả lại, không thuộc thẩm quyền", "Declined as not competent"),
    Status.RECALLED: words("Đã thu hồi", "Recalled"),
    Status.UNREACHABLE: words("Chưa có địa chỉ thư", "No address to write to"),
}
FIELD_WORDS: dict[str, Words] = {
    "restricted": words("Phạm vi người xem", "Who may see it"),
    "event_at": words("Thời điểm xảy ra", "Time of the event"),
    "received_at": words("Thời điểm nhận tin", "Time of receipt"),
    "title": words("Tên vụ việc", "Name of the matter"),
    "title_en": words("Tên vụ việc bằng tiếng Anh", "Name in English"),
    "topics": words("Lĩnh vực", "Topics"),
    "places": words("Địa bàn", "Places"),
    "agreed_text": words("Nội dung đã thống nhất", "Agreed text"),
    "playbook": words("Kịch bản", "Playbook"),
    "report.title": words("Tiêu đề tin, bài", "Title of the report"),
    "report.outlet": words("Cơ quan báo chí", "Outlet"),
    "report.link": words("Đường dẫn tin, bài", "Link of the report"),
    "report.quotation": words("Đoạn trích", "Quotation"),
    "report.published_at": words("Thời điểm đăng", "Time of publication"),
    "claim.vi": words("Nội dung phản ánh", "Claim"),
    "claim.en": words("Nội dung bằng tiếng Anh", "Claim in English"),
    "claim.about": words("Cơ quan bị phản ánh", "Agency the claim is about"),
    "contact": words("Địa chỉ thư của cơ quan", "Address of the agency"),
}
ENDS: dict[Stage, Words] = {
    Stage.CLOSED: words("Kết thúc: đã xử lý xong", "Close: everything is done"),
    Stage.REFERRED: words("Chuyển cơ quan có thẩm quyền", "Refer to the competent body"),
    Stage.DISMISSED: words("Không xử lý: tin không đúng đối tượng", "Dismiss: not for us"),
}

DELIVERY_WORDS: dict[DeliveryState, Words] = {
    DeliveryState.PENDING: words("Chờ gửi", "Waiting"),
    DeliveryState.SENDING: words("Đang gửi", "Being sent"),
    DeliveryState.ACCEPTED: words("Kênh đã nhận", "Accepted"),
    DeliveryState.VERIFIED_LIVE: words("Đã đăng, đã đọc lại đối chiếu", "Live, read back"),
    DeliveryState.RETRYING: words("Chưa được, sẽ gửi lại", "Failed, will be retried"),
    DeliveryState.FAILED: words("Không gửi được", "Failed for good"),
    DeliveryState.CANCELLED: words("Đã hủy, có bản sau thay thế", "Cancelled by a later one"),
}
FINDING_WORDS: dict[str, Words] = {
    "missing": words("Đọc lại: không thấy trang", "Read back: the page is not there"),
    "different": words("Đọc lại: khác bản đã duyệt", "Read back: not the approved text"),
    "no_answer": words("Đọc lại: trang chưa trả lời", "Read back: the site did not answer"),
}
MAIL_WORDS: dict[str, Words] = {
    "queued": words("Chờ gửi", "Queued"),
    "sending": words("Đang gửi", "Being sent"),
    "sent": words("Máy chủ thư đã nhận", "Accepted by the mail server"),
    "refused": words("Bị từ chối", "Refused"),
    "held": words("Gửi cùng bản công bố", "Sent with the publication"),
}
LETTER_WORDS: dict[str, Words] = {
    "assignment": words("Giao xác minh", "Assignment"),
    "reminder": words("Nhắc việc", "Reminder"),
    "overdue": words("Báo quá hạn", "Overdue notice"),
    "escalation": words("Báo cáo cấp trên", "Escalation"),
    "approval_request": words("Đề nghị phê duyệt", "Approval request"),
    "decision": words("Kết quả phê duyệt", "Decision"),
    "publication_notice": words("Thông báo đã công bố", "Publication notice"),
    "recall": words("Thu hồi việc", "Recall"),
    "fresh_link": words("Đường dẫn mới", "Fresh link"),
    "question_to_office": words("Cơ quan hỏi lại", "Agency's question"),
    "extension_request": words("Cơ quan xin gia hạn", "Agency asks for time"),
    "task_passed_on": words("Chuyển đồng nghiệp", "Passed on to a colleague"),
    "task_declined": words("Cơ quan trả lại việc", "Task given back"),
    "office_answer": words("Trả lời cơ quan", "Answer to the agency"),
    "extension_decision": words("Quyết định gia hạn", "Decision about more time"),
    "press_statement": words("Phát ngôn gửi báo chí", "Statement to the press"),
    "press_note": words("Thông báo tòa soạn", "Note to the paper"),
}
