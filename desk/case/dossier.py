"""One incident as data: everything that `show` prints, from the records."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crisis.records import (
    assignment,
    claim,
    deadline,
    delivery,
    ledger,
    mail,
    publication_list,
    report_list,
    wording,
)
from crisis.records.schema.engine import Turn
from crisis.records.schema.incident import Incident
from desk.case.timeline import event_of
from desk.case.timeline_names import names_in


async def dossier(session: AsyncSession, row: Incident) -> dict[str, Any]:
    """The incident with its reports, claims, clocks, tasks, statements, deliveries and timeline."""
    entries = await ledger.entries(session, row.code)
    return {
        "code": row.code,
        "stage": row.stage,
        "severity": row.severity,
        "floors": row.floors,
        "exercise": row.exercise,
        "title": {"vi": row.title, "en": row.title_en},
        "received_at": row.received_at,
        "closed_at": row.closed_at,
        "outcome": row.outcome,
        "at_rest": await _at_rest(session, row),
        "reports": await _reports(session, row),
        "claims": [
            {
                "number": one.number,
                "text": {"vi": one.text_vi, "en": one.text_en},
                "verdict": one.verdict,
                "block": one.block,
            }
            for one in await claim.of_incident(session, row.id)
        ],
        "clocks": await _clocks(session, row),
        "tasks": await _tasks(session, row),
        "statements": await _statements(session, row),
        "deliveries": await _deliveries(session, row),
        "mails": [
            {"letter": one.letter, "to": one.recipient, "state": one.state, "reply": one.reply}
            for one in await mail.of_incident(session, row.id)
        ],
        "runs": list(dict.fromkeys(one["run"] for one in entries if one["run"])),
        "timeline": await _timeline(session, row, entries),
    }


async def _timeline(
    session: AsyncSession, row: Incident, entries: tuple[dict[str, Any], ...]
) -> list[dict[str, Any]]:
    """The entries, each with who did it and what it is about in words."""
    names = await names_in(session, row)
    told = [(one, event_of(one, names)) for one in entries]
    return [
        {
            "seq": one["seq"],
            "at": one["at"],
            "action": one["action"],
            "by": event.by.model_dump(),
            "about": event.detail.model_dump() if event.detail else None,
            "data": one["data"],
        }
        for one, event in told
    ]


async def _at_rest(session: AsyncSession, row: Incident) -> bool:
    """Whether every wish for a run was seen and no run holds the incident now."""
    turn = await session.get(Turn, row.id)
    return turn is None or (turn.holder is None and turn.wanted == turn.seen)


async def _reports(session: AsyncSession, row: Incident) -> list[dict[str, Any]]:
    found = await report_list.of_incident(session, row.id)
    return [
        {"title": one.title, "outlet": one.outlet, "link": one.link, "received_at": one.received_at}
        for one in found
    ]


async def _clocks(session: AsyncSession, row: Incident) -> list[dict[str, Any]]:
    return [
        {
            "rule": one.rule,
            "title": {"vi": one.title_vi, "en": one.title_en},
            "legal": one.legal,
            "starts_at": one.starts_at,
            "due_at": one.due_at,
            "state": one.state,
            "met_at": one.met_at,
            "source": one.source,
        }
        for one in await deadline.of_incident(session, row.id)
    ]


async def _tasks(session: AsyncSession, row: Incident) -> list[dict[str, Any]]:
    return [
        {
            "agency": one.agency,
            "name": {"vi": one.name_vi, "en": one.name_en},
            "lead": one.lead,
            "status": one.status,
            "due_at": one.due_at,
        }
        for one in await assignment.of_incident(session, row.id)
    ]


async def _statements(session: AsyncSession, row: Incident) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "kind": one.kind, "lifecycle": one.lifecycle, "version": one.current}
        for one in await wording.of_incident(session, row.id)
    ]


async def _deliveries(session: AsyncSession, row: Incident) -> list[dict[str, Any]]:
    # First what is owed, then what was published: a run may publish between the two.
    owed = await delivery.of_incident(session, row.id)
    slugs = {one.id: one.slug for one in await publication_list.of_incident(session, row.id)}
    return [
        {
            "publication": slugs[one.publication_id],
            "outlet": one.outlet,
            "recipient": one.recipient,
            "state": one.state,
            "attempts": one.attempts,
            "reference": one.reference,
            "verified_at": one.verified_at,
            "error": one.error,
        }
        for one in owed
    ]
