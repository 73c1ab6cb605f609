"""How the API describes itself: what a call takes and what it answers."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

_ANSWER = {
    "type": "object",
    "required": ["code", "url", "possible_duplicates"],
    "properties": {
        "code": {"type": "string"},
        "url": {"type": "string", "format": "uri"},
        "possible_duplicates": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Codes of open incidents with the same link or title.",
        },
    },
}
_REFUSAL = {
    "type": "object",
    "required": ["error", "message", "fields"],
    "properties": {
        "error": {"type": "string"},
        "message": {"$ref": "#/components/schemas/Said"},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "message": {"$ref": "#/components/schemas/Said"},
                },
            },
        },
    },
}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


EXAMPLE = {
    "title": "Người dân phản ánh rác tồn đọng ở chợ trung tâm",
    "outlet": "Báo Ví dụ",
    "published_at": "2025-10-19T08:15",
    "claims": [{"text": "Rác ở chợ đã ba ngày chưa được thu gom."}],
}
"""A whole report, as the page and the OpenAPI show it."""

RESPONSES: dict[int | str, dict[str, Any]] = {
    200: _json("The same call was taken before", _ANSWER),
    201: _json(
        "Taken; a person of the office confirms it. A report of an article (same link) that waits "
        "to be confirmed joins that incident and answers its code.",
        _ANSWER,
    ),
    401: _json("No valid key", _REFUSAL),
    403: _json("The key lacks the scope reports:write", _REFUSAL),
    409: _json("The Idempotency-Key was used for another report, or a rule forbids it", _REFUSAL),
    413: _json("More than 256 KiB", _REFUSAL),
    422: _json("Fields are missing or wrong; every one is named", _REFUSAL),
    429: _json("Too many calls with this key; see Retry-After", _REFUSAL),
}
CALL: dict[str, Any] = {
    "security": [{"key": []}],
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "1–200 visible ASCII letters; a repeated call answers the same code.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        }
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "/api/report-schema.json"},
                "example": EXAMPLE,
            }
        },
    },
}


def described(routes: Sequence[BaseRoute], about: str) -> dict[str, Any]:
    """The OpenAPI document of `routes`."""
    told: dict[str, Any] = get_openapi(
        title="Phát ngôn API", version="1", description=about, routes=routes
    )
    parts = told.setdefault("components", {})
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    parts.setdefault("schemas", {})["Said"] = {
        "type": "object",
        "properties": {"vi": {"type": "string"}, "en": {"type": "string"}},
    }
    return told
