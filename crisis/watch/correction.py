"""A paper's own correction or apology: it takes something back and accuses nobody."""

import re

from crisis.model.words import words
from crisis.watch.judgement import Reason
from crisis.watch.reading import Reading

MEANING = words("báo tự đính chính, xin lỗi bạn đọc", "a paper corrects itself")
_TITLE = re.compile(
    r"\W*(?:đính chính|cải chính)\s*(?:$|[:–—-]|(?:thông tin|nội dung|số liệu)?\s*"
    r"(?:về|trong|tại|cho|và|liên quan)?\s*(?:bài|tin |vụ|việc đưa tin|cáo lỗi|xin lỗi))",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"(?:xin lỗi|cáo lỗi)\s(?:cùng |với |tới |đến |quý )*(?:bạn đọc|độc giả)"
    r"|(?:đính chính|cải chính)(?:,? gỡ)? bài (?:viết|báo)",
    re.IGNORECASE,
)


def correction(reading: Reading) -> Reason | None:
    """The words by which a paper corrects itself; None where it does not."""
    for number, said in enumerate(reading.sentences):
        found = (None if number else _TITLE.match(said.text)) or _ANYWHERE.search(said.text)
        if found is not None:
            cue = found.group().strip(" :–—-").lower()
            return Reason(cue=cue, meaning=MEANING, sentence=said.text, points=-3.0)
    return None
