"""The forms of the desk as an attacker reads them: from its pages, field by field."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from lxml import html

SAID = {
    "datetime-local": "2025-10-19T09:00",
    "date": "2025-10-20",
    "email": "ai-do@bao.example",
    "url": "https://bao.example/bai-1.htm",
    "number": "2",
    "month": "2025-10",
    "time": "08:00",
}
UNTOUCHED = {"csrf", "nonce"}


@dataclass(frozen=True)
class Form:
    """One form: where it goes, how, and what a willing person would send."""

    method: str
    action: str
    fields: tuple[tuple[str, str, str], ...]
    """Name, kind and value."""

    @property
    def honest(self) -> dict[str, str]:
        """What a person would send who fills in everything."""
        return {name: value for name, _, value in self.fields}

    @property
    def free(self) -> tuple[str, ...]:
        """Every field that an attacker may fill, choices and hidden ones too."""
        return tuple(name for name, _, _ in self.fields if name not in UNTOUCHED)

    @property
    def key(self) -> tuple[Any, ...]:
        """The same form on two pages is one."""
        return self.method, self.action, tuple(sorted({name for name, _, _ in self.fields}))


def forms_of(page: str, there: str) -> list[Form]:
    """The forms of a page at the path `there`."""
    if "<form" not in page:
        return []
    tree = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf8"))
    found = []
    for one in tree.forms:
        outside = tree.xpath("//*[@form=$id]", id=one.get("id") or "-")
        controls = [*one.xpath(".//input|.//textarea|.//select|.//button"), *outside]
        fields = {f[0]: f for f in map(_field, controls) if f[0]}
        action = one.get("action") or there
        found.append(Form(one.method.upper(), action, tuple(fields.values())))
    return found


def _field(control: Any) -> tuple[str, str, str]:
    kind = control.get("type") or control.tag
    if control.tag == "select":
        options = [o.get("value", o.text or "") for o in control.xpath(".//option")]
        value = next((one for one in options if one), "")
    elif control.tag == "textarea":
        value = control.text or ""
    else:
        value = control.get("value") or ""
    return control.get("name") or "", kind, value or SAID.get(kind, "Lời văn bình thường")


async def walk(web: httpx.AsyncClient, starts: tuple[str, ...]) -> AsyncIterator[httpx.Response]:
    """Every page that is reached by links from `starts`; one of each address."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        answer = await web.get(waiting.pop(0))
        yield answer
        if "html" not in answer.headers.get("content-type", ""):
            continue
        for there in links_of(answer.text):
            if there not in seen and not there.startswith("/ra"):
                seen.add(there)
                waiting.append(there)


def links_of(page: str) -> list[str]:
    """The paths of this site that a page links to, its other languages apart."""
    if "<a " not in page:
        return []
    told = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf8"))
    parts = [urlsplit(one) for one in told.xpath("//a/@href")]
    own = [one for one in parts if not one.netloc and one.path.startswith("/")]
    own = [one for one in own if "lang=" not in one.query]
    return [one.path + (f"?{one.query}" if one.query else "") for one in own]
