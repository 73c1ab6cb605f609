"""The shield around every page: headers, bounded bodies, foreign forms, unknown errors."""

import logging
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

PATHS = ["/", "/vao", "/tin-bao", "/khong-co", "/static/desk.css"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_carries_the_safe_headers(coordinator: Any, path: str) -> None:
    answer = await coordinator.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PATHS[:4])
async def test_no_page_is_kept_by_a_cache_or_has_inline_code(coordinator: Any, path: str) -> None:
    answer = await coordinator.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org", "")


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(coordinator: Any) -> None:
    refused = await coordinator.post("/tin-bao", {"note": "x" * (2**20 + 1)})
    assert refused.status_code == 413
    assert "vượt quá dung lượng" in refused.text


async def test_a_body_of_unknown_length_is_cut_off(coordinator: Any) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b"x" * 2**16

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = await coordinator.web.post("/tin-bao", content=endless(), headers=headers)
    assert refused.status_code == 413


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_form_of_another_site_is_refused(coordinator: Any, site: str) -> None:
    refused = await coordinator.post("/ra", headers={"Sec-Fetch-Site": site})
    assert refused.status_code == 403
    assert "từ một trang khác" in refused.text
    assert (await coordinator.get("/")).status_code == 200


async def test_an_unknown_error_is_told_by_a_number_that_stands_in_the_log(
    desk: Any, caplog: pytest.LogCaptureFixture
) -> None:
    app: FastAPI = desk.app

    @app.get("/hong")
    async def broken() -> None:
        msg = "secret detail"
        raise ValueError(msg)

    browser = await desk.as_("coordinator")
    with caplog.at_level(logging.ERROR, logger="phatngon.desk"):
        answer = await browser.get("/hong")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    told = answer.text.split("<code>")[1].split("</code>")[0]
    assert told in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_cookies_are_for_https_only_where_the_address_says_so(desk: Any) -> None:
    office = desk.office
    office.settings = office.settings.model_copy(update={"public_url": "https://pn.example"})
    browser = await desk.browser()
    shown: httpx.Response = await browser.get("/vao")
    assert "secure" in shown.headers["set-cookie"].lower()


async def test_an_exercise_says_so_on_every_page(coordinator: Any, client: Any) -> None:
    for page in (await coordinator.get("/"), await client.get("/vao"), await client.get("/x")):
        assert "DIỄN TẬP" in page.text


async def test_an_office_at_work_shows_no_exercise_banner(desk: Any) -> None:
    office = desk.office
    office.settings = office.settings.model_copy(update={"installation": "office"})
    browser = await desk.browser()
    assert "DIỄN TẬP" not in (await browser.get("/vao")).text
