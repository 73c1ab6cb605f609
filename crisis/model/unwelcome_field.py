"""Fields that people try to write and the house does not take, with the reason why."""

from crisis.model.spelling import folded
from crisis.model.words import Words, words

_PERSON = words(
    "Hệ thống xử lý nội dung thông tin, không lập hồ sơ cá nhân: không nhận mục '{}' "
    "(tác giả, tài khoản, người đăng hay người bình luận).",
    "The system answers content, not persons: it takes no field '{}' "
    "(author, account, poster or commenter).",
)
_FULL_TEXT = words(
    "Không lưu toàn văn bài báo (INV7): bỏ mục '{}', chỉ ghi đường dẫn, tiêu đề và một đoạn "
    "trích ngắn.",
    "The full text of an article is not kept (INV7): leave out '{}' and give the link, the title "
    "and a short quotation.",
)
_UNKNOWN = words("Không có mục nào tên là '{}'.", "There is no field named '{}'.")

_PERSON_NAMES = (
    "author, authors, author name, byline, journalist, reporter, reporter name, reporter contact, "
    "writer, poster, account, profile, user, username, commenter, commenters, followers, "
    "tác giả, phóng viên, nhà báo, tài khoản, người đăng, người bình luận"
)
_TEXT_NAMES = "body, content, full text, fulltext, article, html, nội dung, toàn văn"


def _names(listed: str) -> frozenset[str]:
    return frozenset(folded(name) for name in listed.split(","))


_REASONS: dict[frozenset[str], Words] = {
    _names(_PERSON_NAMES): _PERSON,
    _names(_TEXT_NAMES): _FULL_TEXT,
}


def why_unwelcome(field: str) -> Words:
    """One sentence why `field` is not taken; the plain one where it is merely unknown."""
    name = folded(field.replace("_", " "))
    reason = next((why for names, why in _REASONS.items() if name in names), _UNKNOWN)
    return Words(vi=reason.vi.format(field), en=reason.en.format(field))
