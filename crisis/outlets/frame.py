"""The frame around the approved texts: the same on every page, and no part of them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from crisis.model.calendar import HANOI
from crisis.model.parcel import Act
from crisis.model.statement import KIND_WORDS, Variant
from crisis.model.words import Language, Words
from crisis.outlets.fragment import approved_fragment
from crisis.outlets.json_ld import json_ld
from crisis.outlets.label import ACTS, headline, link, page_path, title, wording

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Whose site it is and where; `public_url` has no final slash, `templates` holds `site/`."""

    office: Words
    mailbox: str
    public_url: str
    exercise: bool
    templates: Path

    @property
    def shelf(self) -> Path:
        """The folder with the site's templates and assets."""
        return self.templates / "site"

    def render(self, name: str, language: Language, **values: Any) -> bytes:
        """The page `name` with `values`; a hole in the template raises jinja2.UndefinedError."""

        def say(vi: str, en: str) -> str:
            return en if language is Language.EN else vi

        template = _shelf(self.shelf).get_template(name)
        text = template.render(lang=language, frame=self, say=say, **values)
        return (text.strip() + "\n").encode()


@lru_cache(maxsize=8)
def _shelf(folder: Path) -> SandboxedEnvironment:
    shelf = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shelf.globals |= {
        "Act": Act,
        "acts": ACTS,
        "kinds": KIND_WORDS,
        "vietnamese": Language.VI,
        "english": Language.EN,
        "approved": approved_fragment,
        "headline": headline,
        "home": _home,
        "json_ld": json_ld,
        "lead": _lead,
        "link": link,
        "mail_date": format_datetime,
        "page_path": page_path,
        "title": title,
        "when": _when,
        "wording": wording,
        "xml": _xml,
    }
    return shelf


def _home(language: Language) -> str:
    return "/tin/" if language is Language.VI else "/tin/en/"


def _lead(variant: Variant, length: int = 220) -> str:
    text = " ".join(variant.body.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


def _when(moment: datetime, language: Language) -> Markup:
    local = moment.astimezone(HANOI)
    said = (
        f"{local:%H:%M}, {local.day} {local:%B %Y}"
        if language is Language.EN
        else f"{local:%H} giờ {local:%M}, ngày {local:%d/%m/%Y}"
    )
    stamp = local.isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(stamp, said)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
