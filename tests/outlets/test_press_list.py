"""The press list: one composed mail to one newsroom."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from crisis.model.outlet import DeliveryFailed
from crisis.model.parcel import Parcel
from crisis.outlets.press_list import PressListOutlet
from crisis.outlets.smtp import SmtpRelay
from desk.parts.mail_sink import Fault, FaultMode

MESSAGE = b"Message-ID: <khoa@tinh.example>\r\nSubject: Thu\r\n\r\nNoi dung\r\n"


@pytest.fixture
def outlet(sink: Any, now: Callable[[], datetime]) -> Callable[[bytes], PressListOutlet]:
    def make(message: bytes = MESSAGE) -> PressListOutlet:
        relay = SmtpRelay(f"smtp://127.0.0.1:{sink.port}", name="press_list", timeout=2)
        return PressListOutlet(
            relay=relay, compose=lambda _: message, sender="vp@tinh.example", now=now
        )

    return make


@pytest.fixture
def parcel(make_parcel: Callable[..., Parcel]) -> Parcel:
    return make_parcel(outlet="press_list", recipient="toasoan@bao.example")


async def test_the_newsroom_gets_the_composed_bytes_and_we_keep_the_servers_word(
    sink: Any, outlet: Callable[..., PressListOutlet], parcel: Parcel
) -> None:
    receipt = await outlet().deliver(parcel)
    assert (receipt.reference, receipt.detail) == ("<khoa@tinh.example>", "250 2.0.0 Kept")
    (card,) = sink.sink.folder.cards("toasoan@bao.example")
    assert sink.sink.folder.raw(card.name) == MESSAGE


async def test_a_mail_lost_in_smtps_one_window_is_resent_under_the_same_message_id(
    sink: Any, outlet: Callable[..., PressListOutlet], parcel: Parcel
) -> None:
    sink.sink.misbehave(Fault(mode=FaultMode.LOSE_REPLY, times=1))
    with pytest.raises(DeliveryFailed) as failed:
        await outlet().deliver(parcel)
    assert not failed.value.permanent
    assert failed.value.outlet == "press_list"
    await outlet().deliver(parcel)
    assert {card.message_id for card in sink.sink.folder.cards()} == {"<khoa@tinh.example>"}


@pytest.mark.parametrize("message", [b"Subject: x\r\n\r\ny\r\n", b"Message-ID: \r\n\r\ny\r\n"])
async def test_a_mail_without_a_message_id_is_never_sent(
    sink: Any, outlet: Callable[..., PressListOutlet], parcel: Parcel, message: bytes
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await outlet(message).deliver(parcel)
    assert failed.value.permanent
    assert sink.connections == 0
