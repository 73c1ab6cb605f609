"""Outlets that a person has to look at: given up, or not showing what was approved."""

from collections.abc import AsyncIterator

from sqlalchemy import and_, or_, select

from crisis.model.delivery import READINGS_BEFORE_TOLD, DeliveryState
from crisis.model.words import Words
from crisis.office.attention.waiting import LIMIT, Sort, Wish
from crisis.office.statement.audience import OUTLET_WORDS
from crisis.records.act import Act
from crisis.records.schema.incident import Incident, runs
from crisis.records.schema.publication import Delivery, Publication


async def troubled(act: Act) -> AsyncIterator[Wish]:
    """Each outlet of an incident that failed for good, or again and again shows something else."""
    given_up = Delivery.state == DeliveryState.FAILED.value
    unlike = and_(Delivery.finding != "", Delivery.readings >= READINGS_BEFORE_TOLD)
    rows = await act.session.execute(
        select(Incident, Delivery.outlet, Publication.at)
        .join(Delivery, Delivery.incident_id == Incident.id)
        .join(Publication, Publication.id == Delivery.publication_id)
        .where(or_(given_up, unlike), runs())
        .order_by(Publication.at, Delivery.outlet)
        .limit(LIMIT)
    )
    told = set()
    for case, outlet, at in rows:
        if (case.id, outlet) in told:
            continue
        told.add((case.id, outlet))
        about = OUTLET_WORDS.get(outlet, Words(vi=outlet, en=outlet))
        yield Wish(sort=Sort.DELIVER, incident=case, about=about, at=at)
