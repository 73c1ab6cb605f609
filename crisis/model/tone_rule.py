"""What each rule of tone looks for, and what to do instead."""

from crisis.model.words import Language, Words, words

PHRASES: dict[str, dict[Language, tuple[str, ...]]] = {
    "label": {
        Language.VI: (
            "tin giả",
            "bịa đặt",
            "xuyên tạc",
            "vu khống",
            "thông tin xấu,? độc",
            "vu cáo",
        ),
        Language.EN: (
            "fake",
            r"fabricat\w+",
            r"hoax\w*",
            r"slander\w*",
            r"libel\w*",
            r"disinform\w+",
        ),
    },
    "blame": {
        Language.VI: (
            "ác ý",
            "cố tình",
            "cố ý",
            "thù địch",
            "kích động",
            "câu view",
            "giật tít",
            "lợi dụng",
            "thiếu hiểu biết",
            "thiếu khách quan",
            "bôi nhọ",
            "dựng chuyện",
            "suy diễn",
        ),
        Language.EN: (
            r"malicious\w*",
            r"deliberate\w*",
            "hostile",
            "clickbait",
            r"sensational\w*",
            r"smear\w*",
            r"incit\w+",
            r"irresponsibl\w+",
            r"ignoran\w+",
            "biased",
        ),
    },
    "denial": {
        Language.VI: (
            "bác bỏ",
            "phủ nhận",
            "không có việc",
            "không có chuyện",
            "hoàn toàn sai",
            "sai sự thật",
            "không đúng",
            "không chính xác",
            "chưa chính xác",
            "vô căn cứ",
            "không có cơ sở",
        ),
        Language.EN: (
            "deny",
            "denies",
            "denied",
            r"refut\w+",
            "untrue",
            "false",
            "inaccurate",
            "incorrect",
            "unfounded",
            "baseless",
            "no truth",
            "did not happen",
        ),
    },
    "rejection": {
        Language.VI: (
            "bác bỏ",
            "phủ nhận",
            "sai sự thật",
            "không đúng (?:với )?(?:sự thật|thực tế)",
            "hoàn toàn (?:sai|không đúng|không chính xác|không có)",
            "không có (?:chuyện|căn cứ)",
            "vô căn cứ",
            (
                r"(?:thông tin|nội dung|báo (?:nêu|đăng)|phản ánh|bài (?:báo|viết))[^.\n]{0,60}?"
                r"(?:không|chưa) (?:đúng|chính xác)"
                r"(?! quy| trình tự| thẩm quyền| thời hạn| tiến độ| thiết kế)"
            ),
            r"báo (?:nêu|đăng|đưa|viết|phản ánh|đưa tin) (?:là )?sai(?= ?(?:[.,;:!?)]|$))",
            (
                r"(?:thông tin|nội dung|phản ánh|bài (?:báo|viết))(?: (?:này|trên|báo nêu))? "
                r"(?:là )?sai(?= ?(?:[.,;:!?)]|$))"
            ),
            "không hề (?:có|xảy ra)",
        ),
        Language.EN: (
            "deny",
            "denies",
            r"refut\w+",
            "untrue",
            "false",
            "unfounded",
            "baseless",
            "no truth",
            "did not happen",
            (
                r"(?:reports?|information|claims?|articles?|what was (?:said|raised|reported))"
                r"[^.\n]{0,60}?(?:inaccurate|incorrect|not (?:accurate|correct|true)|wrong)"
            ),
        ),
    },
    "estimate": {
        Language.VI: (
            "ước tính",
            "ước chừng",
            r"khoảng(?= \d)",
            "gần như",
            "có lẽ",
            "có thể là",
            "dự đoán",
            "hình như",
            "nghe nói",
            "trong thời gian tới",
            "sớm nhất có thể",
        ),
        Language.EN: (
            r"estimated?",
            "approximately",
            "roughly",
            r"(?:about|around)(?= \d)",
            "probably",
            "perhaps",
            "likely",
            "presumably",
            "as soon as possible",
            "in the near future",
        ),
    },
}
"""Patterns of whole words, any case. A denial counts in a holding statement; elsewhere a rejection,
which is said of the report and not of a fact: a drain that was “not built correctly” is none."""

ADVICE: dict[str, Words] = {
    "label": words(
        "Không gắn nhãn cho thông tin, ý kiến phản ánh; hãy nêu sự việc và chứng cứ.",
        "Do not label what was reported or said; state the facts and the evidence.",
    ),
    "blame": words(
        "Không quy lỗi hay động cơ cho người phản ánh.",
        "Do not blame those who raised the matter or guess at their motives.",
    ),
    "denial": words(
        "Thông tin ban đầu không phủ nhận khi chưa có kết luận xác minh.",
        "A holding statement denies nothing before verification is concluded.",
    ),
    "rejection": words(
        "Không bác bỏ điều báo nêu đúng, ý kiến phê bình hoặc nội dung chưa có kết luận.",
        "Do not deny what is right, an opinion, or what is not concluded yet.",
    ),
    "estimate": words(
        "Không ước đoán; chỉ nêu số liệu, thời hạn đã được xác nhận.",
        "Do not estimate; give confirmed figures and times only.",
    ),
    "next_update": words(
        "Thông tin ban đầu phải nêu giờ và ngày cập nhật tiếp theo.",
        "A holding statement says the hour and day of the next update.",
    ),
    "phone": words(
        "Có số điện thoại không phải của đầu mối chính thức.",
        "There is a phone number that is not the official desk's.",
    ),
    "identity_number": words(
        "Có dãy số giống số căn cước của cá nhân.",
        "There is a number that looks like a citizen's identity number.",
    ),
    "email": words(
        "Có địa chỉ thư điện tử không phải của đầu mối chính thức.",
        "There is an e-mail address that is not the official desk's.",
    ),
}
