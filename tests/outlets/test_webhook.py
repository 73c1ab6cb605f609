"""The webhook: signed, canonical, once per key, and only to where it may go."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest

from crisis.model.errors import Misconfigured
from crisis.model.network import Reach
from crisis.model.outlet import DeliveryFailed
from crisis.model.parcel import Act, Parcel
from crisis.model.words import Language
from crisis.outlets.webhook import REQUEST_LIMIT, WebhookOutlet, payload

SECRET = b"mot khoa dai va kho doan"
Make = Callable[..., Parcel]


@pytest.fixture
def outlet(receiver: Any, now: Callable[[], datetime]) -> WebhookOutlet:
    return WebhookOutlet(
        url=receiver.url, secret=SECRET, now=now, reach=Reach.LOOPBACK, timeout=0.3
    )


async def test_the_receiver_can_check_the_signature(
    outlet: WebhookOutlet, receiver: Any, make_parcel: Make
) -> None:
    receipt = await outlet.deliver(make_parcel(outlet="webhook"))
    ((headers, body),) = receiver.requests
    signed = f"{headers['x-phatngon-timestamp']}.".encode() + body
    expected = hmac.new(SECRET, signed, sha256).hexdigest()
    assert headers["x-phatngon-signature"] == f"v1={expected}"
    assert headers["idempotency-key"] == "QT-2025-0001/1/webhook"
    assert headers["host"] == receiver.url.split("/")[2]
    assert receipt.reference == "r1"


def test_the_payload_is_canonical_and_carries_the_approved_bytes(make_parcel: Make) -> None:
    first = make_parcel(1)
    parcel = make_parcel(2, on=(first,), act=Act.WITHDRAWAL)
    body = payload(parcel)
    said = json.loads(body)
    again = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert body == again.encode()
    assert (said["act"], said["references"][0]["slug"]) == ("withdrawal", "thong-tin-1")
    for variant in said["variants"]:
        assert sha256(variant["content"].encode()).hexdigest() == variant["sha256"]


@pytest.mark.parametrize(
    ("status", "permanent"),
    [("301 Moved", True), ("400 Bad", True), ("401 Who", True), ("408 Slow", False),
     ("429 Many", False), ("500 Oops", False), ("503 Later", False)],
)  # fmt: skip
async def test_an_answer_is_classed_by_its_status_and_no_redirect_is_followed(
    outlet: WebhookOutlet, receiver: Any, make_parcel: Make, status: str, *, permanent: bool
) -> None:
    receiver.says(status, b"", f"Location: {receiver.url}")
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.deliver(make_parcel(outlet="webhook"))
    assert failed.value.permanent == permanent
    assert failed.value.reply_code == int(status[:3])
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("answer", "reference"),
    [(b'{"id":"abc"}', "abc"), (b'{"id":7}', "7"), (b"{}", "202"), (b"[]", "202"),
     (b"no json", "202"), (b"", "202"), (b'{"id":"' + b"a" * 999 + b'"}', "a" * 200),
     (b"x" * 10**6, "202"), (b"\xff\xfe", "202")],
)  # fmt: skip
async def test_the_reference_is_the_receivers_id_where_it_gives_one(
    outlet: WebhookOutlet, receiver: Any, make_parcel: Make, answer: bytes, reference: str
) -> None:
    receiver.says("202 OK", answer)
    assert (await outlet.deliver(make_parcel(outlet="webhook"))).reference == reference


async def test_a_receiver_that_does_not_answer_means_later(
    outlet: WebhookOutlet, receiver: Any, make_parcel: Make
) -> None:
    receiver.silent = True
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.deliver(make_parcel(outlet="webhook"))
    assert (failed.value.permanent, failed.value.reply_code) == (False, None)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"])
async def test_a_broken_answer_means_later(
    outlet: WebhookOutlet, receiver: Any, make_parcel: Make, answer: bytes
) -> None:
    receiver.answer = answer
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.deliver(make_parcel(outlet="webhook"))
    assert not failed.value.permanent


async def test_a_receiver_that_is_not_there_means_later(
    free_port: int, now: Callable[[], datetime], make_parcel: Make
) -> None:
    url = f"http://127.0.0.1:{free_port}/"
    gone = WebhookOutlet(url=url, secret=SECRET, now=now, reach=Reach.LOOPBACK)
    with pytest.raises(DeliveryFailed) as failed:
        await gone.deliver(make_parcel(outlet="webhook"))
    assert not failed.value.permanent


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0x7f000001", "[::]"]
)
async def test_in_production_no_inner_address_is_talked_to(
    now: Callable[[], datetime], make_parcel: Make, host: str
) -> None:
    outlet = WebhookOutlet(url=f"https://{host}/", secret=SECRET, now=now)
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.deliver(make_parcel(outlet="webhook"))
    assert failed.value.permanent
    assert "forbidden" in failed.value.detail


async def test_a_name_without_an_address_means_later(
    now: Callable[[], datetime], make_parcel: Make
) -> None:
    outlet = WebhookOutlet(url="https://khong-co.invalid/", secret=SECRET, now=now, timeout=30)
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.deliver(make_parcel(outlet="webhook"))
    assert not failed.value.permanent


async def test_a_name_that_leads_home_is_pinned_and_keeps_its_host(
    receiver: Any, now: Callable[[], datetime], make_parcel: Make
) -> None:
    url = receiver.url.replace("127.0.0.1", "localhost")
    outlet = WebhookOutlet(url=url, secret=SECRET, now=now, reach=Reach.LOOPBACK)
    await outlet.deliver(make_parcel(outlet="webhook"))
    ((headers, _),) = receiver.requests
    assert headers["host"].startswith("localhost:")


async def test_a_payload_that_is_too_large_is_not_sent(
    outlet: WebhookOutlet, receiver: Any, make_parcel: Make
) -> None:
    texts = {Language.VI: "a" * REQUEST_LIMIT}
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.deliver(make_parcel(outlet="webhook", texts=texts))
    assert failed.value.permanent
    assert not receiver.requests


@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://vi.du/", SECRET), ("https://u:p@vi.du/", SECRET), ("https://", SECRET),
     ("ftp://vi.du", SECRET), ("https://vi.du:x/", SECRET), ("https://vi.du/", b"short")],
)  # fmt: skip
def test_a_webhook_is_https_without_a_password_and_has_a_real_secret(
    now: Callable[[], datetime], url: str, secret: bytes
) -> None:
    with pytest.raises(Misconfigured):
        WebhookOutlet(url=url, secret=secret, now=now)


def test_the_secret_shows_in_no_log(outlet: WebhookOutlet) -> None:
    assert "khoa" not in repr(outlet)
