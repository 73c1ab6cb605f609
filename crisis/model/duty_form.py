"""What a record of a duty must say: which duty, in which form, and where to find it."""

from collections.abc import Collection

from crisis.model.errors import BadInput
from crisis.model.periodic_duty import DUTY_WORDS, FORM_OF
from crisis.model.words import words

LONGEST = 300


def check_done(kind: str, form: str, reference: str, forms: Collection[str]) -> None:
    """Refuse a record of an unknown duty or form, or without a number or link. Raises BadInput."""
    if kind not in DUTY_WORDS:
        raise BadInput(words("Xin chọn nhiệm vụ.", "Please choose the duty."), field="kind")
    if form != FORM_OF.get(kind) and form not in forms:
        raise BadInput(
            words("Xin chọn hình thức.", "Please choose the form in which it was done."),
            field="form",
        )
    if not reference.strip() or len(reference) > LONGEST:
        raise BadInput(
            words(
                "Xin ghi số văn bản hoặc đường dẫn, không quá 300 chữ.",
                "Please give the document's number or a link, within 300 letters.",
            ),
            field="reference",
        )
