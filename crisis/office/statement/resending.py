"""Sending again what an outlet refused, by order of a person."""

from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.statement.press_mail import write_press_mails
from crisis.records import resending, turn
from crisis.records.act import Act
from crisis.records.schema.publication import Publication


async def send_again(office: Office, act: Act, standing: Standing, delivery_id: str) -> None:
    """Owe the delivery once more, with a mail of its own where it goes to a newsroom.

    Raises what `records.resending.send_again` raises.
    """
    made = await resending.send_again(act, standing.incident, delivery_id)
    publication = await act.session.get_one(Publication, made.publication_id)
    await write_press_mails(office, act, standing, publication)
    await turn.wake(act, standing.incident, because="delivery sent again")
