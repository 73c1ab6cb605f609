"""The published catalogue of what a ledger entry can say was done.

Names are dotted, lower case and never change their meaning; a new fact gets a new name. What must
stand in an entry's `data` is told in `action_fact`; other facts may stand beside it. A value
under the key `sha256`, at any depth, is the hash of bytes; those of mails, of submitted statements
and of publications lie in the audit pack.
"""

from enum import StrEnum

from crisis.model.words import Words, words


class Action(StrEnum):
    """One kind of ledger entry; `label` tells it in a line of the timeline."""

    label: Words

    def __new__(cls, name: str, vi: str, en: str) -> "Action":
        """A member whose value is `name`."""
        action = str.__new__(cls, name)
        action._value_ = name
        action.label = words(vi, en)
        return action

    INCIDENT_OPENED = "incident.opened", "Mở vụ việc", "Incident opened"
    INCIDENT_MOVED = "incident.moved", "Chuyển giai đoạn xử lý", "Moved to another stage"
    INCIDENT_CLOSED = "incident.closed", "Kết thúc vụ việc", "Incident closed"
    INCIDENT_REOPENED = "incident.reopened", "Mở lại vụ việc", "Incident reopened"
    NO_RESPONSE_DECIDED = "no_response.decided", "Quyết định chưa phát ngôn", "No response decided"
    REPORT_ADDED = "report.added", "Ghi nhận tin, bài phản ánh", "Report added"
    REPORT_AMENDED = "report.amended", "Sửa tin, bài, có lý do", "Report amended"
    CLAIM_AMENDED = "claim.amended", "Sửa nội dung phản ánh, có lý do", "Claim amended"
    FACT_AMENDED = "fact.amended", "Sửa dữ kiện, có lý do", "Entered fact amended"
    PLAYBOOK_CHOSEN = "playbook.chosen", "Đổi kịch bản ứng phó", "Playbook changed"
    NAMES_PROTECTED = "names.protected", "Ghi tên cần bảo vệ", "Names to protect recorded"
    SEVERITY_SET = "severity.set", "Xác định mức độ", "Severity set"
    DETERMINATION_MADE = "determination.made", "Xác định tính chất vụ việc", "Determination made"
    REQUEST_RECEIVED = "request.received", "Nhận yêu cầu của báo chí", "Press request received"
    REQUEST_JOINED = "request.joined", "Gắn yêu cầu báo chí với vụ việc", "Press request joined"
    REQUEST_CONCLUDED = "request.concluded", "Đã có kết luận khiếu nại", "Complaint concluded"
    REQUEST_ANSWERED = "request.answered", "Đã trả lời báo chí", "Press request answered"
    REQUEST_REFUSED = "request.refused", "Từ chối, có nêu lý do", "Press request refused"
    CLAIM_ADDED = "claim.added", "Thêm nội dung phản ánh", "Claim added"
    CLAIM_CLASSIFIED = "claim.classified", "Phân loại nội dung phản ánh", "Claim classified"
    CLAIM_CONCLUDED = "claim.concluded", "Kết luận xác minh", "Verdict on a claim"
    EVIDENCE_STORED = "evidence.stored", "Lưu chứng cứ", "Evidence stored"
    CLOCK_STARTED = "clock.started", "Bắt đầu tính thời hạn", "Clock started"
    CLOCK_RECOMPUTED = "clock.recomputed", "Tính lại thời hạn", "Clock recomputed"
    CLOCK_MET = "clock.met", "Hoàn thành đúng hạn", "Deadline met"
    CLOCK_MISSED = "clock.missed", "Quá hạn", "Deadline missed"
    CLOCK_DONE_LATE = "clock.done_late", "Hoàn thành sau hạn", "Done after the deadline"
    CLOCK_PAUSED = "clock.paused", "Tạm dừng tính thời hạn", "Clock paused"
    CLOCK_RESUMED = "clock.resumed", "Tính tiếp thời hạn", "Clock resumed"
    CLOCK_CANCELLED = "clock.cancelled", "Thôi tính thời hạn", "Clock cancelled"
    CLOCK_MOVED = "clock.moved", "Chỉnh đồng hồ diễn tập", "Exercise clock moved"
    ASSIGNMENT_MADE = "assignment.made", "Giao cơ quan xác minh", "Assigned to an agency"
    ASSIGNMENT_RECALLED = "assignment.recalled", "Thu hồi việc đã giao", "Assignment recalled"
    ASSIGNMENT_ACKNOWLEDGED = "assignment.acknowledged", "Cơ quan đã nhận việc", "Acknowledged"
    ASSIGNMENT_ACK_EXPIRED = (
        "assignment.ack_expired",
        "Nhận việc nhưng chưa xử lý",
        "Acknowledgement expired",
    )
    ASSIGNMENT_ANSWERED = "assignment.answered", "Cơ quan trả lời", "Agency answered"
    ASSIGNMENT_ANSWER_AMENDED = (
        "assignment.answer_amended",
        "Cơ quan sửa câu trả lời",
        "Answer amended",
    )
    ASSIGNMENT_QUESTION_ASKED = "assignment.question_asked", "Cơ quan hỏi lại", "Agency asked back"
    ASSIGNMENT_QUESTION_ANSWERED = (
        "assignment.question_answered",
        "Giải đáp cho cơ quan",
        "Question answered",
    )
    ASSIGNMENT_EXTENSION_ASKED = "assignment.extension_asked", "Đề nghị gia hạn", "Time asked for"
    ASSIGNMENT_EXTENSION_GRANTED = "assignment.extension_granted", "Đồng ý gia hạn", "Time granted"
    ASSIGNMENT_EXTENSION_REFUSED = "assignment.extension_refused", "Không gia hạn", "Time refused"
    ASSIGNMENT_PASSED_ON = "assignment.passed_on", "Chuyển người xử lý", "Passed on to a colleague"
    ASSIGNMENT_DECLINED = (
        "assignment.declined",
        "Trả lại vì không thuộc thẩm quyền",
        "Declined as not competent",
    )
    ASSIGNMENT_NOT_REACHED = "assignment.not_reached", "Thư giao việc bị từ chối", "Not reached"
    ASSIGNMENT_HANDED_OVER = "assignment.handed_over", "Giao việc trực tiếp", "Handed over"
    REMINDER_SENT = "reminder.sent", "Đôn đốc", "Reminder sent"
    REMINDER_SKIPPED = "reminder.skipped", "Không đôn đốc, có lý do", "Reminder skipped"
    ESCALATION_STEP_TAKEN = "escalation.step_taken", "Báo cáo cấp trên", "Escalated one step"
    ESCALATION_STEP_SKIPPED = "escalation.step_skipped", "Bỏ qua một cấp báo cáo", "Step skipped"
    STATEMENT_DRAFTED = "statement.drafted", "Soạn dự thảo phát ngôn", "Statement drafted"
    STATEMENT_EDITED = "statement.edited", "Sửa dự thảo", "Statement edited"
    STATEMENT_SUBMITTED = "statement.submitted", "Trình duyệt phát ngôn", "Statement submitted"
    STATEMENT_BLOCKED = "statement.blocked", "Chưa đủ điều kiện trình duyệt", "Submission blocked"
    STATEMENT_RETURNED = "statement.returned", "Trả lại, yêu cầu chỉnh sửa", "Returned for revision"
    STATEMENT_REJECTED = "statement.rejected", "Không duyệt", "Statement rejected"
    STATEMENT_PUBLISHED = "statement.published", "Đã công bố", "Statement published"
    STATEMENT_CORRECTED = "statement.corrected", "Đã đính chính phát ngôn", "Statement corrected"
    STATEMENT_WITHDRAWN = "statement.withdrawn", "Đã thu hồi phát ngôn", "Statement withdrawn"
    STATEMENT_EXPIRED = "statement.expired", "Dự thảo hết hiệu lực", "Statement expired"
    APPROVAL_REQUESTED = "approval.requested", "Đề nghị phê duyệt", "Approval requested"
    APPROVAL_GIVEN = "approval.given", "Phê duyệt", "Approval given"
    APPROVAL_VOIDED = "approval.voided", "Phê duyệt mất hiệu lực", "Approval voided"
    PUBLICATION_FROZEN = "publication.frozen", "Chốt bản công bố", "Publication frozen"
    DELIVERY_ATTEMPTED = "delivery.attempted", "Bắt đầu đăng lên kênh", "Delivery attempted"
    DELIVERY_ACCEPTED = "delivery.accepted", "Kênh đã nhận", "Delivery accepted"
    DELIVERY_VERIFIED = "delivery.verified", "Đã đọc lại và đối chiếu", "Read back and compared"
    DELIVERY_FAILED = "delivery.failed", "Đăng chưa thành công", "Delivery failed"
    DELIVERY_UNLIKE = "delivery.unlike", "Đọc lại: chưa đúng bản duyệt", "Not as approved yet"
    DELIVERY_CANCELLED = "delivery.cancelled", "Thôi gửi: đã có bản sau", "Not sent, overtaken"
    DELIVERY_RENEWED = "delivery.renewed", "Gửi lại theo lệnh", "Sent again by order"
    DELIVERY_REFUSED = "delivery.refused", "Kênh từ chối", "Delivery refused"
    MAIL_QUEUED = "mail.queued", "Thư chờ gửi", "Mail queued"
    MAIL_ATTEMPTED = "mail.attempted", "Bắt đầu gửi thư", "Mail attempted"
    MAIL_ACCEPTED = "mail.accepted", "Máy chủ thư đã nhận", "Mail accepted by the server"
    MAIL_DEFERRED = "mail.deferred", "Tạm hoãn, sẽ gửi lại", "Mail deferred"
    MAIL_REFUSED = "mail.refused", "Thư bị từ chối", "Mail refused"
    LINK_ISSUED = "link.issued", "Cấp đường dẫn xử lý", "Link issued"
    LINK_REVOKED = "link.revoked", "Hủy đường dẫn xử lý", "Link revoked"
    EVIDENCE_ORIGIN_CONFIRMED = (
        "evidence.origin_confirmed",
        "Xác nhận nơi ban hành chứng cứ",
        "Origin of evidence confirmed",
    )
    WAKE_CREATED = "wake.created", "Yêu cầu chạy bước tiếp theo", "Next steps called for"
    ENGINE_BYPASSED = (
        "engine.bypassed",
        "Xử lý khi hệ thống chạy quy trình dừng",
        "Advanced without the engine",
    )
    ENGINE_WORKER_SILENT = "engine.worker_silent", "Bộ xử lý không phản hồi", "Worker silent"
    ENGINE_WORKER_BACK = "engine.worker_back", "Bộ xử lý hoạt động lại", "Worker back"
    ENGINE_RUN_CRASHED = "engine.run_crashed", "Lượt chạy bị ngắt", "Run crashed"
    USER_ADDED = "user.added", "Thêm người dùng", "User added"
    USER_CHANGED = "user.changed", "Thay đổi người dùng", "User changed"
    USER_SIGNED_IN = "user.signed_in", "Đăng nhập", "Signed in"
    USER_SIGN_IN_FAILED = "user.sign_in_failed", "Đăng nhập không thành công", "Sign-in failed"
    USER_LOCKED = "user.locked", "Khóa tài khoản", "User locked"
    USER_SECOND_FACTOR_SET = (
        "user.second_factor_set",
        "Thiết lập xác thực hai lớp",
        "Second factor set",
    )
    KEY_ADDED = "key.added", "Cấp khóa truy cập", "Key added"
    KEY_REVOKED = "key.revoked", "Thu hồi khóa truy cập", "Key revoked"
    PLAYBOOK_ACTIVATED = "playbook.activated", "Áp dụng kịch bản ứng phó", "Playbook activated"
    TEMPLATE_ACTIVATED = "template.activated", "Áp dụng mẫu văn bản", "Template activated"
    DIRECTORY_ACTIVATED = "directory.activated", "Áp dụng danh bạ cơ quan", "Directory activated"
    CALENDAR_ACTIVATED = "calendar.activated", "Áp dụng lịch làm việc", "Calendar activated"
    LAW_ACTIVATED = "law.activated", "Áp dụng quy định pháp luật", "Law activated"
    CONTENT_PROPOSED = "content.proposed", "Đề nghị thay nội dung", "Change of content proposed"
    CONTENT_CONFIRMED = "content.confirmed", "Xác nhận thay nội dung", "Content change confirmed"
    CONTENT_REFUSED = "content.refused", "Từ chối thay nội dung", "Content change refused"
    CONTENT_WITHDRAWN = "content.withdrawn", "Rút đề nghị thay nội dung", "Proposal withdrawn"
    LAW_RULE_SIGNED = "law.rule_signed", "Pháp chế thẩm định quy định", "Rule of law signed"
    LAW_UNSIGNED = "law.unsigned", "Rút thẩm định quy định", "Signature withdrawn"
    AUTHORITY_RECORDED = "authority.recorded", "Ghi nhận ủy quyền phát ngôn", "Authority recorded"
    AUTHORITY_ENDED = "authority.ended", "Chấm dứt ủy quyền phát ngôn", "Authority ended"
    OUTLET_ANNOUNCED = "outlet.announced", "Công bố kênh chính thức", "Outlet announced as official"
    OUTLET_CHANGED = "outlet.changed", "Thay đổi kênh công bố", "Outlet changed"
    OUTLET_ENDED = "outlet.ended", "Thôi là kênh chính thức", "Outlet no longer official"
    DUTY_FULFILLED = "duty.fulfilled", "Ghi nhận đã thực hiện nhiệm vụ", "Duty fulfilled"
    DUTY_WITHDRAWN = "duty.withdrawn", "Hủy ghi nhận nhầm", "Record of a duty withdrawn"
    SPOKESPERSON_NAMED = "spokesperson.named", "Cử người phát ngôn", "Spokesperson named"
    SHIFT_SET = "shift.set", "Xếp lịch trực", "Put on duty"
    SHIFT_WITHDRAWN = "shift.withdrawn", "Hủy ca trực", "Time on duty withdrawn"
    PRESS_SOURCE_CHANGED = "press.source_changed", "Đổi nguồn báo chí", "Press source changed"
    PRESS_SOURCE_SILENT = "press.source_silent", "Nguồn báo chí im lặng", "Press source silent"
    PRESS_ALERTED = "press.alerted", "Cảnh báo từ rà quét báo chí", "Press watch raised an alert"
    PRESS_CONFIRMED = "press.confirmed", "Mở vụ việc từ tin báo chí", "Story opened as incident"
    PRESS_DISMISSED = "press.dismissed", "Xác định tin không liên quan", "Story is not about us"
    PRESS_STORY_MERGED = "press.story_merged", "Gộp câu chuyện báo chí", "Stories merged"
    PRESS_STORY_SPLIT = "press.story_split", "Tách câu chuyện báo chí", "Story split"
    PRESS_MUTED = "press.muted", "Tạm dừng cảnh báo, có lý do", "Alerts muted with a reason"
    PRESS_UNMUTED = "press.unmuted", "Cảnh báo trở lại", "Alerts no longer muted"
    PRESS_ARTICLE_CHANGED = "press.article_changed", "Bài báo sửa hoặc gỡ", "Article changed"
    PRESS_LABELLED = "press.labelled", "Nhận xét đánh giá tin", "Judgement of an item labelled"
    PRESS_MODEL_TRAINED = "press.model_trained", "Huấn luyện bộ lọc tin", "Press model trained"
    PRESS_BRIEF_SENT = "press.brief_sent", "Gửi điểm báo", "Press brief sent"
    CHECKPOINT_SIGNED = "checkpoint.signed", "Ký điểm kiểm tra sổ", "Checkpoint signed"
    PACK_EXPORTED = "pack.exported", "Xuất hồ sơ kiểm tra", "Audit pack exported"
    DATA_ERASED = "data.erased", "Xóa dữ liệu theo quyết định", "Data erased under a decision"
