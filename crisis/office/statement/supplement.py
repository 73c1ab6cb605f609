"""What a further statement adds to the one before it: findings that changed, claims that came."""

from dataclasses import dataclass

from crisis.model.claim import Conclusion
from crisis.model.draft import Earlier
from crisis.model.parcel import Act as Effect
from crisis.model.playbook_section import OutletId
from crisis.model.statement import Lifecycle, StatementKind
from crisis.model.verdict import Verdict
from crisis.model.words import Words, words
from crisis.office.case import Standing
from crisis.records import news, publication_list
from crisis.records.act import Act
from crisis.records.schema.statement import StatementRow

FOUND: dict[Verdict, Words] = {
    Verdict.ACCURATE: words("phản ánh đúng", "accurate"),
    Verdict.PARTLY_ACCURATE: words("phản ánh đúng một phần", "accurate in part"),
    Verdict.OUT_OF_CONTEXT: words("cần bổ sung bối cảnh", "out of context"),
    Verdict.INACCURATE: words("thông tin chưa chính xác", "inaccurate"),
    Verdict.OPINION: words("ý kiến được tiếp thu", "an opinion"),
    Verdict.OUT_OF_SCOPE: words("thuộc thẩm quyền cơ quan khác", "for another body to answer"),
    Verdict.UNVERIFIED_YET: words("chưa có kết luận", "not concluded yet"),
}
VERIFIED = words("Bổ sung kết quả xác minh", "It adds what verification found")
RENEWED = words(
    "Bổ sung thông tin mới; các kết luận đã nêu không thay đổi",
    "It adds new information; the findings stated before stand",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Supplement:
    """What a further statement does to which earlier one, and how it tells so."""

    statement: str
    effect: Effect
    told: Earlier


async def last_published(act: Act, standing: Standing) -> Supplement | None:
    """What a further statement adds to the last published one; None for a first statement."""
    rows = [s for s in standing.statements if Lifecycle(s.lifecycle) is Lifecycle.PUBLISHED]
    made = await publication_list.of_statement(act.session, rows[-1].id) if rows else ()
    if not made:
        return None
    titles = {
        v["language"]: v["title"]
        for v in made[-1].frozen["variants"]
        if v["outlet"] in (OutletId.SITE.value, OutletId.PRESS_LIST.value)
    }
    vi = titles.get("vi", "")
    effect, why = await _reason(act, standing, rows[-1])
    told = Earlier(
        title=Words(vi=vi, en=titles.get("en", vi)),
        published_at=made[-1].at,
        why=why,
        corrects=effect is Effect.CORRECTION,
    )
    return Supplement(statement=rows[-1].id, effect=effect, told=told)


async def _reason(act: Act, standing: Standing, earlier: StatementRow) -> tuple[Effect, Words]:
    """A holding statement is brought up to date; only a finding that changed is a correction."""
    if StatementKind(earlier.kind) is StatementKind.HOLDING:
        return Effect.UPDATE, VERIFIED
    learned = await news.since(act.session, standing.incident.code, earlier.id)
    return _compared(standing.conclusions, learned.verdicts)


def _compared(
    conclusions: tuple[Conclusion, ...], before: dict[str, Verdict]
) -> tuple[Effect, Words]:
    known = [one for one in conclusions if one.claim.id in before]
    changed = [one for one in known if one.verdict is not before[one.claim.id]]
    if changed:
        return Effect.CORRECTION, _all([_changed(one) for one in changed])
    added = [_added(one) for one in conclusions if one.claim.id not in before]
    return Effect.UPDATE, _all(added) if added else RENEWED


def _changed(one: Conclusion) -> Words:
    """Names what is corrected, and never repeats a denial that did not stand."""
    found, text = FOUND[one.verdict], one.claim.text
    vi = f"Đính chính về nội dung “{text.vi}”: thay kết luận đã nêu trước đây, nay là {found.vi}"
    en = f"Corrected is the finding on “{text.en}”: it replaces the one stated before and is now "
    return Words(vi=vi, en=f"{en}{found.en}" if text.en else "")


def _added(one: Conclusion) -> Words:
    text = one.claim.text
    en = f"Added is the finding on “{text.en}”"
    return Words(vi=f"Bổ sung kết quả về nội dung “{text.vi}”", en=en if text.en else "")


def _all(told: list[Words]) -> Words:
    whole = all(one.en for one in told)
    return Words(
        vi=". ".join(one.vi for one in told),
        en=". ".join(one.en for one in told) if whole else "",
    )
