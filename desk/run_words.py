"""The names of runs in people's words: Prefect keeps them in English, the pages show both."""

from crisis.model.wait import WAIT_WORDS
from crisis.model.words import Words, words

BECAUSE: dict[str, Words] = {
    one.en: one
    for one in (
        words("tin báo mới", "reported"),
        words("thêm tin báo", "report added"),
        words("vụ việc được xác nhận", "confirmed"),
        words("xác định lại mức độ", "judged anew"),
        words("sửa dữ kiện", "fact amended"),
        words("thêm nội dung phản ánh", "claim added"),
        words("phân loại nội dung", "claim classified"),
        words("chỉ định cơ quan", "agency named"),
        words("cơ quan trả lại việc", "agency declined"),
        words("thu hồi việc", "task recalled"),
        words("thư giao việc bị từ chối", "assignment refused"),
        words("giao việc trực tiếp", "task handed over"),
        words("gửi lại thư giao việc", "task sent again"),
        words("có kết quả xác minh", "verification answered"),
        words("xác nhận nơi ban hành chứng cứ", "origin of evidence confirmed"),
        words("đổi kịch bản", "playbook changed"),
        words("mở lại vụ việc", "reopened"),
        words("soạn dự thảo mới", "statement drafted anew"),
        words("trình duyệt phát ngôn", "statement submitted"),
        words("phát ngôn được duyệt", "statement approve"),
        words("phát ngôn bị trả lại", "statement return"),
        words("phát ngôn không được duyệt", "statement reject"),
        words("gửi xong các kênh", "deliveries ended"),
        words("đến giờ đăng lên kênh", "a delivery is due"),
        words("đến giờ xem lại", "time to look again"),
        words("đến giờ gửi thư", "mail is due"),
        words("đến giờ rà quét báo chí", "sources are due"),
        words("đôn đốc", "remind"),
        words("báo cáo cấp trên", "escalate"),
        words("đối soát định kỳ", "every five minutes"),
        words("làm lại bước bị bỏ dở", "forgotten"),
    )
}
STATES: dict[str, Words] = {
    one.en: one
    for one in (
        *WAIT_WORDS.values(),
        words("Hoàn thành", "Completed"),
        words("Đang chạy", "Running"),
        words("Chờ chạy", "Pending"),
        words("Đã lên lịch", "Scheduled"),
        words("Quá giờ chạy", "Late"),
        words("Lỗi", "Failed"),
        words("Bị ngắt", "Crashed"),
        words("Đã hủy", "Cancelled"),
    )
}


def run_name(name: str) -> Words:
    """A run's name, “DT-2025-0001 · reported”, with its cause in both languages."""
    code, dot, because = name.partition(" · ")
    told = BECAUSE.get(because)
    return words(f"{code}{dot}{told.vi}", name) if told else words(name, name)


def run_state(name: str) -> Words:
    """A run's state as it is shown."""
    return STATES.get(name, words(name, name))
