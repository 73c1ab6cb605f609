"""What every outlet must do: the same tests for all of them, each on its real wire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from crisis.model.errors import PhatngonError, RuleBroken
from crisis.model.network import Reach
from crisis.model.outlet import Finding, Outlet
from crisis.model.parcel import Act, Parcel
from crisis.model.playbook_section import OutletId
from crisis.model.words import Language
from crisis.outlets.press_list import PressListOutlet
from crisis.outlets.smtp import SmtpRelay
from crisis.outlets.webhook import WebhookOutlet
from desk.parts.mail_sink import Fault, FaultMode


def compose(parcel: Parcel) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{parcel.key.replace('/', '.')}@tinh.example>"
    message["To"] = parcel.recipient
    message["Subject"] = parcel.variants[0].title
    message.set_content(parcel.variants[0].body, cte="base64")
    return message.as_bytes()


@dataclass
class Bench:
    """One outlet with its far side: what arrived there, how it breaks and is mended."""

    outlet: Outlet
    parcel: Callable[..., Parcel]
    arrived: Callable[[], set[str]]
    breaks: Callable[[bool], None]
    mends: Callable[[], None]


def site_bench(request: pytest.FixtureRequest, site: Any, make: Callable[..., Parcel]) -> Bench:
    tin = site.folder / "tin"

    def breaks(permanent: bool) -> None:
        if permanent:
            site.published.append(make(9, publication="taken", slug="thong-tin-1"))
        else:
            tin.write_text("no folder")

    def mends() -> None:
        tin.unlink()

    def arrived() -> set[str]:
        return {path.parent.name for path in tin.glob("thong-tin-*/index.html")}

    return Bench(site.outlet, make, arrived, breaks, mends)


def press_bench(sink: Any, now: Callable[[], datetime], make: Callable[..., Parcel]) -> Bench:
    relay = SmtpRelay(f"smtp://127.0.0.1:{sink.port}", timeout=2)
    outlet = PressListOutlet(relay=relay, compose=compose, sender="a@tinh.example", now=now)

    def parcel(*given: Any, **changes: Any) -> Parcel:
        return make(*given, outlet="press_list", recipient="toasoan@bao.example", **changes)

    def breaks(permanent: bool) -> None:
        fault = Fault(mode=FaultMode.REPLY, code=550 if permanent else 451)
        assert sink.sink.misbehave(fault)

    def arrived() -> set[str]:
        return {card.message_id for card in sink.sink.folder.cards()}

    return Bench(outlet, parcel, arrived, breaks, lambda: sink.sink.misbehave(Fault()))


def hook_bench(receiver: Any, now: Callable[[], datetime], make: Callable[..., Parcel]) -> Bench:
    outlet = WebhookOutlet(url=receiver.url, secret=b"s" * 32, now=now, reach=Reach.LOOPBACK)

    def parcel(*given: Any, **changes: Any) -> Parcel:
        return make(*given, outlet="webhook", **changes)

    def breaks(permanent: bool) -> None:
        receiver.says("422 No" if permanent else "503 Later")

    def arrived() -> set[str]:
        return {headers["idempotency-key"] for headers, _ in receiver.requests}

    return Bench(outlet, parcel, arrived, breaks, lambda: receiver.says("200 OK", b'{"id": 7}'))


@pytest.fixture(params=list(OutletId))
def bench(
    request: pytest.FixtureRequest,
    make_parcel: Callable[..., Parcel],
    now: Callable[[], datetime],
    site: Any,
    sink: Any,
    receiver: Any,
) -> Bench:
    benches = {
        "site": lambda: site_bench(request, site, make_parcel),
        "press_list": lambda: press_bench(sink, now, make_parcel),
        "webhook": lambda: hook_bench(receiver, now, make_parcel),
    }
    return benches[request.param]()


async def test_a_delivery_gives_a_receipt_for_its_key(
    bench: Bench, now: Callable[[], datetime]
) -> None:
    parcel = bench.parcel()
    receipt = await bench.outlet.deliver(parcel)
    assert (receipt.outlet, receipt.key) == (bench.outlet.id, parcel.key)
    assert receipt.accepted_at == now()
    assert receipt.reference
    assert len(bench.arrived()) == 1


async def test_delivering_again_is_harmless_and_shows_the_same_reference(bench: Bench) -> None:
    first = await bench.outlet.deliver(bench.parcel())
    again = await bench.outlet.deliver(bench.parcel())
    assert again == first
    assert len(bench.arrived()) == 1


async def test_a_temporary_failure_helps_to_try_again(bench: Bench) -> None:
    bench.breaks(False)
    with pytest.raises(PhatngonError) as failed:
        await bench.outlet.deliver(bench.parcel())
    assert not failed.value.permanent
    bench.mends()
    await bench.outlet.deliver(bench.parcel())
    assert len(bench.arrived()) == 1


async def test_a_permanent_failure_says_so(bench: Bench) -> None:
    bench.breaks(True)
    with pytest.raises(PhatngonError) as failed:
        await bench.outlet.deliver(bench.parcel())
    assert failed.value.permanent


async def test_a_withdrawal_is_a_delivery_like_any_other(bench: Bench) -> None:
    first = bench.parcel(1)
    await bench.outlet.deliver(first)
    receipt = await bench.outlet.deliver(bench.parcel(2, on=(first,), act=Act.WITHDRAWAL))
    assert receipt.reference
    assert len(bench.arrived()) == 2


async def test_what_can_be_read_is_live_after_delivery_and_the_rest_says_it_cannot(
    bench: Bench,
) -> None:
    parcel = bench.parcel()
    await bench.outlet.deliver(parcel)
    found = await bench.outlet.read_back(parcel)
    assert (found.outlet, found.key) == (bench.outlet.id, parcel.key)
    assert found.finding is (Finding.LIVE if bench.outlet.readable else Finding.NOT_READABLE)


async def test_an_exercise_never_reaches_a_real_outlet(bench: Bench) -> None:
    assert bench.outlet.real
    with pytest.raises(RuleBroken) as refused:
        await bench.outlet.deliver(bench.parcel(exercise=True))
    assert refused.value.rule == "exercise"
    assert not bench.arrived()


async def test_any_text_goes_through(bench: Bench) -> None:
    nasty = "<script>alert(1)</script>\r\n.\r\nMAIL FROM:<x>\r\n\r\n&amp; đ\u0301 \x00"
    await bench.outlet.deliver(bench.parcel(texts={Language.VI: nasty}))
    assert len(bench.arrived()) == 1
