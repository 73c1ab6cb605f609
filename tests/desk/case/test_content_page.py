"""Content in the desk: proposed by one, shown with what it does, confirmed by another."""

import re
from typing import Any

import pytest

from crisis.model.role import Role
from crisis.records import content, ledger, person
from crisis.records.act import SYSTEM
from crisis.records.content import ContentKind

PATH = "/noi-dung/sua/playbook/press-report"
REASON = {"reason": "Quy chế phát ngôn mới của tỉnh"}


@pytest.fixture
async def legal(desk: Any) -> Any:
    """A legal officer: the auditor of the cast, given that role for the test."""
    async with desk.office.records.act(SYSTEM) as act:
        await person.change_roles(act, desk.people["auditor"].user, [Role.LEGAL])
    return await desk.as_("auditor")


async def text_of(desk: Any, kind: ContentKind, name: str) -> str:
    async with desk.office.records.look() as session:
        return (await content.active(session, kind, name))[1].decode()


async def slower(desk: Any) -> str:
    """The playbook's next version, with a longer wait on the ladder of S3."""
    text = await text_of(desk, ContentKind.PLAYBOOK, "press-report")
    text = text.replace("version: 1", "version: 2", 1)
    return text.replace("wait: {S4: 0.5h, S3: 1h", "wait: {S4: 0.5h, S3: 1.5h", 1)


async def office_actions(desk: Any) -> list[str]:
    async with desk.office.records.look() as session:
        return [entry["action"] for entry in await ledger.entries(session, "office")]


async def proposed(desk: Any, browser: Any, text: str) -> str:
    sent = await browser.post(PATH, REASON | {"text": text})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"].split("?")[0])


async def test_everything_in_force_is_listed_with_version_and_who_confirmed(
    coordinator: Any,
) -> None:
    page = (await coordinator.get("/noi-dung")).text
    for name in ("press-report", "policy-campaign", "directory", "law", "calendar", "contacts"):
        assert name in page
    assert "khi cài đặt" in page


async def test_a_change_shows_the_timeline_before_and_after_and_a_second_person_confirms(
    desk: Any, coordinator: Any, legal: Any
) -> None:
    place = await proposed(desk, coordinator, await slower(desk))
    page = (await coordinator.get(f"{place}?muc=S3&nhan=2027-02-05T16:00")).text
    assert "S3: 1.5h" in page
    assert "Đề nghị thay: Kịch bản ứng phó “Ứng phó thông tin tiêu cực" in page
    assert "(đổi giờ)" in page
    for picture in ("truoc.svg", "sau.svg"):
        drawn = await coordinator.get(f"{place}/{picture}?muc=S3&nhan=2027-02-05T16:00")
        assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert "<circle" in drawn.text
    own = await coordinator.post(place, {"act": "confirm"})
    assert own.status_code == 409
    assert "người thứ hai" in own.text
    confirmed = await legal.post(place, {"act": "confirm"})
    assert confirmed.status_code == 303
    assert "S3: 1.5h" in await text_of(desk, ContentKind.PLAYBOOK, "press-report")
    actions = await office_actions(desk)
    assert {"content.proposed", "content.confirmed"} <= set(actions)
    assert actions[-1] == "playbook.activated"
    assert "Đỗ Thị Kiểm Mẫu" in (await coordinator.get("/noi-dung")).text


async def test_a_timeline_beyond_the_published_calendar_says_that_it_must_be_confirmed(
    desk: Any, coordinator: Any
) -> None:
    place = await proposed(desk, coordinator, await slower(desk))
    later = (await coordinator.get(f"{place}?muc=S3&nhan=2027-02-05T16:00")).text
    assert "Lịch nghỉ năm 2027 chưa được công bố" in later
    known = (await coordinator.get(f"{place}?muc=S3&nhan=2026-11-05T09:00")).text
    assert "chưa được công bố" not in known


async def test_a_refusal_needs_a_reason_and_changes_nothing(
    desk: Any, coordinator: Any, legal: Any
) -> None:
    place = await proposed(desk, coordinator, await slower(desk))
    assert (await legal.post(place, {"act": "refuse"})).status_code == 409
    refused = await legal.post(place, {"act": "refuse", "answer": "Chưa có căn cứ"})
    assert refused.status_code == 303
    assert "S3: 1.5h" not in await text_of(desk, ContentKind.PLAYBOOK, "press-report")
    again = await legal.post(place, {"act": "confirm"})
    assert again.status_code == 409
    assert "content.refused" in await office_actions(desk)


async def test_a_proposal_on_an_overtaken_version_is_stale(
    desk: Any, coordinator: Any, legal: Any
) -> None:
    first = await proposed(desk, coordinator, await slower(desk))
    other = (await slower(desk)).replace("version: 2", "version: 3", 1)
    second = await proposed(desk, coordinator, other)
    assert (await legal.post(second, {"act": "confirm"})).status_code == 303
    late = await legal.post(first, {"act": "confirm"})
    assert late.status_code == 409
    assert "đề nghị lại trên bản mới" in late.text
    assert "bản gốc không còn áp dụng" in (await legal.get("/noi-dung")).text
    page = (await legal.get(first)).text
    assert 'value="confirm"' not in page
    assert 'value="refuse"' in page


