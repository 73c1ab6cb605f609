"""What a record of a duty must say: which duty, in which form, and where to find it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from crisis.model.day_word import day_words
from crisis.model.errors import BadInput
from crisis.model.link import NOT_A_LINK, is_link
from crisis.model.periodic_duty import DUTY_WORDS, FORM_OF
from crisis.model.reporting_year import ReportingYear
from crisis.model.words import words

LONGEST = 300
OLDEST = timedelta(days=2 * 366)
"""What was done longer ago belongs to no report that is still to be made."""


def check_done(kind: str, form: str, reference: str, forms: Collection[str]) -> None:
    """Refuse a record of an unknown duty or form, or without a number or link. Raises BadInput."""
    if kind not in DUTY_WORDS:
        raise BadInput(words("Xin chọn nhiệm vụ.", "Please choose the duty."), field="kind")
    if form != FORM_OF.get(kind) and form not in forms:
        raise BadInput(
            words("Xin chọn hình thức.", "Please choose the form in which it was done."),
            field="form",
        )
    if "://" in reference and not is_link(reference.strip()):
        raise BadInput(NOT_A_LINK, field="reference")
    if not any(letter.isalnum() for letter in reference) or len(reference) > LONGEST:
        raise BadInput(
            words(
                "Xin ghi số văn bản hoặc đường dẫn, không quá 300 chữ.",
                "Please give the document's number or a link, within 300 letters.",
            ),
            field="reference",
        )


def check_done_at(done_at: datetime, now: datetime) -> None:
    """Refuse a time ahead of `now`, or of more than two years ago. Raises BadInput."""
    if done_at > now:
        raise BadInput(
            words("Thời điểm này còn ở tương lai.", "This time lies in the future."),
            field="done_at",
        )
    if now - done_at > OLDEST:
        raise BadInput(
            words(
                "Thời điểm này đã quá hai năm; xin kiểm tra lại năm.",
                "This is more than two years ago; please check the year.",
            ),
            field="done_at",
        )


def check_period_over(period: ReportingYear, done_at: datetime) -> None:
    """Refuse a report that was sent before its period was over. Raises BadInput."""
    if done_at < period.until:
        last = day_words(period.last)
        raise BadInput(
            words(
                f"Kỳ báo cáo đến hết ngày {last.vi} mới kết thúc.",
                f"The period of this report lasts until the end of {last.en}.",
            ),
            field="done_at",
        )
