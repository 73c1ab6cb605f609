"""Every command with the module that has it and one line about it, so that help loads nothing."""

from dataclasses import dataclass

from desk.cli.tongue import say


@dataclass(frozen=True, slots=True)
class Listed:
    """A command of the first level: its module under `desk.cli`, and what it does."""

    module: str
    vi: str
    en: str

    @property
    def line(self) -> str:
        """The line in the reader's language."""
        return say(self.vi, self.en)


COMMANDS: dict[str, Listed] = {
    "demo": Listed(
        "demo", "diễn trọn một vụ việc trên hệ thống thật", "play one incident on the real parts"
    ),
    "up": Listed("up", "chạy toàn bộ trên một máy đến khi Ctrl-C", "serve it all on one machine"),
    "serve": Listed("parts", "chạy trang làm việc", "serve the desk"),
    "worker": Listed("parts", "chạy bộ thực hiện quy trình", "run the worker"),
    "migrate": Listed(
        "parts", "tạo, nâng cấp cơ sở dữ liệu và nạp nội dung", "set up or upgrade the records"
    ),
    "doctor": Listed(
        "doctor", "kiểm tra hệ thống có sẵn sàng phục vụ", "is this installation fit to serve"
    ),
    "backup": Listed("backup", "sao lưu toàn bộ dữ liệu", "back up everything into one file"),
    "restore": Listed("backup", "khôi phục từ bản sao lưu", "restore a backup and check it"),
    "mailbox": Listed("parts", "chạy máy chủ thư thử nghiệm", "run the demo's mail server"),
    "user": Listed("user", "người dùng của văn phòng", "people of the office"),
    "key": Listed("key", "khóa truy cập cho hệ thống khác", "keys of other systems"),
    "authority": Listed(
        "authority", "văn bản giao quyền phát ngôn, phê duyệt", "written authority to speak"
    ),
    "outlet": Listed("outlet", "kênh công bố chính thức", "official outlets"),
    "advance": Listed(
        "advance", "chạy bước tiếp theo khi Prefect dừng", "run the next steps without Prefect"
    ),
    "report": Listed("filing", "nộp một tin, bài phản ánh", "file a report"),
    "incidents": Listed("incident", "danh sách vụ việc", "list incidents"),
    "show": Listed("incident", "xem một vụ việc", "show one incident"),
    "playbook": Listed(
        "playbook", "kiểm tra, chạy thử kịch bản ứng phó", "check and simulate playbooks"
    ),
    "directory": Listed(
        "directory", "danh bạ cơ quan, địa bàn, liên hệ", "the directory as spreadsheets"
    ),
    "report-year": Listed(
        "report_year", "sáu chỉ tiêu của báo cáo năm", "the annual report's six figures"
    ),
    "law": Listed("law", "thời hạn theo quy định pháp luật", "legal due times"),
    "clock": Listed("clock", "đồng hồ diễn tập", "the exercise clock"),
    "site": Listed("site", "trang công bố", "the public site"),
    "content": Listed(
        "content", "áp dụng kịch bản, luật, danh bạ, mẫu", "put content files in force"
    ),
    "watch": Listed("watch", "rà quét báo chí", "watch the press"),
    "audit": Listed("audit", "kiểm tra sổ, xuất hồ sơ kiểm tra", "check the ledger, export packs"),
    "prove": Listed(
        "prove", "chứng minh khi hệ thống bị giết, bị hỏng", "proof under kills and faults"
    ),
    "bench": Listed("bench", "đo tốc độ", "benchmarks"),
}

INNER: dict[str, str] = {"up-parts": "up_parts"}
"""Commands that other commands become, with their modules; help does not list them."""
