"""The task page of an agency, by its link."""

import pytest


async def test_the_page_says_what_is_asked_by_when_and_whom_to_call(agency) -> None:
    page = await agency.page()
    for told in (
        "Sân trường bị ngập",
        "Nước không thoát được",
        "Trần Thị Ví Dụ",
        "Pháp Luật TP.HCM",
    ):
        assert told in page
    assert "còn" in page
