"""A browser that is driven by a program: it opens pages, fills in their forms, and waits."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from crisis.model.errors import NotFound, OutsideFailure
from crisis.model.words import words
from desk.drill.web_form import Pairs, WebForm, forms_of

Upload = tuple[str, bytes, str]
Given = Mapping[str, str | Iterable[str]]

REFUSED = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page that was opened."""

    path: str
    text: str

    def form(self, action: str, given: Given | None = None) -> WebForm | None:
        """The first form to an address that ends so and fits `given`; None where there is none.

        It fits where it has every control of `given`, and its hidden ones with these values.
        """
        wanted = given or {}
        return next(
            (
                one
                for one in forms_of(self.text)
                if one.action.endswith(action)
                and set(wanted) <= one.names
                and all(wanted.get(c.name, c.value) == c.value for c in one.hidden)
            ),
            None,
        )


@dataclass(kw_only=True)
class Browser:
    """One person's browser: it keeps cookies and follows redirects."""

    web: httpx.AsyncClient

    async def open(self, path: str) -> Page:
        """Open a page. Raises OutsideFailure where the desk refuses."""
        return _page(await self.web.get(path))

    async def send(
        self,
        page: Page,
        action: str,
        given: Given,
        files: Sequence[tuple[str, Upload]] = (),
    ) -> Page:
        """Fill in the form of `page` that goes to `action`, send it, and see what comes back."""
        form = page.form(action, given)
        if form is None:
            named = f"{action} ({', '.join(given)})"
            raise NotFound(
                words(
                    f"Trang {page.path} không có biểu mẫu {named}.",
                    f"The page {page.path} has no form {named}.",
                )
            )
        sent: Any = list(files) or None
        return _page(await self.web.post(form.action, data=_many(form.filled(given)), files=sent))


def _many(pairs: Pairs) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for name, value in pairs:
        told.setdefault(name, []).append(value)
    return told


_ALERT = re.compile(r'role="alert"[^>]*>(.*?)</(?:p|div)>', re.DOTALL)


def _page(answer: httpx.Response) -> Page:
    """The page. A form that was taken leads on to another page; one shown again was not taken.

    Where a form led may be closed to whoever sent it, as a task is that was declined.
    """
    sent = any(one.request.method == "POST" for one in (*answer.history, answer))
    if (not answer.history) if sent else answer.status_code >= REFUSED:
        alert = _ALERT.search(answer.text)
        said = alert.group(1) if alert else answer.text[:2000]
        told = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", said)).split())[:300]
        raise OutsideFailure(
            words(
                f"Trang {answer.url.path} trả lời {answer.status_code}: {told}",
                f"The page {answer.url.path} answered {answer.status_code}: {told}",
            ),
            permanent=True,
        )
    return Page(path=answer.url.path, text=answer.text)
