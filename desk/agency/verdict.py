"""What an agency can conclude about a claim, each choice explained in plain words."""

from crisis.model.verdict import Verdict
from crisis.model.words import Words, words

MEANING: dict[Verdict, Words] = {
    Verdict.ACCURATE: words(
        "Sự việc đúng như phản ánh. Xin nêu việc khắc phục, nếu có.",
        "What was reported is so. Please say what is being put right, if anything.",
    ),
    Verdict.PARTLY_ACCURATE: words(
        "Có phần đúng, có phần chưa đúng. Xin nói rõ từng phần, kèm chứng cứ cho phần chưa đúng.",
        "Some of it is so and some is not. Please say which, with evidence for what is not.",
    ),
    Verdict.INACCURATE: words(
        "Sự việc không xảy ra như phản ánh. Bắt buộc có chứng cứ mới được dùng để phát ngôn.",
        "It did not happen as reported. Without evidence this cannot be used in a statement.",
    ),
    Verdict.OUT_OF_CONTEXT: words(
        "Chi tiết có thật nhưng bị tách khỏi thời gian, địa điểm hoặc nguyên nhân nên gây hiểu "
        "lầm. Bắt buộc có chứng cứ.",
        "The detail is real, but without its time, place or cause it misleads. Evidence is needed.",
    ),
    Verdict.UNVERIFIED_YET: words(
        "Còn đang kiểm tra, hoặc đang thanh tra, điều tra. Xin ghi đã làm gì và khi nào có "
        "kết quả.",
        "Still being checked, inspected or investigated. Please say what was done and when the "
        "result comes.",
    ),
    Verdict.OPINION: words(
        "Đây là nhận xét, phê bình, không kiểm chứng đúng sai được. Xin giải thích chủ trương.",
        "This is opinion or criticism that cannot be true or false. Please explain the policy.",
    ),
    Verdict.OUT_OF_SCOPE: words(
        "Riêng nội dung này do cơ quan khác giải quyết. Xin ghi cơ quan nào.",
        "This one point is for another body. Please say which.",
    ),
}
