"""A rule of law in words: how long, from when, how binding, how sure."""

from crisis.model.citation import Confidence, RuleKind
from crisis.model.day_word import day_words
from crisis.model.law import Law
from crisis.model.law_rule import COMMON_YEAR, LawRule, Recurrence
from crisis.model.limit import Direction, Limit, Unit
from crisis.model.words import Words, words
from desk.case.clock_words import FACT_WORDS

KIND_WORDS: dict[RuleKind, Words] = {
    RuleKind.LAW: words("luật, bắt buộc", "binding law"),
    RuleKind.PRECEDENT: words("quy định của tỉnh khác, tham khảo", "another province's rule"),
    RuleKind.DESIGN: words("đề xuất của dự án", "this project's proposal"),
}

CONFIDENCE_WORDS: dict[Confidence, Words] = {
    Confidence.HIGH: words("cao: hai bản trùng nhau", "high: two agreeing copies"),
    Confidence.MEDIUM: words("vừa: một bản hoặc tóm tắt", "medium: one copy or a summary"),
    Confidence.LOW: words("thấp: suy luận", "low: inference"),
    Confidence.MEMORY: words("theo trí nhớ, chưa kiểm", "from memory, unchecked"),
}


ACTOR_WORDS: dict[str, Words] = {
    "spokesperson": words("người phát ngôn", "the spokesperson"),
    "agency_head": words("người đứng đầu cơ quan", "the head of the agency"),
    "agency": words("cơ quan nhà nước", "the state agency"),
    "responsible_agency": words("cơ quan có trách nhiệm", "the agency responsible"),
    "organising_agency": words("cơ quan tổ chức họp báo", "the agency that holds it"),
    "provincial_people_committee": words("UBND cấp tỉnh", "the provincial people's committee"),
    "press_outlet": words("cơ quan báo chí", "the press outlet"),
    "press_regulator": words("cơ quan quản lý báo chí", "the press regulator"),
    "clerk": words("văn thư", "the records clerk"),
    "controller": words("bên kiểm soát dữ liệu", "the data controller"),
    "deployer": words("bên triển khai hệ thống AI", "the deployer of the AI system"),
}

TOPIC_WORDS: dict[str, Words] = {
    "speaking": words("Phát ngôn và cung cấp thông tin cho báo chí", "Speaking to the press"),
    "press": words("Báo chí", "The press"),
    "access_to_information": words("Tiếp cận thông tin", "Access to information"),
    "personal_data": words("Bảo vệ dữ liệu cá nhân", "Personal data"),
    "online_sanctions": words("Xử phạt vi phạm trên mạng", "Sanctions online"),
    "system_security": words("An toàn hệ thống thông tin", "Security of information systems"),
    "records": words("Văn thư", "Official documents and records"),
}


def actor_words(actor: str) -> Words:
    """Whom a rule binds; a code that the house does not know stands as it is."""
    return ACTOR_WORDS.get(actor, words(actor, actor))


def signed_words(*, signed: bool) -> Words:
    """Whether a legal officer signed the rule as it reads."""
    return words("đã thẩm định", "signed") if signed else words("chưa thẩm định", "not yet signed")


_UNITS: dict[Unit, tuple[str, str]] = {
    Unit.HOUR: ("giờ", "hours"),
    Unit.WORKING_HOUR: ("giờ làm việc", "working hours"),
    Unit.DAY: ("ngày", "days"),
    Unit.WORKING_DAY: ("ngày làm việc", "working days"),
    Unit.MONTH: ("tháng", "months"),
}


def limit_words(rule: LawRule, law: Law) -> Words:
    """How long a rule of `law` gives."""
    if rule.yearly is not None:
        day = rule.yearly.due_in(COMMON_YEAR)
        return words(f"hằng năm, trước ngày {day:%d/%m}", f"yearly, before {day.day} {day:%B}")
    if rule.limit is None:
        borrowed = [one.title for one in law.rules if one.id in rule.same_as]
        vi, en = "; ".join(one.vi for one in borrowed), "; ".join(one.en for one in borrowed)
        return words(f"như quy định: {vi}", f"as in: {en}")
    return _counted(rule, _told(rule.limit))


_RETURNS: dict[Recurrence, Words] = {
    Recurrence.MONTHLY: words("ngày đầu mỗi tháng", "the first day of each month"),
    Recurrence.AT_LEAST_EVERY: words("lần thực hiện gần nhất", "the last time it was done"),
}


def start_words(rule: LawRule) -> Words | None:
    """When the clock of a rule starts; nothing where the rule borrows the limits of others."""
    if rule.starts_at is not None:
        return FACT_WORDS[rule.starts_at.value]
    if rule.starts_on is not None:
        return day_words(rule.starts_on)
    if rule.yearly is not None:
        first = rule.yearly.begins_in(COMMON_YEAR)
        return words(f"ngày {first:%d/%m} năm trước", f"{first.day} {first:%B} of the year before")
    return None if rule.recurrence is None else _RETURNS[rule.recurrence]


def _counted(rule: LawRule, told: Words) -> Words:
    if rule.recurrence is Recurrence.MONTHLY:
        return words("mỗi tháng", "every month")
    if rule.recurrence is Recurrence.AT_LEAST_EVERY:
        return words(f"ít nhất mỗi {told.vi} một lần", f"at least every {told.en}")
    if rule.direction is Direction.BEFORE_EVENT:
        return words(f"{told.vi} trước sự kiện", f"{told.en} before the event")
    return told


def _told(limit: Limit) -> Words:
    if not limit.value:
        return words("ngay", "at once")
    vi, en = _UNITS[limit.unit]
    en = en.removesuffix("s") if limit.value == 1 else en
    return words(f"{limit.value:g} {vi}", f"{limit.value:g} {en}")
