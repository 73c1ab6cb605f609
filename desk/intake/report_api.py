"""Other systems hand in reports: scoped keys, once per Idempotency-Key, a person confirms."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from crisis.model.errors import BadInput, PhatngonError
from crisis.model.ledger import Actor, ActorKind
from crisis.model.report import report_schema
from crisis.office.intake.intake_call import take_call
from crisis.office.intake.likeness import alike
from desk.door.app_state import office_of, reading
from desk.door.error_page import status_of
from desk.door.page import render
from desk.intake.report_api_call import (
    BODY_LIMIT,
    PER_MINUTE,
    Refused,
    body_of,
    holder_of,
    idempotency_key,
    report_in,
    said,
    wrong,
)
from desk.intake.report_api_description import CALL, EXAMPLE, RESPONSES, described

router = APIRouter()

ABOUT = "Hand in reports of published content to the press office."


@router.post(
    "/api/reports", status_code=201, responses=RESPONSES, openapi_extra=CALL, name="reports"
)
async def take_report(request: Request) -> Response:
    """Take one report of published content as a candidate. The same key answers the same code."""
    office = office_of(request)
    try:
        holder = await holder_of(request)
        key = idempotency_key(request)
        report = report_in(await body_of(request))
        actor = Actor(kind=ActorKind.KEY.value, id=holder.id)
        filed = await take_call(office, actor, report, f"{holder.id}:{key}")
    except Refused as refused:
        return refused.response
    except BadInput as error:
        return wrong({error.field: error.sentence})
    except PhatngonError as error:
        return said(status_of(error), error.code, error.sentence)
    async with reading(office) as act:
        known = [row.code for row in await alike(act.session, report) if row.code != filed.code]
    url = f"{office.settings.public_url}/vu-viec/{filed.code}"
    return JSONResponse(
        {"code": filed.code, "url": url, "possible_duplicates": known},
        status_code=201 if filed.created else 200,
        headers={"Location": url},
    )


@router.get("/api/report-schema.json", name="report schema")
async def schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return report_schema()


@router.get("/api/openapi.json", include_in_schema=False)
async def openapi() -> dict[str, Any]:
    """OpenAPI of these calls; pages for people are not among them."""
    return described(router.routes, ABOUT)


@router.get("/api/docs", include_in_schema=False)
async def docs(request: Request) -> Response:
    """The same for people, without anybody else's scripts."""
    fields = report_schema()
    return render(
        request,
        "task_api.html",
        described=described(router.routes, ABOUT),
        fields=fields["properties"],
        required=fields.get("required", []),
        example=json.dumps(EXAMPLE, ensure_ascii=False),
        url=office_of(request).settings.public_url,
        limit=BODY_LIMIT,
        per_minute=PER_MINUTE,
    )
