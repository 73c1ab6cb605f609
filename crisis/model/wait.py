"""What an incident can wait for when nothing more can be done for it now."""

from enum import StrEnum

from crisis.model.words import Words, words


class Wait(StrEnum):
    """What an incident waits for when nothing more can be done; names the run's final state."""

    CONFIRMATION = "confirmation"
    AGENCY = "agency"
    VERIFICATION = "verification"
    DECISION = "decision"
    REVISION = "revision"
    APPROVAL = "approval"
    DELIVERY = "delivery"
    CLOSING = "closing"
    NEWS = "news"
    RECHECK = "recheck"
    PERSON = "person"
    NOTHING = "nothing"


WAIT_WORDS: dict[Wait, Words] = {
    Wait.CONFIRMATION: words("Chờ điều phối viên xác nhận", "Waiting for confirmation"),
    Wait.AGENCY: words("Chờ chỉ định cơ quan", "Waiting for an agency to be named"),
    Wait.VERIFICATION: words("Chờ xác minh", "Waiting for verification"),
    Wait.DECISION: words("Chờ quyết định có phát ngôn hay không", "Waiting for a decision"),
    Wait.REVISION: words("Chờ chỉnh sửa dự thảo", "Waiting for a revised draft"),
    Wait.APPROVAL: words("Chờ phê duyệt", "Waiting for approval"),
    Wait.DELIVERY: words("Chờ kênh công bố", "Waiting for an outlet"),
    Wait.CLOSING: words("Đã công bố, chờ kết thúc", "Published, waiting to be closed"),
    Wait.NEWS: words(
        "Chờ thông tin mới (nội dung, tin báo hoặc trả lời)",
        "Waiting for news (a claim, a report or an answer)",
    ),
    Wait.RECHECK: words("Đang theo dõi", "Monitoring"),
    Wait.PERSON: words("Chờ người xử lý vướng mắc", "Waiting for a person to clear a block"),
    Wait.NOTHING: words("Đã kết thúc", "Ended"),
}
