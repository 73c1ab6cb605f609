"""Other systems hand in reports by API: keys, idempotency, refusals and the published schema."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from crisis.model.report import report_schema
from crisis.office.incident import triage
from crisis.records import api_key, incident, report_list
from crisis.records import claim as claim_of
from crisis.records.act import SYSTEM
from crisis.records.schema.incident import Incident
from crisis.records.schema.mail import Mail

REPORT = {
    "title": "Cá chết trên kênh",
    "outlet": "Báo Ví Dụ (giả định)",
    "published_at": "2025-10-19T08:15",
    "claims": [{"text": {"vi": "Cá chết nổi trên kênh", "en": "Dead fish float on the canal"}}],
}


async def key(desk: Any, *scopes: str, days: int = 30) -> str:
    """A key with these scopes."""
    async with desk.office.records.act(SYSTEM) as act:
        return await api_key.add_key(
            act, "Hệ thống theo dõi báo chí", scopes, act.real + timedelta(days=days)
        )


@pytest.fixture
async def token(desk: Any) -> str:
    """A key that may hand in reports."""
    return await key(desk, "reports:write")


async def call(
    client: httpx.AsyncClient, token: str, body: Any = None, *, once: str = "bai-1", **more: Any
) -> httpx.Response:
    """One call of another system."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": once} | more
    content = body if isinstance(body, bytes) else json.dumps(body or REPORT).encode()
    return await client.post("/api/reports", content=content, headers=headers)


