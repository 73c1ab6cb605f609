"""Checkpoints reach the auditors, who can hold them against a pack years later."""

from typing import Any

from crisis.office.mailing import send_due
from crisis.office.sealing import sign_and_tell
from crisis.office.statement.ways_out import ways_out
from crisis.records.act import SYSTEM


async def test_every_auditor_gets_root_and_key_of_a_checkpoint(story: Any) -> None:
    await story.report()
    async with story.office.records.act(SYSTEM) as act:
        signed = (await sign_and_tell(story.office, act)).checkpoint
    async with ways_out(story.office) as ways:
        await send_due(story.office, ways.relay)
    (name,) = story.house.folder.names("kiemtoan@vanphong.example")
    told = story.text(name)
    assert f"--fingerprint {signed.key_id} --root {signed.root}" in told
    assert "DT-" not in told
