"""The ways out of this installation, set up from its settings and rows."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address

import httpx

from crisis.model.errors import Misconfigured
from crisis.model.network import Reach, may_reach
from crisis.model.outlet import DeliveryFailed, Outlet
from crisis.model.parcel import Parcel
from crisis.model.playbook_section import OutletId
from crisis.model.words import words
from crisis.office.office import Office
from crisis.outlets.drill_relay import DrillRelay
from crisis.outlets.frame import Frame
from crisis.outlets.press_list import PressListOutlet
from crisis.outlets.site import SiteOutlet
from crisis.outlets.smtp import SmtpRelay
from crisis.outlets.webhook import WebhookOutlet
from crisis.records import as_frozen, publication, publication_list, way_out
from crisis.records.schema.publication import Delivery, OutletRow
from crisis.records.way_out import NewOutlet
from crisis.settings import Settings

READ_SECONDS = 10


@dataclass(frozen=True, kw_only=True)
class WaysOut:
    """Every outlet by its id, the mail relay, and the bag of press mails about to be sent."""

    outlets: dict[str, Outlet]
    site: SiteOutlet
    relay: SmtpRelay
    bag: dict[str, bytes] = field(default_factory=dict)


def frame_of(office: Office) -> Frame:
    """How the public site presents the office."""
    settings = office.settings
    return Frame(
        office=office.name,
        mailbox=settings.office_mailbox,
        public_url=settings.public_url,
        exercise=settings.exercise,
        templates=settings.templates,
    )


def relay_of(settings: Settings) -> SmtpRelay:
    """The mail server of this installation. Raises Misconfigured: an exercise by a real one."""
    url = settings.smtp_url.get_secret_value()
    if settings.exercise:
        return DrillRelay(url, own_mailbox=settings.own_mailbox)
    return SmtpRelay(url)


@asynccontextmanager
async def ways_out(office: Office) -> AsyncIterator[WaysOut]:
    """Outlets and relay for the length of a block; mails in it share one connection."""
    async with office.records.look() as session:
        rows = {row.id: row for row in await way_out.outlets(session)}
    clock = await office.records.clock()
    bag: dict[str, bytes] = {}
    relay = relay_of(office.settings)
    async with httpx.AsyncClient(timeout=READ_SECONDS, trust_env=False) as client, relay:
        on_list = rows.get(OutletId.SITE.value)
        site = SiteOutlet(
            folder=office.settings.site_dir,
            frame=frame_of(office),
            published=lambda: on_site(office),
            client=client,
            now=clock.now,
            real=on_list.real if on_list else True,
        )
        press = rows.get(OutletId.PRESS_LIST.value)
        outlets: dict[str, Outlet] = {
            OutletId.SITE.value: site,
            OutletId.PRESS_LIST.value: PressListOutlet(
                relay=relay,
                compose=lambda parcel: bag[parcel.key],
                sender=office.settings.office_mailbox,
                now=clock.now,
                real=press.real if press else True,
            ),
        }
        hook = rows.get(OutletId.WEBHOOK.value)
        if hook is not None:
            outlets[hook.id] = _webhook(office, hook, clock.now)
        yield WaysOut(outlets=outlets, site=site, relay=relay, bag=bag)


def _webhook(office: Office, row: OutletRow, now: object) -> WebhookOutlet:
    return WebhookOutlet(
        url=row.config["url"],
        secret=office.seal.open_text(row.config["secret"], "webhook").encode(),
        now=now,  # type: ignore[arg-type]
        reach=Reach(office.settings.outward_networks),
        real=row.real,
    )


def webhook_of(office: Office, url: str, secret: str) -> NewOutlet:
    """The webhook as it is kept. Raises Misconfigured: no https, too short a secret, inside."""
    settings = office.settings
    sealed = office.seal.close_text(secret, OutletId.WEBHOOK.value)
    WebhookOutlet(
        url=url,
        secret=secret.encode(),
        now=lambda: datetime.min.replace(tzinfo=UTC),
        reach=Reach(settings.outward_networks),
    )
    host = httpx.URL(url).host
    if _is_address(host) and not may_reach(host, settings.outward_networks):
        raise Misconfigured(
            words(
                f"Webhook không được trỏ tới địa chỉ nội bộ {host}.",
                f"The webhook may not point to the inside address {host}.",
            ),
            setting="outlet webhook",
        )
    config = {"url": url, "secret": sealed}
    real = not settings.exercise
    return NewOutlet(id=OutletId.WEBHOOK.value, announced=False, real=real, config=config)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


async def on_site(office: Office) -> Iterable[Parcel]:
    """Every publication that the site carries, from the frozen rows.

    Raises DeliveryFailed where one is no longer what was frozen: then the site stays as it stands.
    """
    async with office.records.look() as session:
        there = await publication_list.everything(session)
        if others := await as_frozen.changed(session, [made for made, _ in there]):
            slugs = ", ".join(made.slug for made in others)
            raise DeliveryFailed(OutletId.SITE.value, permanent=True, detail=f"{CHANGED} {slugs}")
        return [
            publication.parcel(
                made, code, Delivery(outlet=OutletId.SITE.value, recipient="", key=made.id)
            )
            for made, code in there
            if any(v["outlet"] == OutletId.SITE.value for v in made.frozen["variants"])
        ]


CHANGED = "No longer what the ledger says was frozen:"