async def test_a_call_is_told_which_open_incidents_it_may_repeat(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    first = (await call(client, token)).json()
    assert first["possible_duplicates"] == []
    second = (await call(client, token, once="bai-2")).json()
    assert second["possible_duplicates"] == [first["code"]]


LINKS = (
    "https://bao.vi-du.example/moi-truong/ca-chet.html",
    "http://m.bao.vi-du.example/moi-truong/ca-chet.html?utm_source=zalo#binh-luan",
    "https://www.bao.vi-du.example/moi-truong/ca-chet.html?fbclid=1",
)
"""One article, as three systems may send its address."""


async def test_the_same_article_joins_the_candidate_that_waits_with_it(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    claim = {"text": {"vi": "Nước kênh có mùi", "en": "The canal smells"}}
    first = (await call(client, token, REPORT | {"link": LINKS[0]})).json()
    again = {"link": LINKS[1], "title": "Tựa khác", "claims": [*REPORT["claims"], claim]}
    second = await call(client, token, REPORT | again, once="bai-2")
    assert (second.status_code, second.json()["code"]) == (201, first["code"])
    assert await incidents(desk) == 1
    async with desk.office.records.look() as session:
        row = await incident.by_code(session, first["code"])
        reports = await report_list.of_incident(session, row.id)
        claims = await claim_of.of_incident(session, row.id)
    assert {one.title for one in reports} == {REPORT["title"], "Tựa khác"}
    assert [one.text_vi for one in claims] == ["Cá chết nổi trên kênh", "Nước kênh có mùi"]


async def test_calls_with_one_article_at_the_same_time_open_one_incident(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    several = [
        call(client, token, REPORT | {"link": LINKS[n % 3]}, once=f"bai-{n}") for n in range(9)
    ]
    answers = await asyncio.gather(*several)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["code"] for answer in answers}) == 1
    assert await incidents(desk) == 1


async def test_an_article_of_an_incident_that_a_person_confirmed_is_offered_not_added(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    first = (await call(client, token, REPORT | {"link": LINKS[0]})).json()
    async with desk.office.records.act(desk.actor("coordinator")) as act:
        row = await incident.held(act, first["code"])
        await triage.confirm(desk.office, act, row)
    second = (await call(client, token, REPORT | {"link": LINKS[0]}, once="bai-2")).json()
    assert second["code"] != first["code"]
    assert second["possible_duplicates"] == [first["code"]]


async def incidents(desk: Any) -> int:
    """How many incidents there are."""
    async with desk.office.records.look() as session:
        return await session.scalar(select(func.count()).select_from(Incident)) or 0


async def test_a_report_becomes_a_candidate_that_a_person_confirms(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    answer = await call(client, token)
    assert answer.status_code == 201
    told = answer.json()
    assert told["url"] == f"http://127.0.0.1:8400/vu-viec/{told['code']}"
    async with desk.office.records.look() as session:
        row = await incident.by_code(session, told["code"])
        assert (row.stage, row.confirmed_at) == ("candidate", None)
        assert await session.scalar(select(func.count()).select_from(Mail)) == 0


async def test_the_same_call_again_answers_the_same_code(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    first, second = await call(client, token), await call(client, token)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert await incidents(desk) == 1


async def test_a_key_used_for_another_report_is_refused(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    await call(client, token)
    answer = await call(client, token, REPORT | {"title": "Tin khác"})
    assert answer.status_code == 409
    assert "Idempotency-Key" in answer.json()["message"]["vi"]
    assert await incidents(desk) == 1


async def test_an_agency_that_nobody_knows_is_named_in_the_refusal(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    claim = REPORT["claims"][0] | {"about_agency": "so-khong-co", "conduct": True}
    answer = await call(client, token, REPORT | {"claims": [claim]})
    assert answer.status_code == 422
    (fault,) = answer.json()["fields"]
    assert fault["field"] == "claims[1].about_agency"
    assert "so-khong-co" in fault["message"]["vi"]
    assert await incidents(desk) == 0


async def test_two_systems_may_use_the_same_idempotency_key(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    other = await key(desk, "reports:write")
    assert (await call(client, token)).status_code == 201
    answer = await call(client, other, REPORT | {"title": "Tin khác"})
    assert answer.status_code == 201


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer pn_made_up", "Basic cG46eA=="])
async def test_without_a_key_nothing_is_taken(client: httpx.AsyncClient, given: str) -> None:
    headers = {"Authorization": given, "Idempotency-Key": "1"} if given else {}
    answer = await client.post("/api/reports", json=REPORT, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_revoked_key_is_no_key(desk: Any, client: httpx.AsyncClient, token: str) -> None:
    async with desk.office.records.act(SYSTEM) as act:
        (row,) = await api_key.all_keys(act.session)
        await api_key.revoke_key(act, row.id)
    assert (await call(client, token)).status_code == 401


async def test_a_key_without_the_scope_is_refused(desk: Any, client: httpx.AsyncClient) -> None:
    assert (await call(client, await key(desk, "reports:read"))).status_code == 403


@pytest.mark.parametrize("once", ["", " ", "x" * 201, "có dấu".encode().decode("latin-1")])
async def test_a_call_needs_an_idempotency_key(
    client: httpx.AsyncClient, token: str, once: str
) -> None:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": once.encode("latin-1")}
    answer = await client.post("/api/reports", json=REPORT, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "Idempotency-Key"


async def test_every_wrong_field_is_named_in_both_languages(
    client: httpx.AsyncClient, token: str
) -> None:
    body = {"title": "", "published_at": "hôm qua", "author": "Ai đó", "claims": [{"text": 1}]}
    answer = await call(client, token, body)
    assert answer.status_code == 422
    fields = {one["field"]: one["message"] for one in answer.json()["fields"]}
    assert {"title", "outlet", "published_at", "author"} <= set(fields)
    assert all(told["vi"] and told["en"] for told in fields.values())
    assert any(name.startswith("claims[1]") for name in fields)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b"null", b"\xff\xfe", b"[" * 5000])
async def test_a_body_that_is_no_report_is_refused(
    client: httpx.AsyncClient, token: str, body: bytes
) -> None:
    answer = await call(client, token, body)
    assert answer.status_code == 422
    assert answer.json()["fields"]


async def test_a_body_that_is_too_large_is_not_read_to_its_end(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    answer = await call(client, token, b'{"note": "' + b"a" * (300 * 1024) + b'"}')
    assert answer.status_code == 413
    assert await incidents(desk) == 0


async def test_a_secrecy_mark_is_refused(desk: Any, client: httpx.AsyncClient, token: str) -> None:
    answer = await call(client, token, REPORT | {"note": "Số 12\nTỐI MẬT\nNội dung"})
    assert answer.status_code == 409
    assert await incidents(desk) == 0


async def test_too_many_calls_with_one_key_are_asked_to_wait(
    client: httpx.AsyncClient, token: str
) -> None:
    answers = [await call(client, token, b"{") for _ in range(31)]
    assert {one.status_code for one in answers[:30]} == {422}
    assert answers[30].status_code == 429
    assert int(answers[30].headers["retry-after"]) >= 1


async def test_markup_in_a_report_is_kept_as_text(
    desk: Any, client: httpx.AsyncClient, token: str
) -> None:
    answer = await call(client, token, REPORT | {"title": "<script>alert(1)</script>"})
    code = answer.json()["code"]
    page = (await (await desk.as_("coordinator")).get(f"/vu-viec/{code}")).text
    assert "<script>alert" not in page


async def test_the_schema_of_a_report_is_published(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/report-schema.json")
    assert answer.json() == report_schema()


async def test_the_description_holds_the_calls_and_no_page(client: httpx.AsyncClient) -> None:
    described = (await client.get("/api/openapi.json")).json()
    assert set(described["paths"]) == {"/api/reports", "/api/report-schema.json"}
    answers = described["paths"]["/api/reports"]["post"]["responses"]
    assert {"200", "201", "401", "403", "409", "413", "422", "429"} <= set(answers)
    page = await client.get("/api/docs?lang=en")
    assert "Idempotency-Key" in page.text
    assert "https://" not in page.text


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"published_at": "2099-01-01T08:00"}, "published_at"),
        ({"received_at": "2099-01-01T08:00"}, "received_at"),
        ({"received_at": "2025-10-19T08:00"}, "received_at"),
        ({"occurred_at": "2025-10-19T08:30"}, "published_at"),
    ],
)
async def test_times_that_cannot_be_are_refused_at_their_field(
    desk: Any, client: httpx.AsyncClient, token: str, times: dict[str, str], field: str
) -> None:
    answer = await call(client, token, REPORT | times)
    assert answer.status_code == 422, answer.text
    assert [one["field"] for one in answer.json()["fields"]] == [field]
    assert await incidents(desk) == 0
