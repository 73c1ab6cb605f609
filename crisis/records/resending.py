"""A delivery that an outlet refused, owed once more: a row of its own that names its source."""

from crisis.model.action import Action
from crisis.model.delivery import SETTLED, DeliveryState
from crisis.model.errors import NotFound, RuleBroken
from crisis.model.words import words
from crisis.records import delivery
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.publication import Delivery


async def send_again(act: Act, incident: Incident, delivery_id: str) -> Delivery:
    """Owe a delivery that failed once more.

    Raises NotFound, RuleBroken where it did not fail, or where the place got it or is about to.
    """
    old = await act.session.get(Delivery, delivery_id) if delivery_id else None
    if old is None or old.incident_id != incident.id:
        raise NotFound(words("Không có lượt gửi này.", "There is no such delivery."))
    owed = await delivery.of_publication(act.session, old.publication_id)
    alike = [d for d in owed if (d.outlet, d.recipient) == (old.outlet, old.recipient)]
    states = {DeliveryState(one.state) for one in alike}
    if not states <= {DeliveryState.FAILED, DeliveryState.CANCELLED}:
        going = bool(states - SETTLED)
        raise RuleBroken(
            words(
                "Đang có một lượt gửi tới nơi này." if going else "Nơi này đã nhận nội dung.",
                "A delivery to this place is under way." if going else "This place has it already.",
            ),
            rule="resend",
        )
    made = Delivery(
        publication_id=old.publication_id,
        incident_id=incident.id,
        outlet=old.outlet,
        recipient=old.recipient,
        key=f"{alike[0].key.partition(':again:')[0]}:again:{len(alike)}",
        state=DeliveryState.PENDING.value,
        next_at=act.real,
        source_delivery_id=old.id,
    )
    act.session.add(made)
    await act.session.flush()
    told = {"delivery": made.id, "source": old.id, "outlet": made.outlet}
    await act.note(incident.code, Action.DELIVERY_RENEWED, told)
    return made
