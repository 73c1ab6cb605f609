"""An exercise reaches nobody real, whatever server and addresses somebody configured."""

import pytest

from crisis.model.errors import Misconfigured
from crisis.model.outlet import DeliveryFailed
from crisis.office.statement.ways_out import relay_of
from crisis.outlets.drill_relay import DrillRelay
from crisis.settings import Settings
from desk.parts.mail_sink import SinkServer

MESSAGE = b"Subject: Thu\r\n\r\nDIEN TAP\r\n"


def settings(url: str, installation: str = "exercise") -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        installation=installation,  # type: ignore[arg-type]
        smtp_url=url,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("url", ["smtps://mail.tinh.vn", "smtp+starttls://u:p@10.0.0.8:587"])
def test_an_exercise_refuses_a_server_elsewhere(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        relay_of(settings(url))
    assert refused.value.setting == "PHATNGON_SMTP_URL"
    assert relay_of(settings(url, "office")).server.host in url


@pytest.mark.parametrize("to", ["toasoan@plo.vn", "a@example.vn", "a@notexample", "x@test.vn"])
async def test_a_recipient_that_may_exist_gets_nothing(sink: SinkServer, to: str) -> None:
    relay = relay_of(settings(f"smtp://127.0.0.1:{sink.port}"))
    with pytest.raises(DeliveryFailed) as refused:
        await relay.send(MESSAGE, sender="vp@tinh.example", recipient=to)
    assert refused.value.permanent
    assert not sink.sink.folder.names()


@pytest.mark.parametrize("to", ["a@bao.example", "a@BAO.TEST", "a@b.invalid", "a@example.com"])
async def test_a_reserved_address_gets_its_mail(sink: SinkServer, to: str) -> None:
    relay = relay_of(settings(f"smtp://127.0.0.1:{sink.port}"))
    await relay.send(MESSAGE, sender="vp@tinh.example", recipient=to)
    assert len(sink.sink.folder.names()) == 1


async def test_the_houses_own_mailbox_takes_real_addresses(sink: SinkServer) -> None:
    relay = DrillRelay(f"smtp://127.0.0.1:{sink.port}", own_mailbox=True)
    await relay.send(MESSAGE, sender="vp@tinh.example", recipient="toasoan@plo.vn")
    assert len(sink.sink.folder.names()) == 1