async def test_a_change_that_does_not_raise_the_version_is_refused(
    desk: Any, coordinator: Any
) -> None:
    same = (await slower(desk)).replace("version: 2", "version: 1", 1)
    refused = await coordinator.post(PATH, REASON | {"text": same})
    assert refused.status_code == 422
    assert "Bản đang áp dụng là số 1" in refused.text
    assert "S3: 1.5h" in refused.text, "what was typed is there"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("wait: {S4: 0.5h, S3: 1h", "wait: {S4: 0.5h, S3: 9h", "24 giờ luật định"),
        ("ref: ND244", "ref: ND999", "ND999"),
        ("id: press-report", "id: press-reports", "press-report"),
        ("repeat: 1", "repeat: 5", "luật định"),
    ],
)
async def test_a_wrong_change_is_refused_in_words_and_nothing_typed_is_lost(
    desk: Any, coordinator: Any, before: str, after: str, says: str
) -> None:
    text = await text_of(desk, ContentKind.PLAYBOOK, "press-report")
    refused = await coordinator.post(PATH, REASON | {"text": text.replace(before, after, 1)})
    assert refused.status_code == 422
    assert says in refused.text
    assert after in refused.text
    assert REASON["reason"] in refused.text


async def test_a_file_can_be_uploaded_instead(desk: Any, coordinator: Any) -> None:
    text = await slower(desk)
    sent = await coordinator.post(
        PATH, REASON | {"text": ""}, files={"file": ("press-report.yaml", text.encode())}
    )
    assert sent.status_code == 303
    broken = await coordinator.post(PATH, REASON, files={"file": ("a.yaml", b"\xff\xfe")})
    assert broken.status_code == 422
    assert "UTF-8" in broken.text


async def test_whoever_only_reads_proposes_and_confirms_nothing(
    desk: Any, coordinator: Any
) -> None:
    place = await proposed(desk, coordinator, await slower(desk))
    auditor = await desk.as_("auditor")
    assert (await auditor.post(PATH, REASON | {"text": "x"})).status_code == 403
    assert (await auditor.post(place, {"act": "confirm"})).status_code == 403
    assert (await coordinator.get("/noi-dung/sua/templates/templates")).status_code == 404


async def test_a_rule_is_not_yet_signed_until_a_legal_officer_signs_it_as_it_reads(
    desk: Any, coordinator: Any, legal: Any
) -> None:
    page = (await coordinator.get("/luat")).text
    assert page.count("chưa thẩm định</span>") > 20
    assert (await coordinator.post("/luat/reply_in_press", {"act": "sign"})).status_code == 403
    stale = await legal.post("/luat/reply_in_press", {"act": "sign", "digest": "0" * 64})
    assert stale.status_code == 404
    told = (await legal.get("/luat")).text.split('action="/luat/reply_in_press"')[1]
    digest = told.split('name="digest" value="')[1][:64]
    assert (
        await legal.post("/luat/reply_in_press", {"act": "sign", "digest": digest})
    ).status_code == 303
    after = (await coordinator.get("/luat")).text
    assert after.count("chưa thẩm định</span>") == page.count("chưa thẩm định</span>") - 1
    assert (await legal.post("/luat/reply_in_press", {"act": "withdraw"})).status_code == 303
    assert (await coordinator.get("/luat")).text.count("chưa thẩm định</span>") == page.count(
        "chưa thẩm định</span>"
    )
    assert {"law.rule_signed", "law.unsigned"} <= set(await office_actions(desk))


async def test_rules_are_told_in_words_without_ids_or_month_days(coordinator: Any) -> None:
    page = (await coordinator.get("/luat")).text
    assert "hằng năm, trước ngày 20/12" in page
    assert "12-20" not in page
    english = (await coordinator.get("/luat?lang=en")).text
    assert "<dd>1 working day</dd>" in english
    assert "<dd>5 working days</dd>" in english
    page = (await coordinator.get("/luat?lang=vi")).text
    borrowed = re.findall(r"<dd>như quy định: ([^<]*)</dd>", page)
    assert borrowed
    assert not [one for one in borrowed if "_" in one]


async def test_a_legal_clock_says_whether_its_rule_was_signed(desk: Any, coordinator: Any) -> None:
    code = await desk.report(severity="S3")
    page = (await coordinator.get(f"/vu-viec/{code}")).text
    assert 'href="/luat#initial_statement_old">chưa thẩm định</a>' in page


async def test_the_law_page_says_what_governs_each_matter_and_where_it_was_read(
    coordinator: Any,
) -> None:
    page = (await coordinator.get("/luat")).text
    assert "Luật Báo chí 103/2016/QH13" in page
    assert "(đọc từ: Pháp điển (official codification))" in page
    assert "không áp dụng với UBND cấp tỉnh" in page
    assert "tối đa 2 lượt" in page
    assert "mức S1, S2 được nâng lên S3" in page


async def test_the_law_page_says_when_the_clock_of_each_rule_starts(coordinator: Any) -> None:
    page = (await coordinator.get("/luat?lang=en")).text
    for start in (
        *("received and handled", "determined to affect opinion", "1 July 2026"),
        *("the first day of each month", "the last time it was done"),
        "15 December of the year before",
    ):
        assert f"<dt>Clock starts</dt><dd>{start}</dd>" in page
    borrowed = page.split('id="outlet_publishes_feedback"')[1].split("</li>")[0]
    assert "Clock starts" not in borrowed
    assert "<dt>Tính từ</dt><dd>nhận yêu cầu</dd>" in (await coordinator.get("/luat?lang=vi")).text
