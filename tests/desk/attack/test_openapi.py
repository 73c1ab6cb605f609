"""schemathesis against the whole OpenAPI of a served desk: as nobody, and as each role."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from crisis.records import api_key
from crisis.records.act import SYSTEM
from desk.door.gate import COOKIE
from tests.desk.attack.conftest import ROLES, Besieged

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES, CALLS_OF_A_KEY = 60, 25
NEGATIVE = schemathesis.GenerationMode.NEGATIVE
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


async def keys(siege: Besieged, number: int) -> list[str]:
    """So many keys that the bucket of none runs dry."""
    made = []
    for _ in range(number):
        async with siege.desk.office.records.act(SYSTEM) as act:
            end = act.real + timedelta(days=1)
            made.append(await api_key.add_key(act, "X", ["reports:write"], end))
    return made


class Fuzz:
    """Calls every operation with what its schema allows and with what it does not."""

    def __init__(self, url: str, tokens: list[str], cookies: dict[str, str]) -> None:
        self.url, self.cookies = url, cookies
        self.key = cycle(tokens)
        self.found: Counter[tuple[str, int]] = Counter()

    def run(self) -> Counter[tuple[str, int]]:
        """How often each operation answered how."""
        schema = schemathesis.openapi.from_url(f"{self.url}/api/openapi.json")
        for result in schema.get_all_operations():
            operation: Any = result.ok()
            for case in _published(operation):
                self.call(case)
            cases = operation.as_strategy() | operation.as_strategy(generation_mode=NEGATIVE)
            SETTINGS(given(case=cases)(self._each()))()
        return self.found

    def _each(self) -> Callable[[Any], None]:
        def call(case: Any) -> None:
            self.call(case)

        return call

    def call(self, case: Any) -> None:
        """One call, held to what the OpenAPI promises."""
        head = {"Authorization": f"Bearer {next(self.key)}"}
        answer = case.call(base_url=self.url, headers=head, cookies=self.cookies)
        self.found[case.operation.label, answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)


def _published(operation: Any) -> list[Any]:
    """The call as the OpenAPI's own example shows it, where it shows one."""
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    return [
        operation.Case(body=one["example"], media_type=kind, headers={"Idempotency-Key": "vi-du"})
        for kind, one in content.items()
        if "example" in one
    ]


@pytest.mark.parametrize("under_siege", ["sqlite", "postgresql"], indirect=True)
async def test_no_call_makes_the_desk_fail_or_break_its_word(under_siege: Besieged) -> None:
    siege = under_siege
    told: Counter[tuple[str, int]] = Counter()
    for who in ("", *ROLES):
        tokens = await keys(siege, 2 * EXAMPLES * 2 // CALLS_OF_A_KEY)
        cookies = {COOKIE: (await siege.session(who)).token} if who else {}
        told += await asyncio.to_thread(Fuzz(siege.url, tokens, cookies).run)
    labels = {label for label, _ in told}
    assert {"POST /api/reports", "GET /api/report-schema.json"} <= labels
    answered = {status for label, status in told if label == "POST /api/reports"}
    assert 201 in answered, told
    assert 422 in answered, told
    assert 429 not in answered, told
