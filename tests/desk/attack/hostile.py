"""What nobody in their right mind types into a form, and somebody who attacks does."""

import pytest

SERVER_ERROR = 500

VALUES = (
    "",
    " ",
    "a\x00b",
    "²",
    "-1",
    "99999999999999999999",
    "1e309",
    "NaN",
    "null",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "9999-12-31",
    "0000-00-00",
    "2025-02-30",
    "2025-10-19T08:15+99:00",
    "2025-10-19T08:15Z[",
    "00000000-0000-0000-0000-000000000000",
    "../../../../etc/passwd",
    "..%2f..%2fetc/passwd",
    "' OR '1'='1' --",
    "%' ESCAPE '\\",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}{% for x in y %}",
    "<script>alert(1)</script>",
    'javascript:alert("x")//',
    "http://[::1",
    "http://a:99999/",
    "http://" + "a" * 300 + ".example/",
    "//evil.example/%0d%0aSet-Cookie:a=b",
    "a\r\nBcc: evil@bao.example\r\n\r\nx",
    "x@[127.0.0.1]",
    '"<@bao.example',
    "á" * 70_000,
    "[" * 5_000,
    "&a" * 5_000,
    "!!python/object/apply:os.system ['true']",
    "\u202e\u2066\ufeff\uffff\U0010ffff",
    "e\u0301" * 300,
    "DT-2025-9999",
    "9" * 5_000,
    "𝟙𝟚",
    "kind:\n  - &a [*a]",
)
"""One value each that a parser, a database, a template or a mail may choke on."""

RAW = (b"%ED%A0%80", b"%FF%FE", b"%", b"%00", b"%u0041")
"""The same in an address or a form, as bytes that are no text."""


def cause(caplog: pytest.LogCaptureFixture) -> str:
    """The error behind the last failed page."""
    told = [one for one in caplog.records if one.exc_info and one.name == "phatngon.desk"]
    error = told[-1].exc_info[1] if told and told[-1].exc_info else None
    return f"{type(error).__name__}: {str(error)[:160]}"
