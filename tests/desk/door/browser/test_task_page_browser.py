"""The agency's page in a real browser: on a phone and a desk, with and without scripts."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

LONG = "Sân trường thấp hơn mặt đường hai mươi xăng-ti-mét nên nước đọng sau mưa."


async def unfold(page: Any) -> None:
    """Open everything that can be opened."""
    for summary in await page.locator("details:not([open]) > summary").all():
        if await summary.is_visible():
            await summary.click()


@pytest.mark.parametrize("wide", [False, True])
async def test_nothing_needs_scrolling_sideways(
    agency: Any, page_at: Any, fits: Any, wide: bool
) -> None:
    page = await page_at(agency.path, wide=wide)
    assert await fits(page)
    await unfold(page)
    assert await fits(page)


async def test_what_a_finger_has_to_hit_is_large_enough(agency: Any, page_at: Any) -> None:
    page = await page_at(agency.path)
    await unfold(page)
    for one in await page.locator("button:visible, summary:visible, label.choice:visible").all():
        if await one.get_attribute("aria-hidden"):
            continue
        box = await one.bounding_box()
        assert box is not None
        assert box["height"] >= 44, await one.inner_text()


@pytest.mark.parametrize("script", [True, False])
async def test_an_agency_acknowledges_answers_with_a_file_and_reads_what_it_sent(
    agency: Any, page_at: Any, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "bien-ban.txt"
    file.write_text("Biên bản hiện trường", encoding="utf8")
    page = await page_at(agency.path, script=script)
    await page.get_by_role("button", name="Xác nhận đã nhận việc").click()
    await expect(page.get_by_text("Đã ghi nhận: cơ quan đã nhận việc.")).to_be_visible()
    for claim in await page.locator("fieldset.asked").all():
        await claim.get_by_role("radio", name="Chưa chính xác").check()
        await claim.get_by_label("Kết quả xác minh (tiếng Việt)").fill(LONG)
        await claim.get_by_text("Thêm chứng cứ").click()
        await claim.get_by_label("Tệp (chọn được nhiều tệp)").set_input_files(file)
        await claim.get_by_label("Tên tài liệu").fill("Biên bản hiện trường")
    await page.get_by_role("button", name="Gửi câu trả lời").click()
    await expect(page.get_by_text("Đã gửi câu trả lời.")).to_be_visible()
    sent = page.locator("#da-gui")
    await expect(sent.get_by_text("Biên bản hiện trường")).to_have_count(2)
    await expect(sent.get_by_text("chưa có chứng cứ")).to_have_count(0)


async def test_what_is_typed_saves_itself_and_is_there_again(agency: Any, page_at: Any) -> None:
    page = await page_at(agency.path)
    await page.get_by_label("Kết quả xác minh (tiếng Việt)").first.fill(LONG)
    await expect(page.get_by_text("Đã tự lưu nháp.")).to_be_visible()
    other = await page_at(agency.path)
    await expect(other.get_by_label("Kết quả xác minh (tiếng Việt)").first).to_have_value(LONG)


async def test_without_scripts_the_draft_is_saved_by_its_button(agency: Any, page_at: Any) -> None:
    page = await page_at(agency.path, script=False)
    await page.get_by_label("Kết quả xác minh (tiếng Việt)").first.fill(LONG)
    await page.get_by_role("button", name="Lưu nháp", exact=True).last.click()
    await expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    await expect(page.get_by_label("Kết quả xác minh (tiếng Việt)").first).to_have_value(LONG)


async def test_typing_and_sending_at_once_does_not_trip_over_the_autosave(
    agency: Any, page_at: Any
) -> None:
    page = await page_at(agency.path)
    for claim in await page.locator("fieldset.asked").all():
        await claim.get_by_role("radio", name="Đúng", exact=False).first.check()
        await claim.get_by_label("Kết quả xác minh (tiếng Việt)").fill(LONG)
    await expect(page.get_by_text("Đã tự lưu nháp.")).to_be_visible()
    await page.get_by_label("Kết quả xác minh (tiếng Việt)").first.fill(LONG + " Thêm.")
    await page.get_by_role("button", name="Gửi câu trả lời").click()
    await expect(page.get_by_text("Đã gửi câu trả lời.")).to_be_visible()


async def test_a_file_that_is_too_big_is_told_before_it_is_sent(
    agency: Any, page_at: Any, tmp_path: Path
) -> None:
    file = tmp_path / "to.txt"
    with file.open("wb") as big:
        big.truncate(agency.office.settings.upload_limit_bytes + 1)
    page = await page_at(agency.path)
    await page.get_by_text("Thêm chứng cứ").first.click()
    await page.get_by_label("Tệp (chọn được nhiều tệp)").first.set_input_files(file)
    await page.get_by_role("button", name="Gửi câu trả lời").click()
    await expect(page.locator("#tu-luu")).to_contain_text("vượt quá dung lượng")


@pytest.mark.parametrize("script", [True, False])
async def test_a_file_that_is_too_big_gets_a_page_and_no_broken_connection(
    agency: Any, page_at: Any, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "to.txt"
    with file.open("wb") as big:
        big.truncate(agency.office.settings.upload_limit_bytes + 5_000_000)
    page = await page_at(agency.path, script=script)
    if script:
        await page.evaluate("document.getElementById('form-tra-loi').dataset.limit = '1e12'")
    await page.get_by_label("Kết quả xác minh (tiếng Việt)").first.fill(LONG)
    await page.get_by_text("Thêm chứng cứ").first.click()
    await page.get_by_label("Tệp (chọn được nhiều tệp)").first.set_input_files(file)
    await page.get_by_role("button", name="Tải lên và lưu nháp").first.click()
    await expect(page.get_by_text("quá lớn: mỗi lần gửi tối đa 20 MB").first).to_be_visible()
    await expect(page.get_by_label("Kết quả xác minh (tiếng Việt)").first).to_have_value(LONG)


async def test_the_agency_is_chosen_from_the_directory_without_scripts(
    agency: Any, page_at: Any
) -> None:
    page = await page_at(agency.path, script=False)
    part = page.locator("#tu-choi")
    await part.get_by_text("Không thuộc thẩm quyền").click()
    await part.get_by_label("Cơ quan có thẩm quyền").fill("sở giáo dục và đào tạo")
    await part.get_by_label("Lý do").fill("Trường do ngành giáo dục quản lý")
    await part.get_by_role("button", name="Trả lại việc này").click()
    await expect(page.get_by_text("Cơ quan đã trả lại việc này")).to_be_visible()
