"""An incident's page: what it shows to whom."""

from typing import Any


async def test_the_page_of_a_fresh_incident_opens(desk: Any, coordinator: Any) -> None:
    code = await desk.report()
    page = await coordinator.get(f"/vu-viec/{code}")
    assert page.status_code == 200, page.text
    assert "Sân trường bị ngập" in page.text
