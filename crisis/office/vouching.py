"""Vouching for a document: a person of the office confirms who issued it.

An agency's own line about the issuer is its own word; only a confirmed origin makes a document
independent of the body that a claim is about.
"""

from crisis.model.claim import OUTSIDE
from crisis.model.directory import Directory
from crisis.model.errors import BadInput, NotFound
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.records import claim, evidence_origin, turn
from crisis.records.act import Act
from crisis.records.schema.assignment import EvidenceRow


async def confirm_origin(
    act: Act, standing: Standing, evidence_id: str, *, body: str, name: str
) -> None:
    """Record who issued a document, and conclude anew; `body` is an agency's id or OUTSIDE.

    Raises NotFound for evidence of another incident, BadInput for a body not in the directory and
    for an outside body without a name.
    """
    piece = await act.session.get(EvidenceRow, evidence_id)
    if piece is None or piece.incident_id != standing.incident.id:
        raise NotFound(words("Không có chứng cứ này.", "There is no such evidence."))
    called = _name_of(standing.force.directory, body, name)
    await evidence_origin.confirm(act, standing.incident, piece, body=body, name=called)
    await claim.conclude_all(act, standing.incident, standing.force.directory.subordinate)
    await turn.wake(act, standing.incident, because="origin of evidence confirmed")


def _name_of(directory: Directory, body: str, name: str) -> str:
    known = directory.name_of(body).vi if directory.knows(body) else ""
    called = name.strip() if body == OUTSIDE else known
    if not called:
        raise BadInput(
            words("Xin ghi rõ nơi ban hành.", "Please say who issued the document."), field="issuer"
        )
    return called
