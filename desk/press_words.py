"""The words of the press watch's pages and commands: states, tones, rules, what was done."""

from crisis.model.words import Words, words

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
        "Quá lớn; đã giữ các bài trong giới hạn", "Too large; articles within the limit were kept"
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


def state_words(state: str) -> Words:
    """What a state of an address means; its own name where nobody has told."""
    return STATE_WORDS.get(state, words(state, state))
