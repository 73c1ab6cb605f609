"""A true report: asked, answered, drafted, approved by two, published and told to everyone."""

from typing import Any

from crisis.model.outlook import Wait


async def test_a_true_report_is_acknowledged_in_public(story: Any) -> None:
    code = await story.report(severity="S3")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    print(await story.lifecycles(code), [(m.letter, m.recipient) for m in await story.mails(code)])
