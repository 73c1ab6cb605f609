"""Letters that go to many tell of a restricted incident to those only who may know of it."""

from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.role import Role
from crisis.office.press import alert as press_alert
from crisis.office.press import brief_mail as press_brief_mail
from crisis.records import mail, person
from crisis.records.act import SYSTEM
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail
from tests.desk.attack.conftest import people_read_papers

DAY = date(2025, 10, 20)
OTHER = "khac@vp.example"
NAMED = "dieuphoi@vanphong.example"


@pytest.fixture
async def opened(desk: Any, tmp_path: Path) -> str:
    """The code of an incident that the coordinator opened from a story; a colleague looks on."""
    story = await people_read_papers(desk, tmp_path / "saved")
    browser = await desk.as_("coordinator")
    done = await browser.post(f"/bao-chi/{story}/mo")
    assert done.status_code == 303, done.text
    new = person.NewUser(email=OTHER, name="Khác", title="X", roles=(Role.COORDINATOR,))
    async with desk.office.records.act(SYSTEM) as act:
        await person.add_user(act, new)
    async with desk.office.records.look() as session:
        code: str = (await session.scalars(select(Incident.code))).one()
    return code


async def restrict(desk: Any, code: str) -> None:
    """The coordinator's form."""
    browser = await desk.as_("coordinator")
    form = {"restricted": "1", "reason": "Trẻ em"}
    assert (await browser.post(f"/vu-viec/{code}/han-che", form)).status_code == 303


async def letters(desk: Any, name: str) -> dict[str, str]:
    """The newest letter of that name to each recipient, headers and every part."""
    async with desk.office.records.look() as session:
        rows = await session.scalars(select(Mail).where(Mail.letter == name).order_by(Mail.id))
        return {row.recipient: _text(await mail.content(session, row)) for row in rows}


def _text(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    parts = [p.get_content() for p in message.walk() if p.get_content_maintype() == "text"]
    return "\n".join([str(message.items()), *parts])


async def test_an_alert_names_the_incident_to_its_people_only(desk: Any, opened: str) -> None:
    await restrict(desk, opened)
    await desk.set_time("2025-10-20T18:00+07:00")
    async with desk.office.records.act(SYSTEM) as act:
        assert await press_alert.tell(desk.office, act) == 1
    told = await letters(desk, "press_alert")
    assert opened in told[NAMED]
    assert "ngập nước" in told[OTHER]
    assert opened not in told[OTHER]


@pytest.mark.parametrize("restricted", [False, True])
async def test_the_leaders_brief_does_not_name_it(
    desk: Any, opened: str, *, restricted: bool
) -> None:
    if restricted:
        await restrict(desk, opened)
    at = datetime.fromisoformat("2025-10-20T07:00+07:00")
    await desk.set_time(at.isoformat())
    async with desk.office.records.act(SYSTEM) as act:
        assert await press_brief_mail.send(desk.office, act, DAY) > 0
    (told,) = (await letters(desk, "press_brief")).values()
    assert "ngập nước" in told
    assert (opened in told) is not restricted
    assert "Chưa xử lý" not in told
