"""The words of the press watch's pages and commands: states, tones, rules, what was done."""

from dataclasses import dataclass

from crisis.model.words import Words, words
from crisis.office.press.directory import Imported

STATE_WORDS: dict[str, Words] = {
    "new": words("Chưa đọc lần nào", "Not read yet"),
    "ok": words("Đọc được", "Read"),
    "not_modified": words("Không có gì mới", "Nothing new"),
    "no_items": words("Không có bài nào trong nguồn", "Lists no article"),
    "empty": words("Trả về nội dung rỗng", "Answers with nothing"),
    "not_a_feed": words(
        "Trả về trang web, không phải nguồn tin", "Answers with a page, not a feed"
    ),
    "truncated": words(
        "Nội dung bị cắt giữa chừng; đã giữ các bài trọn vẹn",
        "Cut off in the middle; whole articles were kept",
    ),
    "too_large": words(
        "Quá lớn; chỉ nhận bài nằm trọn trong giới hạn",
        "Too large; only articles within the limit are taken",
    ),
    "broken": words("Không đọc được cấu trúc", "Cannot be read as a feed"),
    "odd_dates": words(
        "Ngày giờ bất thường; bài được giữ nhưng không cảnh báo",
        "Odd dates; articles are kept but raise no alert",
    ),
    "refused": words("Địa chỉ nằm ngoài vùng được phép", "The address lies where we may not go"),
    "robots": words("robots.txt đề nghị không đọc", "robots.txt asks us not to read it"),
    "forbidden": words(
        "Máy chủ từ chối (có thể do User-Agent)", "Refused by the server (perhaps our User-Agent)"
    ),
    "gone": words("Địa chỉ không còn", "The address is gone"),
    "too_many": words("Máy chủ đề nghị đọc thưa hơn", "Asked to come less often"),
    "server_error": words("Máy chủ báo lỗi", "The server reports an error"),
    "bad_answer": words("Trả lời không đúng giao thức", "Not a proper answer"),
    "too_slow": words("Trả lời quá chậm", "Too slow"),
    "redirects": words("Chuyển hướng không dứt", "Redirects without end"),
    "unreachable": words("Không kết nối được", "Cannot be reached"),
}

MODEL_WORDS: dict[str, Words] = {
    "on": words("Đang áp dụng", "In force"),
    "off": words("Đã thay thế", "Replaced"),
    "too_few": words("Chưa áp dụng: còn ít nhận xét", "Not used: too few answers"),
    "worse": words("Không áp dụng: kém hơn bản có sẵn", "Not used: worse than the shipped version"),
}


def state_words(state: str) -> Words:
    """What a state of an address means; its own name where nobody has told."""
    return STATE_WORDS.get(state, words(state, state))


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A list of stories: its title, which states it shows, whether only those that alert, and
    whether also those that opened a candidate which nobody has looked at.
    """

    title: Words
    states: tuple[str, ...]
    alerts: bool
    unseen: bool = False


VIEWS: dict[str, View] = {
    "": View(title=words("Cần xem", "To look at"), states=("new",), alerts=True, unseen=True),
    "tat-ca": View(
        title=words("Mọi tin", "Everything"), states=("new", "opened", "not_ours"), alerts=False
    ),
    "da-mo": View(title=words("Đã mở vụ việc", "Opened"), states=("opened",), alerts=False),
    "khong-lien-quan": View(
        title=words("Không liên quan", "Not about us"), states=("not_ours",), alerts=False
    ),
}
"""The lists of stories by the code that the address carries."""

TONE_WORDS: dict[str, Words] = {
    "neg": words("tiêu cực", "negative"),
    "neu": words("trung tính", "neutral"),
    "pos": words("tích cực", "positive"),
}

STANDING_WORDS: dict[str, Words] = {
    "listed": words("Không đổi", "Unchanged"),
    "corrected": words("Báo đã đính chính", "Corrected by the paper"),
    "changed": words("Báo đã sửa nội dung", "Changed by the paper"),
    "gone": words("Bài đã gỡ", "Taken down"),
}

TIER_WORDS: dict[str, Words] = {
    "trung_uong": words("báo trung ương", "national"),
    "dia_phuong": words("báo địa phương", "local"),
    "chinh_quyen": words("cơ quan nhà nước", "government"),
}

DONE: dict[str, Words] = {
    "press-added": words("Đã bổ sung bài báo vào vụ việc.", "The articles were added."),
    "press-differ": words("Đã ghi: không cùng vụ việc.", "Noted: not the same matter."),
    "press-dismissed": words(
        "Đã ghi: không liên quan đến cơ quan; bộ lọc tin sẽ học từ nhận xét này.",
        "Noted: the story is not about us; the filter will learn from it.",
    ),
    "press-restored": words(
        "Đã đưa lại vào danh sách cần xem; bộ lọc bỏ nhận xét “không liên quan”.",
        "The story is back on the list; the filter forgets that it was not about us.",
    ),
    "press-merged": words("Đã gộp hai câu chuyện.", "The stories were merged."),
    "press-split": words(
        "Đã tách thành câu chuyện riêng.", "The articles are a story of their own."
    ),
    "press-muted": words("Đã tạm dừng cảnh báo.", "Alerts are muted."),
    "press-unmuted": words("Cảnh báo hoạt động trở lại.", "Alerts are no longer muted."),
    "press-known": words(
        "Địa chỉ này đã có trong danh sách; không thêm gì.",
        "This address is on the list already; nothing was added.",
    ),
    "press-all-there": words(
        "Các nguồn mẫu đều đã có trong danh sách; không thêm gì.",
        "All shipped sources are on the list already; nothing was added.",
    ),
    "press-listed": words(
        "Đã thêm vào danh sách; nguồn chỉ được đọc khi bật.",
        "Added to the list; a source is read once it is turned on.",
    ),
    "press-on": words("Đã bật. Lượt đọc đầu trong ít phút nữa.", "Turned on. First reading soon."),
    "press-off": words("Đã tắt.", "Turned off."),
}
"""What was done, by the code that the address carries after a form."""


def imported_words(found: Imported) -> Words:
    """What became of an OPML file, in numbers."""
    added, known, refused = found.added, found.known, len(found.refused)
    return words(
        f"Tệp OPML: thêm {added} địa chỉ, {known} địa chỉ đã có, từ chối {refused}."
        " Nguồn chỉ được đọc khi bật.",
        f"Addresses of the OPML file: {added} added, {known} known before, {refused} refused."
        " A source is read once it is turned on.",
    )
