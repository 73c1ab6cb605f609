"""Duties that an office has without any incident: what they are called, how they are done."""

from crisis.model.words import Words, words

PRESS_CONFERENCE = "periodic_press_conference"
BRIEFING = "proactive_briefing"
INFORMATION = "periodic_information"
CONTACTS = "spokesperson_contact_publish"
ANNUAL_REPORT = "annual_report"

DUTY_WORDS: dict[str, Words] = {
    INFORMATION: words(
        "Cung cấp thông tin hằng tháng cho báo chí", "Monthly information to the press"
    ),
    PRESS_CONFERENCE: words("Tổ chức họp báo", "Press conference"),
    BRIEFING: words(
        "Chủ động cung cấp thông tin tại giao ban báo chí",
        "Information offered at a press briefing",
    ),
    CONTACTS: words(
        "Công bố thông tin người phát ngôn trên Cổng",
        "Spokesperson's data published on the portal",
    ),
    ANNUAL_REPORT: words("Gửi báo cáo năm", "Annual report sent"),
}
"""Kinds by the rule of law that asks for them; a briefing is asked for by no rule but counted."""

DECISION = "appointment_decision"
"""A decision that names a spokesperson: no duty, it starts the one to publish."""

FORM_OF: dict[str, str] = {
    INFORMATION: "press_release_or_email",
    PRESS_CONFERENCE: "press_conference",
    BRIEFING: "briefing",
    CONTACTS: "official_posting",
    ANNUAL_REPORT: "",
}
"""In which form of speaking (`law.yaml`) each is done, where a person says no other."""
