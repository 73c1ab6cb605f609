"""The gate asked of one version over the findings of now: at submission, approval, freezing."""

from collections.abc import Sequence

from crisis.model.approval import Subject
from crisis.model.claim import Conclusion
from crisis.model.gate import check_findings, check_tone, check_words
from crisis.model.parcel import Act as Effect
from crisis.model.rule import inv8_no_state_secret, inv9_names_masked
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind
from crisis.model.tie import check_told
from crisis.records import protected_name, report_list
from crisis.records.act import Act
from crisis.records.schema.incident import Incident
from crisis.records.schema.statement import StatementRow
from crisis.records.wording import subject_of, version_of


async def check(
    act: Act, incident: Incident, row: StatementRow, conclusions: Sequence[Conclusion]
) -> Subject:
    """What an approver has before them, once it has passed the gate.

    Raises RuleBroken (INV1, INV2, INV8, INV9, tone, a claim that an edit silenced). A withdrawal
    asserts nothing, so no finding is in its way; a label is refused in it as well.
    """
    kind = StatementKind(row.kind)
    subject = await subject_of(act.session, incident, row)
    names = await protected_name.of_incident(act.session, incident.id)
    for variant in subject.variants:
        text = f"{variant.title}\n{variant.body}"
        inv8_no_state_secret(text)
        inv9_names_masked(text, names)
    if row.relation == Effect.WITHDRAWAL.value:
        for variant in subject.variants:
            check_tone(None, variant)
        return subject
    check_findings(kind, conclusions, Severity(incident.severity))
    reported = await _reported(act, incident, conclusions)
    check_words(kind, subject.variants, conclusions, reported=reported, names=names)
    drafted, _ = await version_of(act.session, row.id, 1)
    current, _ = await version_of(act.session, row.id, row.current)
    check_told(conclusions, drafted.links, current.links)
    return subject


async def _reported(
    act: Act, incident: Incident, conclusions: Sequence[Conclusion]
) -> tuple[str, ...]:
    """What others wrote and a statement may quote: titles, quotations, names of documents.

    Not the incident's title: that is the office's own word, which it may change.
    """
    reports = await report_list.of_incident(act.session, incident.id)
    told = [text for one in reports for text in (one.title, one.quotation)]
    papers = [piece.title for one in conclusions for piece in one.evidence]
    return (*filter(None, told), *papers)
